/** A sentence as a caller would hear it, for whoever sets the pharmacy up. No call is involved. */
import { intent, type Language, type Sentence } from "../intent/contract.ts"
import type { VoiceContext } from "./house.ts"
import type { Rendering } from "./speech/rendering.ts"

export type Render = (sentence: Sentence, language: Language) => Rendering

export interface Greeting {
  /** The pharmacy's name as the voice should say it. */
  readonly spokenName: string
  readonly language: Language
}

/** The first thing that a caller hears; the name is one that may not count yet. */
export async function greetingOf(
  context: VoiceContext,
  { spokenName, language }: Greeting,
): Promise<readonly Sentence[]> {
  const greeting = { reply: "greeting.open", values: { pharmacy: spokenName } }
  const isRecorded = context.config.recording === "announced"
  const disclosure = { reply: "disclosure.recording", values: {} }
  const lines = isRecorded ? [greeting, disclosure] : [greeting]
  const answer = await context.call(intent, "phrase", { lines, language })
  return answer.ok ? answer.value.sentences : []
}

/**
 * The sentences one after the other as telephone audio: µ-law, 8,000 bytes a second. Undefined when
 * one of them could not be said: what is left of a greeting is none.
 */
export async function audioOf(
  sentences: readonly Sentence[],
  language: Language,
  render: Render,
): Promise<Buffer | undefined> {
  const spoken: Uint8Array[] = []
  for (const sentence of sentences) {
    const rendering = render(sentence, language)
    await finished(rendering)
    if (rendering.length === 0) return undefined
    spoken.push(rendering.bytes)
  }
  return spoken.length === 0 ? undefined : Buffer.concat(spoken)
}

function finished(rendering: Rendering): Promise<void> {
  return new Promise((resolve) => {
    const look = (): void => {
      if (rendering.isDone) resolve()
    }
    rendering.onChange(look)
    look()
  })
}
