/** The people, and machines, who may answer when the cloud rings: each by a small script. */
import type { Clock } from "./clock.ts"
import type { Leg } from "./leg.ts"

export interface Person {
  readonly picksUp: "answers" | "busy" | "no_answer" | "voicemail"
  /** How long the telephone rings before it is picked up. */
  readonly ringMs: number
  /** The key pressed when asked to accept; empty for someone who never presses. */
  readonly accepts: string
  /** What is said once connected, or the greeting of a voicemail. */
  readonly says: string
  /** How long the person stays on the line after picking up. */
  readonly staysMs: number
}

/** A pharmacist who takes the call. */
export const answeringPerson: Person = {
  picksUp: "answers",
  ringMs: 1_000,
  accepts: "1",
  says: "This is the pharmacist. How can I help?",
  staysMs: 15_000,
}

const voicemail: Person = {
  picksUp: "voicemail",
  ringMs: 4_000,
  accepts: "",
  says: "You have reached a voice mailbox. Please leave a message after the tone.",
  staysMs: 30_000,
}

/** The person for a scenario's word. */
export function personWho(picksUp: Person["picksUp"]): Person {
  return picksUp === "voicemail" ? voicemail : { ...answeringPerson, picksUp }
}

/** Someone asked to accept waits for the voice to stop this long, then presses. */
const politeMs = 400
/** Someone who hears nothing presses after this long all the same. */
const patienceMs = 6_000
const listenEveryMs = 100

interface Ringing {
  readonly person: Person
  readonly leg: Leg
  readonly clock: Clock
  readonly speak: (text: string) => Promise<Uint8Array>
}

/** Rings a person's telephone and lets the person act once it is picked up. */
export async function ring(ringing: Ringing): Promise<"answered" | "busy" | "unanswered"> {
  const { person, leg, clock } = ringing
  if (person.picksUp === "busy") return "busy"
  if (person.picksUp === "no_answer") return leg.whenOver.then(() => "unanswered" as const)
  const answered = Promise.withResolvers<"answered" | "unanswered">()
  const pickUp = clock.after(person.ringMs, () => {
    leg.answer()
    answered.resolve("answered")
    act(ringing)
  })
  leg.hungUp.addEventListener("abort", () => {
    pickUp.cancel()
    answered.resolve("unanswered")
  })
  return answered.promise
}

function act({ person, leg, clock, speak }: Ringing): void {
  const { handset } = leg.options
  const stay = clock.after(person.staysMs, () => leg.end("completed", "caller"))
  leg.hungUp.addEventListener("abort", () => stay.cancel())
  if (person.picksUp === "voicemail") void speak(person.says).then((sound) => handset.speak(sound))
  else if (person.accepts !== "") pressWhenAsked(person.accepts, leg, clock)
  void leg.timeline.first("bridged").then(async () => {
    if (person.picksUp === "answers") handset.speak(await speak(person.says))
  })
}

function pressWhenAsked(key: string, leg: Leg, clock: Clock): void {
  const { ear } = leg.options.handset
  const answeredMs = clock.nowMs()
  const listen = clock.every(listenEveryMs, () => {
    const quietMs = ear.quietForMs(clock.nowMs())
    const wasAsked = quietMs !== Number.POSITIVE_INFINITY && quietMs >= politeMs
    if (!wasAsked && clock.nowMs() - answeredMs < patienceMs) return
    listen.cancel()
    leg.press(key)
  })
  leg.hungUp.addEventListener("abort", () => listen.cancel())
}
