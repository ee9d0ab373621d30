/** Holds the tasks one after the other, each on a pharmacy whose records are as at the start. */
import { setTimeout as pause } from "node:timers/promises"
import { DateTime } from "luxon"
import { cacheFolder } from "../../models/cache.ts"
import { openPharmacy, openRingingPharmacy, type Pharmacy } from "../../test/calls/house.ts"
import type { Moment } from "../../test/calls/scenario.ts"
import type { Cleanup } from "../../test/house.ts"
import type { Held } from "./call.ts"
import { SimulatedCaller } from "./caller/caller.ts"
import { type Cast, fetchCast } from "./cast.ts"
import { neuralVoice } from "./channels/neural-voices.ts"
import type { Casting } from "./channels/speaker.ts"
import { holdSpoken } from "./channels/spoken.ts"
import { holdTyped } from "./channels/typed.ts"
import { openPeer } from "./peer/open.ts"
import { judge, type Verdict } from "./score.ts"
import { halfOf, voiceOf } from "./split.ts"
import type { Language, Task } from "./task.ts"
import { worldAfter } from "./world.ts"

const RENDERED_MS_MAX = 10 * 60_000
const LOOK_MS = 500
const TOLD_EVERY_MS = 10_000
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
  readonly by: "agent" | "peer"
  readonly task: string
  readonly about: string
  readonly subject: string
  readonly language: Language
  readonly half: string
  readonly author: string
  readonly held: Held
}

export interface Run {
  readonly channel: Channel
  readonly tasks: readonly Task[]
  readonly seed: number
  /** Who speaks, on a spoken channel. */
  readonly casting: Casting
  /** So many seconds of the machine's are one of a spoken call: for a machine that is busy. */
  readonly pace: number
  /** Each caller rings twice: the agent, and the pipeline it is measured beside. */
  readonly isBesidePeer?: boolean
  readonly onJudged?: (judged: Judged) => void
}

type Hold = (task: Task, caller: SimulatedCaller, key: string) => Promise<Held>

/** How one call is held on a channel, and what to put the agent's house in order for it. */
interface Line {
  readonly pharmacy: Pharmacy
  readonly hold: Hold
  /** The same with somebody else at the other end. */
  readonly holdWithPeer?: Hold
}

/** All of them, one after the other. Houses are few: one a moment. */
export async function runAll(run: Run): Promise<Judged[]> {
  const { channel, tasks, seed, onJudged } = run
  const judged: Judged[] = []
  for (const [moment, at] of Object.entries(moments)) {
    const those = tasks.filter((task) => (task.at ?? "open") === moment)
    if (those.length === 0) continue
    await using undo = new AsyncDisposableStack()
    const cleanup: Cleanup = { after: (run) => undo.defer(async () => void (await run())) }
    const line = await openLine({ ...run, tasks: those }, cleanup, momentAt(at))
    const cast = await fetchCast(line.pharmacy.house.pmsUrl)
    for (const task of those) {
      for (const by of line.holdWithPeer ? (["agent", "peer"] as const) : (["agent"] as const)) {
        const one = await holdTask({ task, line, cast, seed, usesKeys: channel === "dtmf", by })
        judged.push(one)
        onJudged?.(one)
      }
    }
  }
  return judged
}

async function openLine(
  { channel, tasks, casting, pace, isBesidePeer = false }: Run,
  cleanup: Cleanup,
  moment: Moment,
): Promise<Line> {
  const settings = { intent: { modelsFolder: cacheFolder() } }
  if (channel === "text" || channel === "dtmf") {
    const pharmacy = await openPharmacy(cleanup, moment, settings)
    const atMs = moment.nowMs
    return { pharmacy, hold: (task, caller) => holdTyped({ task, caller, pharmacy, atMs }) }
  }
  const pharmacy = await openRingingPharmacy(cleanup, moment, settings, pace)
  await untilRendered(pharmacy, new Set(tasks.map(({ language }) => language)))
  const isNoisy = channel === "noisy"
  const voices = { casting, neural: await neuralVoice(cleanup), programs: pharmacy.voice }
  const parts = { pharmacy, isNoisy, voices }
  const hold: Hold = (task, caller, key) => holdSpoken({ task, caller, key, ...parts })
  if (!isBesidePeer) return { pharmacy, hold }
  const peer = await openPeer(pharmacy.house)
  cleanup.after(() => peer.close())
  const { voiceUrl } = peer
  return {
    ...{ pharmacy, hold },
    holdWithPeer: (task, caller, key) => holdSpoken({ task, caller, key, ...parts, voiceUrl }),
  }
}

const ears = ["vad", "quick", "careful"] as const

/** Rendering gives way to callers; what is measured is a house that has done with it and hears. */
async function untilRendered({ house }: Pharmacy, languages: ReadonlySet<string>): Promise<void> {
  const isRendered = (language: string) =>
    house.logged.some((line) => line.includes("known sentences") && line.includes(`"${language}"`))
  const hears = (role: string) =>
    house.logged.some((line) => line.includes("is ready") && line.includes(`"${role}"`))
  const isDone = () => ears.every(hears) && [...languages].every(isRendered)
  for (let waitedMs = 0; !isDone() && waitedMs < RENDERED_MS_MAX; waitedMs += LOOK_MS) {
    if (waitedMs > 0 && waitedMs % TOLD_EVERY_MS === 0)
      process.stderr.write(`Rendering what the agent always says … ${waitedMs / 1_000} s\n`)
    await pause(LOOK_MS)
  }
}

/** Tasks that can be brought to an end with the keypad and a name. */
export function areKeyable({ wants, caller, together }: Task): boolean {
  const isKeyable = wants.every((want) => {
    if ("refill" in want) return want.by !== "all" && !want.slip && !want.words
    if ("status" in want) return want.status.length === 0
    if ("hours" in want) return want.hours === "closing" || want.hours === "now"
    return "person" in want && want.person === "anyone"
  })
  return isKeyable && !together && caller.for === undefined && caller.manner !== "child"
}

interface Holding {
  readonly task: Task
  readonly line: Line
  readonly cast: Cast
  readonly seed: number
  readonly usesKeys: boolean
  readonly by: Judged["by"]
}

async function holdTask({ task, line, cast, seed, usesKeys, by }: Holding): Promise<Judged> {
  const { pharmacy } = line
  const { house, cloud } = pharmacy
  await fetch(`${house.pmsUrl}/reset`, { method: "POST" })
  await house.pmsFault({ mode: task.given?.pms ?? "ok" })
  const book = voiceOf(task, seed)
  const textsBefore = cloud.messages.all.length
  const caller = new SimulatedCaller({
    ...{ task, book, cast, seed, usesKeys },
    readText: () => codeIn(cloud.messages.all.slice(textsBefore)),
  })
  const hold = by === "peer" ? (line.holdWithPeer ?? line.hold) : line.hold
  const held = await hold(task, caller, `${seed}:${task.id}`)
  await house.pmsFault({ mode: "ok" })
  const verdict = judge(task, held, await worldAfter(held.conversation, pharmacy), cast)
  const { id, about, subject, language } = task
  const { author } = book
  return { ...verdict, by, task: id, about, subject, language, half: halfOf(task), author, held }
}

function codeIn(texts: readonly { readonly body: string }[]): string | undefined {
  return /\b\d{6}\b/.exec(texts.at(-1)?.body ?? "")?.[0]
}

function momentAt(at: string): Moment {
  const nowMs = DateTime.fromISO(at, { zone: TIME_ZONE }).toMillis()
  return { today: at.slice(0, 10), nowMs }
}
