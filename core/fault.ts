/**
 * The three kinds of trouble. A fault is expected and declared; an outage is the world failing; a
 * defect is ours. No constructor here takes a value, so no patient can enter an error.
 */

/** An expected refusal, declared in a contract. The sentence is the contract's, word for word. */
export interface Fault<Code extends string = string> {
  readonly kind: "fault"
  readonly module: string
  readonly code: Code
  readonly says: string
}

/** What failed outside of us, with what an operator should look at. */
const outages = {
  module_down: "The module is not running. Its last exit is on the modules page and in the log.",
  module_quarantined:
    "The module keeps dying and was set aside. Fix or roll back, then release it.",
  deadline: "No answer came in time. Look at the module's timings and at what it waits for.",
  overloaded: "Too many requests wait for the module. Look for a slow dependency.",
  not_offered: "The connected system does not offer this operation.",
  pms_down: "The pharmacy system does not answer. Check its server and the network between.",
  pms_refused: "The pharmacy system refused our credentials. Check the configured secret.",
  pms_unreadable: "The pharmacy system answered in a form the adapter does not know.",
  speech_down: "A speech process is not running. Check `mortar models check` and free memory.",
  telephony_down: "Twilio's REST interface does not answer. Check the internet connection.",
  store_full: "The disk is full. Free space on the volume that holds MORTAR_DATA.",
  store_failed: "The database could not commit. Check the disk that holds MORTAR_DATA.",
} as const

export type OutageCode = keyof typeof outages

/** Thrown by ports and by the bus; crosses the bus as data and is thrown again on the other side. */
export class Outage extends Error {
  readonly code: OutageCode
  readonly retryable: boolean

  constructor(code: OutageCode, { retryable = true }: { retryable?: boolean } = {}) {
    super(code)
    this.name = "Outage"
    this.code = code
    this.retryable = retryable
  }

  get hint(): string {
    return outages[this.code]
  }
}

export function isOutageCode(code: string): code is OutageCode {
  return Object.hasOwn(outages, code)
}

/** Our own mistake. It crashes the module that made it; nobody catches it inside. */
export class Defect extends Error {
  constructor(what: DefectName) {
    super(what)
    this.name = "Defect"
  }
}

/** Where a defect was noticed. A closed list: a free sentence would be a place for a name. */
export type DefectName =
  | "undeclared_call"
  | "undeclared_collection"
  | "undeclared_event"
  | "undeclared_fault"
  | "undeclared_index"
  | "undeclared_port"
  | "invalid_input"
  | "invalid_output"
  | "invalid_event"
  | "invalid_document"
  | "impossible"

export function assert(condition: unknown, what: DefectName = "impossible"): asserts condition {
  if (!condition) throw new Defect(what)
}
