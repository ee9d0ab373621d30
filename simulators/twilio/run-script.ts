/** Plays a scripted caller over real sound, in real time, and says which expectations held. */
import { Caller } from "./caller.ts"
import type { Clock } from "./clock.ts"
import type { Call, TwilioCloud } from "./cloud.ts"
import { Dialogue, type SaidLine, type TranscriptOf } from "./dialogue.ts"
import type { Handset } from "./handset.ts"
import { personWho } from "./person.ts"
import { type Ended, type Expectation, type Script, type Step, toPattern } from "./script.ts"
import type { SyntheticVoice } from "./synthetic-voice.ts"

/** One end of a call, wherever the cloud that carries it may be. */
export interface Telephone {
  readonly callSid: string
  readonly handset: Handset
  readonly clock: Clock
  readonly ended: Promise<Ended>
}

/** What the world looks like after the call, as far as the runner can see it. */
export interface Observed {
  readonly commands?: readonly string[]
  readonly tiers?: Readonly<Record<string, number>>
  readonly refills?: Readonly<Record<string, number>>
  readonly workItems?: readonly { readonly tier: number; readonly action: string }[]
  readonly callbacks?: number
}

export interface Result {
  readonly expectation: string
  /** Undefined when this runner has no way to see it. */
  readonly held: boolean | undefined
}

export interface Played {
  readonly callSid: string
  readonly lines: readonly SaidLine[]
  readonly ended: Ended
  readonly results: readonly Result[]
  /** True when nothing that could be checked failed. */
  readonly passed: boolean
}

export interface Playing {
  readonly transcriptOf: TranscriptOf
  readonly voice: SyntheticVoice
  readonly print?: (line: string) => void
  readonly observe?: (callSid: string) => Promise<Observed>
}

const hearLimitMs = 30_000
/** Someone who was answered something else says it again, and not for ever. */
const repeatAfterMs = 5_000
const repeatsMax = 2
/** After the last step the agent may still have something to say. */
const aftermathLimitMs = 20_000
const defaultVoices = { en: "slt", es: "es-419" } as const

/** Rings the application's number from this cloud and plays the script. */
export async function runScript(
  script: Script,
  options: Playing & {
    readonly cloud: TwilioCloud
    readonly voiceUrl: string
    readonly to?: string
    readonly statusCallback?: string
    /** Puts the rest of the outside world into the state the script asks for. */
    readonly arrange?: (given: NonNullable<Script["given"]>) => Promise<void>
  },
): Promise<Played & { readonly call: Call }> {
  const { cloud, voiceUrl, to = "+15125550100", statusCallback, arrange } = options
  cloud.anyoneElse = personWho(script.given?.pharmacist ?? "answers")
  await arrange?.(script.given ?? {})
  const call = cloud.placeCall({
    ...{ from: script.from, to, voiceUrl },
    ...(statusCallback === undefined ? {} : { statusCallback }),
  })
  const ended = call.ended.then(() => endingOf(call))
  const { handset, sid: callSid } = call
  const played = await playScript(script, { callSid, handset, clock: cloud.clock, ended }, options)
  return { ...played, call }
}

/** Who ended a call; a call that was passed on has ended as a transfer. */
export function endingOf({ leg }: Call): Ended {
  return leg.timeline.all("bridged").length > 0 ? "transfer" : leg.endedBy
}

/** Plays the script on a telephone that is already ringing. */
export async function playScript(
  script: Script,
  telephone: Telephone,
  { transcriptOf, voice, print = () => {}, observe }: Playing,
): Promise<Played> {
  const { callSid, handset, clock } = telephone
  const voiceName = script.voice ?? defaultVoices[script.language ?? "en"]
  const caller = new Caller({ handset, clock, speak: (text) => voice(text, voiceName) })
  const onLine = ({ who, text }: SaidLine): void => print(`${who.padStart(7)}  ${text}`)
  const dialogue = new Dialogue({ callSid, transcriptOf, clock, onLine })
  const following = dialogue.follow()
  const results = [...(await playSteps(script.steps, { caller, dialogue, print }))]
  const said = (script.expect.said ?? []).map(toPattern)
  const mayHangUp = (script.expect.ended ?? "caller") === "caller"
  await aftermath(said, { caller, dialogue, clock, mayHangUp })
  const ended = await telephone.ended
  dialogue.stop()
  await following
  await dialogue.look()
  const observed = (await observe?.(callSid)) ?? {}
  results.push(...check(script.expect, dialogue.agentSaid, ended, observed))
  const passed = results.every(({ held }) => held !== false)
  return { callSid, lines: dialogue.lines, ended, results, passed }
}

interface Stage {
  readonly caller: Caller
  readonly dialogue: Dialogue
  readonly print: (line: string) => void
}

async function playSteps(steps: readonly Step[], stage: Stage): Promise<readonly Result[]> {
  let words = ""
  for (const [at, step] of steps.entries()) {
    const next = steps[at + 1]
    const isLastWord = "say" in step && next !== undefined && isHangUpInMidWord(next)
    if (isLastWord) {
      await stage.caller.hangUpWhileSaying(step.say)
      return []
    }
    const failure =
      "hear" in step ? await hear(step.hear, words, stage) : await playStep(step, stage)
    words = "say" in step ? step.say : "hear" in step ? words : ""
    if (failure) {
      stage.caller.hangUp()
      return [{ expectation: `step ${at + 1}: ${failure}`, held: false }]
    }
  }
  return []
}

function isHangUpInMidWord(step: Step): boolean {
  return "hangUp" in step && step.hangUp !== true
}

/** Waits to hear this. Who was not understood says the same words again, as people do. */
async function hear(
  source: string,
  words: string,
  { caller, dialogue, print }: Stage,
): Promise<string | undefined> {
  const pattern = toPattern(source)
  for (let repeats = words === "" ? repeatsMax : 0; ; repeats++) {
    const mayRepeat = repeats < repeatsMax
    const isSettled = () => caller.isOver || (mayRepeat && caller.isAnswered(repeatAfterMs))
    if (await dialogue.hears(pattern, hearLimitMs, isSettled)) return undefined
    if (caller.isOver || !mayRepeat) return `never heard ${source}`
    print(`      >  say again: ${words}`)
    await caller.say(words)
  }
}

/** Carries out one step of the caller's own. An answer is why it could not be. */
async function playStep(
  step: Exclude<Step, { hear: string }>,
  { caller, dialogue, print }: Stage,
): Promise<string | undefined> {
  print(`      >  ${describe(step)}`)
  dialogue.beginAct()
  if ("say" in step) await caller.say(step.say)
  else if ("interrupt" in step) await caller.interrupt(step.interrupt)
  else if ("backchannel" in step) await caller.backchannel(step.backchannel)
  else if ("keys" in step) await caller.keys(step.keys)
  else if ("silence" in step) await caller.silence(step.silence)
  else if ("noise" in step) await caller.noise(step.noise)
  else if ("kill" in step) return "a module can be killed only in a typed run"
  else if (isHangUpInMidWord(step)) await caller.hangUpOnAgent()
  else caller.hangUp()
  return undefined
}

function describe(step: Step): string {
  const [name, value] = Object.entries(step)[0] ?? ["", ""]
  return `${name}: ${typeof value === "string" ? value : JSON.stringify(value)}`
}

interface Ending extends Omit<Stage, "print"> {
  readonly clock: Clock
  readonly mayHangUp: boolean
}

/** Lets the agent finish, then hangs up if that is the caller's part. */
async function aftermath(said: readonly RegExp[], ending: Ending): Promise<void> {
  const { caller, dialogue, clock, mayHangUp } = ending
  const untilMs = clock.nowMs() + aftermathLimitMs
  const isAllSaid = (): boolean =>
    said.every((pattern) => dialogue.agentSaid.some((line) => pattern.test(line)))
  while (!caller.isOver && clock.nowMs() < untilMs && !(mayHangUp && isAllSaid()))
    await dialogue.hears(/$^/, 1_000, () => caller.isOver)
  caller.hangUp()
}

function check(
  expect: Expectation,
  agentSaid: readonly string[],
  ended: Ended,
  observed: Observed,
): readonly Result[] {
  const wasSaid = (source: string): boolean =>
    agentSaid.some((line) => toPattern(source).test(line)) ||
    toPattern(source).test(agentSaid.join(" "))
  const { said = [], neverSaid = [], commands, tiers, refills, workItems, callbacks } = expect
  const seen = <T>(
    name: string,
    wanted: T | undefined,
    held: (wanted: T) => boolean | undefined,
  ) =>
    wanted === undefined
      ? []
      : [{ expectation: `${name} ${JSON.stringify(wanted)}`, held: held(wanted) }]
  return [
    ...said.map((source) => ({ expectation: `said ${source}`, held: wasSaid(source) })),
    ...neverSaid.map((source) => ({ expectation: `never ${source}`, held: !wasSaid(source) })),
    ...seen("ended", expect.ended, (wanted) => wanted === ended),
    ...seen(
      "commands",
      commands,
      (wanted) => observed.commands && inOrder(wanted, observed.commands),
    ),
    ...seen("tiers", tiers, (wanted) => observed.tiers && includes(observed.tiers, wanted)),
    ...seen("refills", refills, (wanted) => observed.refills && includes(observed.refills, wanted)),
    ...seen(
      "workItems",
      workItems,
      (wanted) =>
        observed.workItems &&
        wanted.every(({ tier, action }) =>
          observed.workItems?.some((item) => item.tier === tier && item.action === action),
        ),
    ),
    ...seen("callbacks", callbacks, (wanted) =>
      observed.callbacks === undefined ? undefined : wanted === observed.callbacks,
    ),
  ]
}

/** Whether these stand in the list in this order, with others between them. */
function inOrder(wanted: readonly string[], list: readonly string[]): boolean {
  let at = 0
  for (const entry of list) if (entry === wanted[at]) at++
  return at === wanted.length
}

function includes(
  all: Readonly<Record<string, number>>,
  wanted: Readonly<Record<string, number>>,
): boolean {
  return Object.entries(wanted).every(([key, value]) => (all[key] ?? 0) === value)
}
