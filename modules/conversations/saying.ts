/**
 * The last look at a turn before it is spoken: each fact is borne out by an answer, each sentence
 * may be said. What fails is not said; the caller hears a safe sentence, and a person calls back.
 */
import { isDeepStrictEqual } from "node:util"
import type { Log } from "#core/log.ts"
import type { Line, Sentence } from "../../intent/contract.ts"
import type { Talk } from "./talk.ts"

const safe: Line = { reply: "trouble.module" }

export async function sentencesOf(talk: Talk, log: Log): Promise<Sentence[]> {
  const { lines, state, world } = talk
  const borne = lines.map((line) => (isBorneOut(talk, line) ? line : undefined))
  const phrased = borne.includes(undefined) ? undefined : await world.phrase(lines, state)
  if (phrased) return phrased
  const sayable = await Promise.all(
    borne.map(async (line) => (line && (await world.maySay(line, state)) ? line : undefined)),
  )
  for (const [at, line] of sayable.entries()) {
    if (line) continue
    const why = borne[at] ? "never_say" : "no_evidence"
    log.error("defect: a sentence was not fit to be said", { reply: lines[at]?.reply, why })
  }
  await world.promiseCallback(state, state.about.at(-1) ?? "call", undefined)
  // What was asked for in the sentence that fell is no question any more.
  if (!sayable.includes(lines.at(-1))) state.question = [safe]
  const rest = [...sayable.filter((line) => line !== undefined), safe]
  lines.splice(0, lines.length, ...rest)
  return (await world.phrase(lines, state)) ?? []
}

/** What was said before was borne out then. */
function isBorneOut({ before, world }: Talk, line: Line): boolean {
  return before.some((said) => isDeepStrictEqual(said, line)) || world.bears(line)
}
