/** The figures of one run: what a program reads, and what stands behind every plot. */
import { quantile } from "../contest.ts"
import type { Held, TurnTaking } from "./call.ts"
import { type Share, shareOf } from "./interval.ts"
import type { Channel, Judged } from "./run.ts"
import type { Language } from "./task.ts"

export interface TaskResult {
  readonly task: string
  readonly about: string
  readonly subject: string
  readonly language: Language
  readonly half: string
  readonly author: string
  readonly success: boolean
  readonly problems: readonly string[]
  readonly underEscalations: readonly string[]
  readonly disclosures: readonly string[]
  readonly hasGivenUp: boolean
  readonly setting: string
  readonly ended: Held["ended"]
  readonly turns: number
  readonly seconds: number
  readonly dialogue: readonly string[]
}

/** Shares are from 0 to 1; null where a channel cannot tell, or nothing of the kind happened. */
export interface Figures {
  readonly tasks: number
  readonly success: number
  readonly successLow: number
  readonly successHigh: number
  readonly underEscalations: number
  readonly disclosures: number
  readonly identifiersRight: number | null
  readonly voiceToVoiceMsP50: number | null
  readonly voiceToVoiceMsP95: number | null
  readonly falseCutOffs: number | null
  readonly backchannelsIgnored: number | null
  readonly interruptsMissed: number | null
  readonly bargeInMsP50: number | null
  readonly bargeInMsP95: number | null
  readonly gaveUp: number
  readonly turnsPerTask: number | null
  readonly secondsPerTask: number | null
  readonly counts: {
    readonly identifiers: number
    readonly backchannels: number
    readonly interruptions: number
    readonly utterances: number
    readonly answers: number
    readonly yielded: number
  }
}

export interface Results extends Figures {
  readonly channel: Channel
  readonly split: string
  readonly seed: number
  /** Milliseconds are of the call's own clock, which is so many times slower than the machine's. */
  readonly pace: number
  /** The same figures of those who speak each language. */
  readonly languages: readonly (Figures & { readonly language: Language })[]
  readonly subjects: readonly (Share & { readonly subject: string; readonly tasks: number })[]
  readonly perTask: readonly TaskResult[]
}

export interface Ran {
  readonly channel: Channel
  readonly split: string
  readonly seed: number
  readonly pace: number
}

export function resultsOf(judged: readonly Judged[], ran: Ran): Results {
  const byLanguage = [...Map.groupBy(judged, ({ language }) => language)]
  return {
    ...ran,
    ...figuresOf(judged),
    languages: byLanguage.map(([language, those]) => ({ language, ...figuresOf(those) })),
    subjects: subjectsOf(judged),
    perTask: judged.map(taskResultOf),
  }
}

function figuresOf(judged: readonly Judged[]): Figures {
  const calls = judged.map(({ held }) => held)
  const good = judged.filter(({ isSuccess }) => isSuccess).length
  const { share, low, high } = shareOf(good, judged.length)
  const total = (count: (taking: TurnTaking) => number | undefined): number =>
    calls.reduce((sum, { turnTaking }) => sum + (count(turnTaking) ?? 0), 0)
  const offered = calls.reduce((sum, { identifiers }) => sum + identifiers.offered, 0)
  const right = calls.reduce((sum, { identifiers }) => sum + identifiers.right, 0)
  const waitedMs = calls.flatMap(({ turnTaking }) => turnTaking.voiceToVoiceMs)
  const bargeInMs = calls.flatMap(({ turnTaking }) => turnTaking.bargeInMs)
  const murmurs = total((one) => one.murmurs)
  const interruptions = total((one) => one.interruptions)
  const utterances = total((one) => one.utterances)
  return {
    tasks: judged.length,
    success: share,
    successLow: low,
    successHigh: high,
    underEscalations: judged.reduce((sum, one) => sum + one.underEscalations.length, 0),
    disclosures: judged.reduce((sum, one) => sum + one.disclosures.length, 0),
    identifiersRight: part(right, offered),
    voiceToVoiceMsP50: known(quantile(waitedMs, 0.5)),
    voiceToVoiceMsP95: known(quantile(waitedMs, 0.95)),
    falseCutOffs: part(
      total((one) => one.cutOffs),
      utterances,
    ),
    backchannelsIgnored: part(
      total((one) => one.murmursIgnored),
      murmurs,
    ),
    interruptsMissed: part(
      total((one) => one.interruptionsMissed),
      interruptions,
    ),
    bargeInMsP50: known(quantile(bargeInMs, 0.5)),
    bargeInMsP95: known(quantile(bargeInMs, 0.95)),
    gaveUp: calls.filter(({ hasGivenUp }) => hasGivenUp).length,
    turnsPerTask: known(
      quantile(
        calls.map(({ turns }) => turns),
        0.5,
      ),
    ),
    secondsPerTask: known(
      quantile(
        calls.map(({ seconds }) => seconds),
        0.5,
      ),
    ),
    counts: {
      ...{ identifiers: offered, backchannels: murmurs, interruptions, utterances },
      ...{ answers: waitedMs.length, yielded: bargeInMs.length },
    },
  }
}

function subjectsOf(judged: readonly Judged[]): Results["subjects"] {
  return [...Map.groupBy(judged, ({ subject }) => subject)].map(([subject, those]) => {
    const good = those.filter(({ isSuccess }) => isSuccess).length
    return { subject, tasks: those.length, ...shareOf(good, those.length) }
  })
}

function taskResultOf({ held, isSuccess, ...judged }: Judged): TaskResult {
  const { hasGivenUp, ended, setting, turns, seconds, lines } = held
  return {
    ...judged,
    success: isSuccess,
    ...{ hasGivenUp, ended, setting, turns, seconds },
    dialogue: lines.map(({ who, text }) => `${who}: ${text}`),
  }
}

function part(some: number, all: number): number | null {
  return all === 0 ? null : some / all
}

function known(value: number): number | null {
  return Number.isFinite(value) ? value : null
}
