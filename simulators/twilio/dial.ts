/**
 * `<Dial>`: rings another telephone, asks there for consent when a gate is set, and joins the two.
 * The caller is never joined to someone who has not passed the gate.
 */
import { untilAborted } from "./clock.ts"
import { Handset } from "./handset.ts"
import { Leg } from "./leg.ts"
import { frameBytes } from "./mulaw.ts"
import { ring } from "./person.ts"
import { Room } from "./room.ts"
import type { Instructions, Scene } from "./scene.ts"
import { ringback } from "./tones.ts"
import type { Element } from "./xml.ts"

type DialStatus = "completed" | "answered" | "busy" | "no-answer" | "failed" | "canceled"

interface Outcome {
  readonly status: DialStatus
  readonly isBridged: boolean
  readonly leg?: Leg
}

interface Child {
  readonly leg: Leg
  readonly noun: Element
  readonly answer: Promise<"answered" | "busy" | "unanswered">
}

/** How many telephones one `<Dial>` may ring. */
const nounsMax = 10

export async function dial(verb: Element, scene: Scene): Promise<Instructions | undefined> {
  if (verb.attributes.answerOnBridge !== "true") scene.leg.answer()
  const outcome = await reachSomeone(verb, scene).catch((reason: unknown) => {
    reportTo(verb, scene, { status: "canceled", isBridged: false })
    throw reason
  })
  const { action, method } = verb.attributes
  if (scene.leg.isOver) reportTo(verb, scene, outcome)
  scene.signal.throwIfAborted()
  return action === undefined ? undefined : scene.fetch(action, method, dialParams(outcome))
}

/** A caller who has left is still reported to the action, though its answer is not obeyed. */
function reportTo(verb: Element, scene: Scene, outcome: Outcome): void {
  const { action, method } = verb.attributes
  if (action !== undefined && scene.leg.isOver) scene.notify(action, method, dialParams(outcome))
}

function dialParams({ status, isBridged, leg }: Outcome): Record<string, string> {
  const wasAnswered = leg?.answeredMs !== undefined
  return {
    DialCallStatus: status,
    DialBridged: String(isBridged),
    ...(leg ? { DialCallSid: leg.sid } : {}),
    ...(wasAnswered ? { DialCallDuration: String(leg.durationSeconds) } : {}),
  }
}

async function reachSomeone(verb: Element, scene: Scene): Promise<Outcome> {
  const conference = verb.children.find(({ name }) => name === "Conference")
  if (conference) return joinConference(conference, scene)
  const numbers = verb.children.filter(({ name }) => name === "Number").slice(0, nounsMax)
  const plain: Element = { name: "Number", attributes: {}, children: [], text: verb.text }
  const nouns = numbers.length > 0 ? numbers : [plain]
  if (verb.attributes.sequential !== "true") return ringTogether(nouns, verb, scene)
  let outcome: Outcome = { status: "failed", isBridged: false }
  for (const noun of nouns) {
    outcome = await ringTogether([noun], verb, scene)
    if (outcome.isBridged) return outcome
  }
  return outcome
}

/** Rings all at once. The first to pick up is asked and joined, the others stop ringing. */
async function ringTogether(
  nouns: readonly Element[],
  verb: Element,
  scene: Scene,
): Promise<Outcome> {
  const { leg: caller, exchange, signal } = scene
  const children = nouns.map((noun) => startRinging(noun, verb, scene))
  caller.hears(ringingTone())
  const stopRinging = (except?: Child): void => {
    for (const child of children) if (child !== except) child.leg.end("no-answer", "agent")
  }
  signal.addEventListener("abort", () => stopRinging(), { once: true })
  const timeoutMs = Number(verb.attributes.timeout ?? 30) * 1_000
  const timer = exchange.clock.after(timeoutMs, () => stopRinging())
  try {
    const child = await untilAborted(firstToAnswer(children), signal)
    timer.cancel()
    stopRinging(child)
    if (!child) return unanswered(children)
    return await connect(child, verb, scene)
  } finally {
    timer.cancel()
    caller.hears(undefined)
  }
}

function startRinging(noun: Element, verb: Element, scene: Scene): Child {
  const { leg: caller, exchange } = scene
  const { clock } = exchange
  const leg = new Leg({
    clock,
    handset: new Handset(clock),
    from: verb.attributes.callerId ?? caller.options.from,
    to: noun.text,
    direction: "outbound-dial",
    parentSid: caller.sid,
    isRecorded: caller.options.isRecorded,
  })
  caller.timeline.note("dialed", noun.text)
  const report = progressOf(noun, leg, scene)
  report("initiated")
  report("ringing")
  void leg.timeline.first("answered").then(() => report("answered"))
  void leg.whenOver.then(() => report("completed"))
  const person = exchange.personAt(noun.text)
  const speak = (text: string): Promise<Uint8Array> => exchange.speak(text, "en-US")
  return { leg, noun, answer: ring({ person, leg, clock, speak }) }
}

/** Reports the progress of a dialed call to whoever asked to hear of it. */
function progressOf(noun: Element, leg: Leg, scene: Scene): (event: string) => void {
  const { statusCallback, statusCallbackMethod, statusCallbackEvent } = noun.attributes
  const wanted = (statusCallbackEvent ?? "completed").split(/[\s,]+/)
  let sequence = 0
  return (event) => {
    if (statusCallback === undefined || !wanted.includes(event)) return
    const { from, to, direction } = leg.options
    scene.notify(statusCallback, statusCallbackMethod, {
      CallSid: leg.sid,
      ParentCallSid: scene.leg.sid,
      From: from,
      To: to,
      Direction: direction,
      CallStatus: event === "answered" ? "in-progress" : event === "ringing" ? event : leg.status,
      CallbackSource: "call-progress-events",
      SequenceNumber: String(sequence++),
      ...(event === "completed" ? { CallDuration: String(leg.durationSeconds) } : {}),
    })
  }
}

function firstToAnswer(children: readonly Child[]): Promise<Child | undefined> {
  return new Promise((resolve, reject) => {
    const answers = children.map(async (child) => {
      if ((await child.answer) === "answered") resolve(child)
    })
    Promise.all(answers).then(() => resolve(undefined), reject)
  })
}

async function unanswered(children: readonly Child[]): Promise<Outcome> {
  const answers = await Promise.all(children.map((child) => child.answer))
  const leg = children.at(-1)!.leg
  const isBusy = answers.every((answer) => answer === "busy")
  return { status: isBusy ? "busy" : "no-answer", isBridged: false, leg }
}

/** Lets the gate decide, then joins both until one leaves. */
async function connect({ leg, noun }: Child, verb: Element, scene: Scene): Promise<Outcome> {
  const { leg: caller, signal } = scene
  signal.addEventListener("abort", () => leg.end("completed", "agent"), { once: true })
  if (!(await passesGate(leg, noun, scene))) {
    leg.end("completed", "agent")
    return { status: "completed", isBridged: false, leg }
  }
  signal.throwIfAborted()
  caller.answer()
  const room = new Room()
  room.join(caller)
  room.join(leg)
  caller.timeline.note("bridged", noun.text)
  leg.timeline.note("bridged")
  if (verb.attributes.hangupOnStar === "true")
    caller.onKey = (key) => key === "*" && leg.end("completed", "agent")
  const timeLimitMs = Number(verb.attributes.timeLimit ?? 14_400) * 1_000
  const limit = scene.exchange.clock.after(timeLimitMs, () => leg.end("completed", "agent"))
  await leg.whenOver
  limit.cancel()
  caller.onKey = () => {}
  room.leave(leg)
  room.leave(caller)
  return { status: "completed", isBridged: true, leg }
}

/** Carries out the gate on the other leg: whoever is still there at its end has passed. */
async function passesGate(leg: Leg, noun: Element, scene: Scene): Promise<boolean> {
  const { url, method } = noun.attributes
  if (url === undefined) return !leg.isOver
  return (await scene.conduct(leg, url, method)) === "finished"
}

async function joinConference(noun: Element, { leg, exchange, signal }: Scene): Promise<Outcome> {
  leg.answer()
  const room = exchange.room(noun.text)
  room.join(leg)
  leg.timeline.note("bridged", noun.text)
  try {
    while (true) {
      await untilAborted(room.nextLeaving, signal)
      if (room.isClosed) return { status: "answered", isBridged: true }
    }
  } finally {
    room.leave(leg)
    if (noun.attributes.endConferenceOnExit === "true") room.close()
  }
}

function ringingTone(): () => Uint8Array {
  const sound = ringback()
  let at = 0
  return () => {
    const frame = sound.subarray(at, at + frameBytes)
    at = (at + frameBytes) % sound.length
    return frame
  }
}
