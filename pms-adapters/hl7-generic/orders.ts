/**
 * What is asked of the pharmacy system: refills, and what became of them. A refill has one number,
 * made from its key, which is its order number and its control id; it is never sent on a guess.
 */
import { createHash } from "node:crypto"
import type { Clock } from "#core/clock.ts"
import { Outage } from "#core/fault.ts"
import { type Ack, errorCodes, isAccepted, readAck } from "../hl7/ack.ts"
import { components, makeSegment } from "../hl7/build.ts"
import { makeHeader, readHeader } from "../hl7/header.ts"
import type { Message, Segment } from "../hl7/message.ts"
import type { Exchanged as LinkExchanged, MllpLink } from "../hl7/mllp/link.ts"
import { makeOrder, type Order, type OrderKind, readOrders } from "../hl7/order.ts"
import { makePerson } from "../hl7/person.ts"
import { momentOf, writtenMoment } from "../hl7/time.ts"
import { Hl7Error } from "../hl7/trouble.ts"
import { type Exchanged, unreadable } from "../http.ts"
import { ownValue } from "./map.ts"
import type { Person, Script } from "./records.ts"
import type { Settings } from "./settings.ts"

/** What the pharmacy system made of a refill. */
export type Outcome =
  | { readonly kind: "accepted"; readonly ticket: string; readonly readyAtMs?: number }
  | { readonly kind: "rejected" | "absent" | "undone" }

export interface Refill {
  readonly number: string
  readonly person: Person
  readonly script: Script
  readonly note?: string
  readonly signal: AbortSignal
}

/** ORC-1 of an answer, table 0119. What is in neither list is no answer we can act on. */
const accepting: readonly string[] = ["AF", "OF", "OK", "SC", "FU", "SR"]
const rejecting: readonly string[] = ["DF", "UF", "UA", "OC", "CR"]

/** ORC-2 holds no more before 2.7. */
const NUMBER_CHARACTERS_MAX = 22
/** An idle connection that the other side closed is noticed only when it is used. */
const QUESTION_TRIES_MAX = 2
const NOT_AN_ORDER = "MORTAR-PING"

/** The same number for the same key, also after a restart. */
export function numberOf(key: string): string {
  const isFit = key.length <= NUMBER_CHARACTERS_MAX && /^[A-Za-z0-9-]+$/.test(key)
  return isFit ? key : `M${createHash("sha256").update(key).digest("hex").slice(0, 19)}`
}

export class Orders {
  readonly #link: MllpLink
  readonly #site: Settings
  readonly #clock: Clock
  readonly #security: string | undefined
  #asked = 0

  constructor(link: MllpLink, host: { site: Settings; clock: Clock; security?: string }) {
    this.#link = link
    this.#site = host.site
    this.#clock = host.clock
    this.#security = host.security
  }

  /** What the other side calls itself. It need not know the order it is asked about. */
  async ping(signal: AbortSignal): Promise<string> {
    for (let tries = 1; ; tries++) {
      const told = await this.#exchange(this.#question(NOT_AN_ORDER), signal)
      if (told.ok) {
        const { sendingApplication = "HL7", version } = readHeader(told.value.message)
        return `${sendingApplication} ${version}`.trim()
      }
      const isWorthMore = told.outage.retryable && !signal.aborted
      if (!isWorthMore || tries === QUESTION_TRIES_MAX) throw told.outage
    }
  }

  /** Sends a refill. Undefined: an answer that says nothing of our request. */
  async send(refill: Refill): Promise<Exchanged<Outcome | undefined>> {
    const { number, script, person, note, signal } = refill
    const order = makeOrder({
      control: "RF",
      placerNumber: number,
      placer: this.#site.sendingApplication,
      rxNumber: script.rxNumber,
      drug: { name: script.drugName, ...(script.ndc && { code: script.ndc }) },
      ...(note && { note }),
    })
    const header = this.#header(["RDE", "O25", "RDE_O25"], number)
    const message = { segments: [header, personSegment(person, this.#site), ...order] }
    return this.#outcome(await this.#exchange(message, signal), "RRE", number)
  }

  /** Asks what became of a refill. Undefined: it is not known there. */
  async ask({ number, signal }: Refill): Promise<Exchanged<Outcome | undefined>> {
    const told = await this.#exchange(this.#question(number), signal)
    if (told.ok && told.value.ack.error === errorCodes.unknownKey) {
      return { ok: true, value: undefined }
    }
    return this.#outcome(told, "OSR", number)
  }

  #question(number: string): Message {
    const at = writtenMoment(this.#clock.nowMs(), this.#site.timeZone)
    const controlId = `Q${this.#clock.nowMs().toString(36)}${(this.#asked++).toString(36)}`
    const subject = makeSegment("QRD", {
      1: at,
      2: "R",
      3: "I",
      4: controlId,
      7: components(1, "RD"),
      9: "ORD",
      10: number,
    })
    return { segments: [this.#header(["OSQ", "Q06", "OSQ_Q06"], controlId), subject] }
  }

  #header(
    [type, trigger, structure]: readonly [string, string, string],
    controlId: string,
  ): Segment {
    const { sendingApplication, sendingFacility, receivingApplication, receivingFacility } =
      this.#site
    return makeHeader({
      type,
      trigger,
      structure,
      controlId,
      sendingApplication,
      ...(sendingFacility && { sendingFacility }),
      ...(receivingApplication && { receivingApplication }),
      ...(receivingFacility && { receivingFacility }),
      ...(this.#security !== undefined && { security: this.#security }),
      version: this.#site.version,
      atMs: this.#clock.nowMs(),
      timeZone: this.#site.timeZone,
    })
  }

  async #exchange(message: Message, signal: AbortSignal): Promise<Exchanged<Answered>> {
    const exchanged = await this.#link.exchange(message, signal)
    if (!exchanged.ok) return lost(exchanged)
    try {
      const ack = readAck(exchanged.answer)
      if (isRefusal(ack)) {
        const outage = new Outage("pms_refused", { retryable: false })
        return { ok: false, outage, mayBeDone: false }
      }
      return { ok: true, value: { ack, message: exchanged.answer } }
    } catch (trouble) {
      if (!(trouble instanceof Hl7Error)) throw trouble
      return { ok: false, outage: unreadable(), mayBeDone: true }
    }
  }

  #outcome(
    told: Exchanged<Answered>,
    kind: OrderKind,
    number: string,
  ): Exchanged<Outcome | undefined> {
    if (!told.ok) return told
    const { ack, message } = told.value
    const passing: readonly string[] = [errorCodes.locked, errorCodes.internal]
    if (ack.error === errorCodes.unknownKey) return { ok: true, value: { kind: "absent" } }
    if (!isAccepted(ack) && passing.includes(ack.error ?? "")) {
      return { ok: true, value: { kind: "undone" } }
    }
    try {
      const { orders } = readOrders(message, kind)
      const order = orders.find(({ placerNumber }) => placerNumber === number)
      return { ok: true, value: order && this.#meaning(order, isAccepted(ack)) }
    } catch (trouble) {
      if (trouble instanceof Hl7Error) return { ok: true, value: undefined }
      throw trouble
    }
  }

  #meaning(order: Order, isTaken: boolean): Outcome | undefined {
    if (rejecting.includes(order.control)) return { kind: "rejected" }
    if (!isTaken || !accepting.includes(order.control)) return undefined
    const promised = ownValue(order, this.#site.paths.promised)
    const readyAtMs = momentOf(promised, this.#site.timeZone)
    const ticket = order.fillerNumber || order.placerNumber || ""
    return { kind: "accepted", ticket, ...(readyAtMs !== undefined && { readyAtMs }) }
  }
}

interface Answered {
  readonly ack: Ack
  readonly message: Message
}

/** Rejected as a message: our names, our word or our version are not what was agreed on. */
function isRefusal({ code, error }: Ack): boolean {
  const isUnsupported = error === errorCodes.unsupportedType || error === "201"
  return (code === "AR" || code === "CR") && !isUnsupported
}

function lost({ trouble, mayBeDone }: Extract<LinkExchanged, { ok: false }>): Exchanged<never> {
  if (trouble === "unreadable") return { ok: false, outage: unreadable(), mayBeDone }
  const outage = new Outage(trouble === "cut" ? "pms_down" : "deadline")
  return { ok: false, outage, mayBeDone }
}

function personSegment(person: Person, { patientIdType: type }: Settings): Segment {
  return makePerson({
    ids: [{ id: person.patient, type }],
    familyName: person.lastName ?? "",
    givenName: person.firstName ?? "",
    bornOn: person.dateOfBirth ?? "",
  })
}
