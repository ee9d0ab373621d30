/**
 * The TwiML this simulator obeys, as a table of what may stand where. Real Twilio warns about an
 * unknown verb or attribute and goes on; here it is an error, so that a typing mistake shows.
 */
import { type Element, readXml, XmlError } from "./xml.ts"

interface Shape {
  readonly attributes: readonly string[]
  readonly children?: readonly string[]
  readonly hasText?: true
}

const callback = ["statusCallback", "statusCallbackMethod", "statusCallbackEvent"]
const recorded = [
  "recordingStatusCallback",
  "recordingStatusCallbackMethod",
  "recordingStatusCallbackEvent",
]

const verbs: Readonly<Record<string, Shape>> = {
  Say: { attributes: ["voice", "language", "loop"], hasText: true },
  Play: { attributes: ["loop", "digits"], hasText: true },
  Pause: { attributes: ["length"] },
  Gather: {
    attributes: [
      ...["action", "method", "input", "numDigits", "timeout", "finishOnKey"],
      ...["actionOnEmptyResult", "language"],
    ],
    children: ["Say", "Play", "Pause"],
  },
  Redirect: { attributes: ["method"], hasText: true },
  Hangup: { attributes: [] },
  Reject: { attributes: ["reason"] },
  Record: {
    attributes: [
      ...["action", "method", "timeout", "maxLength", "finishOnKey", "playBeep", "trim"],
      ...recorded,
    ],
  },
  Dial: {
    attributes: [
      ...["action", "method", "timeout", "timeLimit", "callerId", "answerOnBridge", "record"],
      ...["sequential", "hangupOnStar", "ringTone", ...recorded],
    ],
    children: ["Number", "Conference"],
    hasText: true,
  },
  Connect: { attributes: ["action", "method"], children: ["Stream"] },
  Start: { attributes: [], children: ["Recording"] },
  Message: {
    attributes: ["to", "from", "action", "method", "statusCallback"],
    children: ["Body"],
    hasText: true,
  },
}

const nouns: Readonly<Record<string, Shape>> = {
  Number: { attributes: ["url", "method", "sendDigits", ...callback], hasText: true },
  Conference: {
    attributes: [
      ...["muted", "beep", "startConferenceOnEnter", "endConferenceOnExit", "waitUrl"],
      ...["waitMethod", "maxParticipants", "participantLabel", "coach", ...callback],
    ],
    hasText: true,
  },
  Stream: {
    attributes: ["url", "name", "track", "statusCallback", "statusCallbackMethod"],
    children: ["Parameter"],
  },
  Parameter: { attributes: ["name", "value"] },
  Recording: { attributes: ["channels", "track", "trim", ...recorded] },
  Body: { attributes: [], hasText: true },
}

/** Twilio's number for what is wrong with a document, as its debugger would show it. */
export class TwimlError extends Error {
  readonly code: "12100" | "12200" | "12300"

  constructor(code: TwimlError["code"], problem: string) {
    super(problem)
    this.code = code
  }
}

/** The verbs of a document, in order. Throws a TwimlError. */
export function readTwiml(source: string): readonly Element[] {
  const root = parse(source)
  if (root.name !== "Response") throw new TwimlError("12100", "the root is not Response")
  if (root.text !== "") throw new TwimlError("12200", "text directly inside Response")
  for (const verb of root.children) check(verb, verbs)
  return root.children
}

function parse(source: string): Element {
  try {
    return readXml(source)
  } catch (problem) {
    if (problem instanceof XmlError) throw new TwimlError("12100", problem.message)
    throw problem
  }
}

function check(element: Element, shapes: Readonly<Record<string, Shape>>): void {
  const shape = Object.hasOwn(shapes, element.name) ? shapes[element.name] : undefined
  if (!shape) throw new TwimlError("12200", `${element.name} is not allowed there`)
  for (const name of Object.keys(element.attributes))
    if (!shape.attributes.includes(name))
      throw new TwimlError("12200", `${element.name} has no attribute ${name}`)
  if (element.text !== "" && !shape.hasText)
    throw new TwimlError("12200", `${element.name} holds no text`)
  for (const child of element.children) {
    if (!shape.children?.includes(child.name))
      throw new TwimlError("12200", `${child.name} is not allowed inside ${element.name}`)
    check(child, { ...verbs, ...nouns })
  }
}
