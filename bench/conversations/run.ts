/** Holds the tasks one after the other, each on a pharmacy whose records are as at the start. */
import { DateTime } from "luxon"
import { cacheFolder } from "../../models/cache.ts"
import { openPharmacy, type Pharmacy } from "../../test/calls/house.ts"
import type { Cleanup } from "../../test/house.ts"
import type { Held } from "./call.ts"
import { SimulatedCaller } from "./caller/caller.ts"
import { type Cast, fetchCast } from "./cast.ts"
import { holdTyped } from "./channels/typed.ts"
import { judge, type Verdict } from "./score.ts"
import { halfOf, voiceOf } from "./split.ts"
import type { Task } from "./task.ts"
import { worldAfter } from "./world.ts"

const TIME_ZONE = "America/Chicago"

/** When a call is made: on a working day, after closing, and on days the pharmacy is closed. */
const moments = {
  open: "2026-11-17T11:20:00",
  evening: "2026-11-17T20:40:00",
  sunday: "2026-11-22T14:05:00",
  holiday: "2026-11-26T12:30:00",
} as const

export type Channel = "text" | "dtmf" | "voice" | "noisy"

export interface Judged extends Verdict {
  readonly task: string
  readonly about: string
  readonly subject: string
  readonly half: string
  readonly author: string
  readonly held: Held
}

export interface Run {
  readonly channel: "text" | "dtmf"
  readonly tasks: readonly Task[]
  readonly seed: number
  readonly onJudged?: (judged: Judged) => void
}

/** All of them on the typed line. Houses are few: one a moment. */
export async function runTyped({ channel, tasks, seed, onJudged }: Run): Promise<Judged[]> {
  const judged: Judged[] = []
  for (const [moment, at] of Object.entries(moments)) {
    const those = tasks.filter((task) => (task.at ?? "open") === moment)
    if (those.length === 0) continue
    await using undo = new AsyncDisposableStack()
    const cleanup: Cleanup = { after: (run) => undo.defer(async () => void (await run())) }
    const settings = { intent: { modelsFolder: cacheFolder() } }
    const { today, nowMs } = momentAt(at)
    const pharmacy = await openPharmacy(cleanup, { today, nowMs }, settings)
    const cast = await fetchCast(pharmacy.house.pmsUrl)
    for (const task of those) {
      const one = await hold({ task, pharmacy, cast, seed, usesKeys: channel === "dtmf", nowMs })
      judged.push(one)
      onJudged?.(one)
    }
  }
  return judged
}

/** Tasks that can be brought to an end with the keypad and a name. */
export function areKeyable({ wants, caller, together }: Task): boolean {
  const isKeyable = wants.every((want) => {
    if ("refill" in want) return want.by !== "all" && !want.slip && !want.words
    if ("status" in want) return !want.words && want.status.length < 2
    if ("hours" in want) return want.hours === "closing" || want.hours === "now"
    return "person" in want && want.person === "anyone"
  })
  return isKeyable && !together && caller.for === undefined && caller.manner !== "child"
}

interface Holding {
  readonly task: Task
  readonly pharmacy: Pharmacy
  readonly cast: Cast
  readonly seed: number
  readonly usesKeys: boolean
  readonly nowMs: number
}

async function hold({ task, pharmacy, cast, seed, usesKeys, nowMs }: Holding): Promise<Judged> {
  const { house } = pharmacy
  await fetch(`${house.pmsUrl}/reset`, { method: "POST" })
  await house.pmsFault({ mode: task.given?.pms ?? "ok" })
  const book = voiceOf(task, seed)
  const textsBefore = pharmacy.cloud.messages.all.length
  const caller = new SimulatedCaller({
    ...{ task, book, cast, seed, usesKeys },
    readText: () => codeIn(pharmacy.cloud.messages.all.slice(textsBefore)),
  })
  const held = await holdTyped({ task, caller, pharmacy, atMs: nowMs })
  await house.pmsFault({ mode: "ok" })
  const verdict = judge(task, held, await worldAfter(held.conversation, pharmacy), cast)
  const { id, about, subject } = task
  return { ...verdict, task: id, about, subject, half: halfOf(task), author: book.author, held }
}

function codeIn(texts: readonly { readonly body: string }[]): string | undefined {
  return /\b\d{6}\b/.exec(texts.at(-1)?.body ?? "")?.[0]
}

function momentAt(at: string): { today: string; nowMs: number } {
  const nowMs = DateTime.fromISO(at, { zone: TIME_ZONE }).toMillis()
  return { today: at.slice(0, 10), nowMs }
}
