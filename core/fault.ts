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

/** What failed outside of us and may pass, with what an operator should look at. */
const passing = {
  module_down: "The module is not running. Its last exit is on the modules page and in the log.",
  module_quarantined:
    "The module keeps dying and was set aside. Fix or roll back, then release it.",
  deadline: "No answer came in time. Look at the module's timings and at what it waits for.",
  overloaded: "Too many requests wait for the module. Look for a slow dependency.",
  not_offered: "The connected system does not offer this operation.",
  pms_down: "The pharmacy system does not answer. Check its server and the network between.",
  pms_refused: "The pharmacy system refused our credentials. Check the configured secret.",
  pms_unreadable: "The pharmacy system answered in a form the adapter does not know.",
  pms_clock: "Its clock and ours differ by minutes, so it refuses us. Set both by a time server.",
  pms_untrusted: "It shows another certificate than the one written down. Ask before trusting it.",
  payer_down: "The claims switch does not answer. Check the line to it and its address.",
  payer_refused: "The claims switch refused our credentials. Check the configured secret.",
  payer_unreadable: "The claims switch answered in a form that is not a claim's answer.",
  speech_down: "A speech process is not running. Check `mortar models check` and free memory.",
  language_down: "The language model is not running. Check `mortar models check` and free memory.",
  telephony_down: "Twilio's REST interface does not answer. Check the internet connection.",
  folder_in_use: "Another Mortar runs on this data folder. Stop it, or set MORTAR_DATA.",
  port_in_use: "Another program listens there. Set MORTAR_PUBLIC_PORT or MORTAR_STAFF_PORT.",
  store_full: "The disk is full. Free space on the volume that holds MORTAR_DATA.",
  backup_failed: "The folder of backups cannot be used. Look whether its disk is there, with room.",
  store_failed: "The database could not commit. Check the disk that holds MORTAR_DATA.",
} as const

/** What no second try will mend: somebody has to act. */
const lasting = {
  tampered: "Stored bytes are not what was written. Restore them from a backup, and find out why.",
  journal_broken: "The journal entry does not follow on the last one. Copy the journal again.",
  patient_erased: "The patient was erased. Nothing can be written about them any more.",
  wrong_master_key: "The keys in MORTAR_DATA were made under another master key.",
  wrong_key_ring: "The database and the keys in MORTAR_DATA do not belong together.",
  newer_database:
    "The database was written by a newer version. Install that version or a later one.",
  data_present: "MORTAR_DATA holds documents or keys already. Restore into an empty folder.",
  key_missing: "There are keys in MORTAR_DATA, but the master key that opens them is not there.",
  key_malformed: "The master key is not 32 bytes long.",
  keychain_absent: "This machine has no `security` program to ask the Keychain with.",
  keychain_refused: "The Keychain would not answer. Unlock it, and let this program read the item.",
  secret_missing: "A secret that the configuration refers to is not there.",
  not_a_reference: "A literal stands where a reference belongs: keychain:, env: or file:.",
  open_to_others: "A file with a secret can be read by others. Give it mode 600.",
} as const

const outages = { ...passing, ...lasting }

export type OutageCode = keyof typeof outages

/**
 * Thrown by ports and by the bus; crosses the bus as data and is thrown again on the other side.
 */
export class Outage extends Error {
  readonly code: OutageCode
  readonly retryable: boolean

  constructor(code: OutageCode, { retryable = code in passing }: { retryable?: boolean } = {}) {
    super(code)
    this.name = "Outage"
    this.code = code
    this.retryable = retryable
  }

  get hint(): string {
    return outages[this.code]
  }
}

/**
 * An outage at a place with a name of ours: a file, a reference, a document's collection and id.
 */
export class OutageAt extends Outage {
  readonly place: string

  constructor(code: OutageCode, place: string) {
    super(code)
    this.message = `${code}: ${place}`
    this.place = place
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
