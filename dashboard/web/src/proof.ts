/**
 * When the server wants to know once more who is there, the person is asked, and what they wanted
 * is sent again: once, so that nobody is asked in a circle.
 */
export type AskForProof = () => Promise<boolean>

let ask: AskForProof = async () => false

/** Called by whatever shows the question; answers how to take it away again. */
export function askForProofWith(how: AskForProof): () => void {
  ask = how
  return () => {
    ask = async () => false
  }
}

export async function withProof<T>(act: () => Promise<T>): Promise<T> {
  try {
    return await act()
  } catch (trouble) {
    if (!isAboutProof(trouble) || !(await ask())) throw trouble
    return act()
  }
}

function isAboutProof(trouble: unknown): boolean {
  return trouble instanceof Error && "code" in trouble && trouble.code === "prove_again"
}
