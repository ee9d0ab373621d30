/**
 * A call that is spoken: a synthetic speaker on a telephone, the agent's own ears and voice, real
 * sockets, real time. The caller knows what the agent said from the transcript of what was heard.
 */
import { type Static, Type as t } from "typebox"
import { Value } from "typebox/value"
import { Caller } from "../../../simulators/twilio/caller.ts"
import { type Clock, pause } from "../../../simulators/twilio/clock.ts"
import type { Call } from "../../../simulators/twilio/cloud.ts"
import { Handset } from "../../../simulators/twilio/handset.ts"
import { personWho } from "../../../simulators/twilio/person.ts"
import { endingOf } from "../../../simulators/twilio/run-script.ts"
import type { RingingPharmacy } from "../../../test/calls/house.ts"
import { type Held, type Spoken, TURNS_MAX, type TurnTaking } from "../call.ts"
import type { Act, Meanwhile, SimulatedCaller } from "../caller/caller.ts"
import type { Task } from "../task.ts"
import { noisyHandset } from "./noise.ts"
import { speakerOf, type Voices } from "./speaker.ts"

const CALL_MS_MAX = 6 * 60_000
const LOOK_MS = 200
/** An answer that asks nothing may go on after a pause: so long is waited for the rest. */
const REST_MS = 2_500
const ANSWER_MS_MAX = 15_000
const MURMUR_MS = 900
/** What stops the agent's voice comes this soon, or not because of what was said. */
const YIELD_MS = 2_000

const Line = t.Object({ who: t.String(), text: t.String(), atMs: t.Integer() })
type Line = Static<typeof Line>
const Transcript = t.Object({ lines: t.Array(Line) })

export interface SpokenCallParts {
  readonly task: Task
  readonly caller: SimulatedCaller
  readonly pharmacy: RingingPharmacy
  readonly isNoisy: boolean
  readonly voices: Voices
  /** The number of somebody else than the agent. */
  readonly voiceUrl?: string
  /** Seed and task: whose voice it is, and where they stand. */
  readonly key: string
}

export async function holdSpoken(parts: SpokenCallParts): Promise<Held> {
  const { task, caller, pharmacy, key } = parts
  const { cloud, voice, statusCallback } = pharmacy
  const { voiceUrl = pharmacy.voiceUrl } = parts
  cloud.anyoneElse = personWho(task.given?.pharmacist ?? "answers")
  const speaker = speakerOf(key, task.language, parts.voices)
  const noisy = parts.isNoisy ? await noisyHandset(cloud.clock, key, voice) : undefined
  const handset = noisy?.handset ?? new Handset(cloud.clock)
  const from = `+1${caller.person.phone}`
  const call = cloud.placeCall({ from, to: "+15125550197", voiceUrl, statusCallback, handset })
  const mouth = new Caller({ handset, clock: cloud.clock, speak: speaker.speak })
  const setting = noisy ? `${speaker.name}, ${noisy.place}` : speaker.name
  const talk = new SpokenTalk({ ...parts, call, mouth, clock: cloud.clock, setting })
  await talk.hold()
  return talk.held()
}

interface Talking extends SpokenCallParts {
  readonly call: Call
  readonly mouth: Caller
  readonly clock: Clock
  readonly setting: string
}

class SpokenTalk {
  readonly #parts: Talking
  readonly #startedMs: number
  readonly #done: Spoken[] = []
  #heard: Line[] = []
  readonly #murmuredAtMs: number[] = []
  readonly #interruptedAtMs: number[] = []
  #agentLines: readonly Line[] = []
  #taken = 0
  #verifiedAfter = Number.POSITIVE_INFINITY
  #isCutShort = false

  constructor(parts: Talking) {
    this.#parts = parts
    this.#startedMs = parts.clock.nowMs()
  }

  async hold(): Promise<void> {
    const { call, mouth, caller } = this.#parts
    for (let turn = 0; !mouth.isOver; turn++) {
      const heard = await this.#hearAnswer()
      if (mouth.isOver) break
      this.#isCutShort = turn >= TURNS_MAX || this.#elapsedMs > CALL_MS_MAX
      await this.#perform(this.#isCutShort ? { kind: "hangUp" } : caller.next(heard))
    }
    await call.ended
    await this.#look()
  }

  held(): Held {
    const { call, caller, setting } = this.#parts
    const { hasGivenUp, turns, identifiers } = caller
    return {
      conversation: call.sid,
      setting,
      lines: this.#lines(),
      ended: this.#isCutShort ? "cut_short" : endingOf(call),
      isVerified: Number.isFinite(this.#verifiedAfter),
      ...{ hasGivenUp, turns, identifiers },
      seconds: Math.round(this.#elapsedMs / 1_000),
      turnTaking: this.#turnTaking(),
    }
  }

  get #elapsedMs(): number {
    return this.#parts.clock.nowMs() - this.#startedMs
  }

  /** Waits for the agent to answer and be silent, and for the transcript to have it. */
  async #hearAnswer(): Promise<readonly string[]> {
    const { mouth, caller, clock } = this.#parts
    await mouth.myTurn()
    const untilMs = clock.nowMs() + ANSWER_MS_MAX
    for (let quietMs = 0; !mouth.isOver && clock.nowMs() < untilMs; quietMs += LOOK_MS) {
      await this.#look()
      const fresh = this.#fresh()
      const isAnswerable = fresh.length > 0 && caller.couldAnswer(fresh)
      if (!mouth.isAnswered(LOOK_MS)) quietMs = 0
      else if (isAnswerable || quietMs >= REST_MS) break
      await pause(clock, LOOK_MS)
    }
    const heard = this.#fresh()
    this.#taken = this.#agentLines.length
    return heard
  }

  #fresh(): readonly string[] {
    return this.#agentLines.slice(this.#taken).map(({ text }) => text)
  }

  async #look(): Promise<void> {
    const { call, pharmacy } = this.#parts
    const { house } = pharmacy
    const actor = house.host.identities.actor({ conversation: call.sid })
    const isVerified = actor?.kind === "caller" && actor.identity === "verified"
    if (isVerified) this.#verifiedAfter = Math.min(this.#verifiedAfter, this.#agentLines.length)
    const reply = await house.asStaff("pharmacist", "transcripts.get", { conversation: call.sid })
    if (reply.kind !== "done") return
    const { lines } = Value.Parse(Transcript, reply.value)
    this.#agentLines = lines.filter(({ who }) => who === "agent")
    this.#heard = lines.filter(({ who }) => who === "caller")
  }

  async #perform(act: Act): Promise<void> {
    const { mouth } = this.#parts
    switch (act.kind) {
      case "hangUp":
        return mouth.hangUp()
      case "keys":
        this.#note(`[${act.keys}]`)
        return mouth.keys(act.keys)
      case "silent":
        return mouth.silence(act.forMs)
      case "say":
        this.#note(act.text)
        await mouth.say(act.text)
        if (!mouth.isOver) await this.#meanwhile(act.meanwhile)
    }
  }

  async #meanwhile(meanwhile: Meanwhile): Promise<void> {
    if (meanwhile === "listens") return
    if (meanwhile === "interrupts") return this.#interrupt()
    const { mouth, call, clock } = this.#parts
    await mouth.backchannel(meanwhile.murmurs, MURMUR_MS)
    if (mouth.isOver || !call.handset.ear.isSpeaking) return
    this.#note(meanwhile.murmurs)
    this.#murmuredAtMs.push(clock.nowMs())
  }

  /** Cuts in as soon as the question was heard and the agent goes on speaking. */
  async #interrupt(): Promise<void> {
    const { mouth, caller, call, clock } = this.#parts
    const untilMs = clock.nowMs() + ANSWER_MS_MAX
    const { ear } = call.handset
    while (!mouth.isOver && !mouth.isAnswered(500) && clock.nowMs() < untilMs) {
      await this.#look()
      if (ear.isSpeaking && caller.couldCutIn(this.#fresh())) break
      await pause(clock, LOOK_MS)
    }
    if (mouth.isOver || !ear.isSpeaking) return
    const act = caller.next(this.#fresh())
    this.#taken = this.#agentLines.length
    if (act.kind !== "say") return this.#perform(act)
    this.#note(act.text)
    this.#interruptedAtMs.push(clock.nowMs())
    await mouth.sayAtOnce(act.text)
  }

  #note(text: string): void {
    const atMs = this.#elapsedMs
    this.#done.push({ who: "caller", text, atMs, isBeforeVerified: false })
  }

  get #streamBeganMs(): number {
    return this.#parts.call.leg.timeline.all("streamStarted")[0]?.atMs ?? this.#startedMs
  }

  #lines(): Held["lines"] {
    // The transcript counts from when the sound began, the caller from when they dialled.
    const beganMs = this.#streamBeganMs - this.#startedMs
    const agent = this.#agentLines.map(({ text, atMs }, at) => ({
      who: "agent" as const,
      ...{ text, atMs: beganMs + atMs },
      isBeforeVerified: at < this.#verifiedAfter,
    }))
    const ears = this.#heard.map(({ text, atMs }) => ({
      who: "ears" as const,
      ...{ text, atMs: beganMs + atMs, isBeforeVerified: false },
    }))
    return [...agent, ...this.#done, ...ears].toSorted((a, b) => a.atMs - b.atMs)
  }

  #turnTaking(): TurnTaking {
    const { timeline } = this.#parts.call.leg
    const clears = timeline.all("clearReceived").map(({ atMs }) => atMs)
    const isStopped = (atMs: number): boolean =>
      clears.some((clearMs) => clearMs >= atMs - YIELD_MS && clearMs <= atMs + YIELD_MS)
    const starts = timeline.all("callerSpeechOnset").map(({ atMs }) => atMs)
    const ends = timeline.all("callerSpeechEnd").map(({ atMs }) => atMs)
    const agentStarts = timeline.all("agentSpeechOnset").map(({ atMs }) => atMs)
    const agentEnds = timeline.all("agentSpeechEnd").map(({ atMs }) => atMs)
    const isAgentSpeaking = (atMs: number): boolean =>
      agentStarts.filter((one) => one <= atMs).length >
      agentEnds.filter((one) => one <= atMs).length
    const inTurn = starts
      .map((fromMs, at) => ({ fromMs, untilMs: ends[at] ?? fromMs }))
      .filter(({ fromMs }) => !isAgentSpeaking(fromMs))
    const cutOffs = inTurn.filter(({ fromMs, untilMs }) =>
      agentStarts.some((one) => one > fromMs && one < untilMs),
    )
    const takenAtMs = this.#heard.map(({ atMs }) => this.#streamBeganMs + atMs)
    const isTaken = (atMs: number): boolean =>
      takenAtMs.some((one) => Math.abs(one - atMs) <= YIELD_MS)
    return {
      murmurs: this.#murmuredAtMs.length,
      murmursIgnored: this.#murmuredAtMs.filter((atMs) => !isTaken(atMs)).length,
      interruptions: this.#interruptedAtMs.length,
      interruptionsMissed: this.#interruptedAtMs.filter((atMs) => !isStopped(atMs)).length,
      utterances: inTurn.length,
      cutOffs: cutOffs.length,
      bargeInMs: this.#interruptedAtMs.flatMap((atMs) => {
        const silentMs = agentEnds.find((one) => one >= atMs)
        return isStopped(atMs) && silentMs !== undefined ? [silentMs - atMs] : []
      }),
      voiceToVoiceMs: timeline.gapsMs("callerSpeechEnd", "agentSpeechOnset"),
    }
  }
}
