/** What callers said that nothing understood: their words beside what followed, alike together. */
import type { Output } from "../../../core/contract.ts"
import type { analytics } from "../../../modules/analytics/contract.ts"
import type { UnderstoodTurn } from "../../../modules/transcripts/contract.ts"
import { command } from "./api.ts"

export type Missed = Output<typeof analytics, "missed">["missed"]

export interface Said {
  readonly conversation: string
  readonly atMs: number
  /** Undefined when the words are kept no more, or never were: a text, a key. */
  readonly words?: string
  /** What the same caller was understood to want afterwards. */
  readonly inTheEnd?: string
}

export interface Alike {
  readonly key: string
  readonly words?: string
  /** The newest first. */
  readonly said: readonly Said[]
}

/** Answers to our own questions say nothing about what somebody wanted. */
const answers = ["yes", "no", "repeat", "goodbye"]

/** Opens each conversation once. Each is written into the audit log as read. */
export async function readWords(missed: Missed): Promise<readonly Said[]> {
  const said: Said[] = []
  for (const conversation of new Set(missed.map((one) => one.conversation))) {
    const { lines, turns = [] } = await command("transcripts", "get", { conversation })
    for (const { turn, atMs } of missed.filter((one) => one.conversation === conversation)) {
      const at = turns.findIndex((one) => one.turn === turn && one.wishes.length === 0)
      const line = turns[at]?.line
      const words = line === undefined ? undefined : lines[line]?.text
      const inTheEnd = at < 0 ? undefined : wantedAfter(turns.slice(at + 1))
      said.push({
        ...{ conversation, atMs },
        ...(words === undefined ? {} : { words }),
        ...(inTheEnd === undefined ? {} : { inTheEnd }),
      })
    }
  }
  return said
}

/** The commonest first; what has no words any more last. */
export function alike(said: readonly Said[]): readonly Alike[] {
  const groups = new Map<string, Said[]>()
  for (const one of said) {
    const key = plain(one.words ?? "")
    groups.set(key, [...(groups.get(key) ?? []), one])
  }
  return [...groups]
    .map(([key, group]) => {
      const newestFirst = group.toSorted((a, b) => b.atMs - a.atMs)
      const words = newestFirst[0]?.words
      return { key, said: newestFirst, ...(words === undefined ? {} : { words }) }
    })
    .toSorted(
      (a, b) => Number(a.key === "") - Number(b.key === "") || b.said.length - a.said.length,
    )
}

function wantedAfter(turns: readonly UnderstoodTurn[]): string | undefined {
  const wishes = turns.flatMap((turn) => turn.wishes)
  return wishes.find(({ intent }) => !answers.includes(intent))?.intent
}

function plain(words: string): string {
  return words
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, " ")
    .trim()
}
