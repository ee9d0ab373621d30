/**
 * Takes what the pharmacy system tells. What a message means, that it was taken, and the change to
 * tell the house are written together; so a message is taken once, whatever breaks in between.
 */
import type { Clock } from "#core/clock.ts"
import type { Write } from "#core/documents.ts"
import { Outage } from "#core/fault.ts"
import { readDft } from "../hl7/charge.ts"
import { readHeader } from "../hl7/header.ts"
import { type Message, requiredSegment, type Segment } from "../hl7/message.ts"
import type { Inbox, Received } from "../hl7/mllp/server.ts"
import { type Order, readOrders } from "../hl7/order.ts"
import { identifiersAt } from "../hl7/person.ts"
import { Hl7Error } from "../hl7/trouble.ts"
import { readAdt } from "../hl7/visit.ts"
import type { Shelved } from "../kept.ts"
import { groupOf } from "../kept.ts"
import { patientIdOf, personOf, scriptOf } from "./map.ts"
import type { Person, Script, Shelves } from "./records.ts"
import type { Settings } from "./settings.ts"

const rxForm = /^[0-9]{6,9}$/
const PATIENT_CHARACTERS_MAX = 64

export class Feed implements Inbox {
  readonly #shelves: Shelves
  readonly #site: Settings
  readonly #clock: Clock

  constructor(shelves: Shelves, site: Settings, clock: Clock) {
    this.#shelves = shelves
    this.#site = site
    this.#clock = clock
  }

  async answered(name: string): Promise<Uint8Array | undefined> {
    const found = await this.#shelves.answers.get(name)
    return found && Buffer.from(found.value.base64, "base64")
  }

  async take({ name, message, answer }: Received): Promise<void> {
    const { answers, store } = this.#shelves
    const nowMs = this.#clock.nowMs()
    const taken = answers.putting({ base64: answer.toString("base64") }, { name, nowMs })
    try {
      await store.batch([...(await this.#writesFor(message)), taken])
    } catch (trouble) {
      // Who was erased stays erased; the sender must not be stopped by it for ever.
      const isErased = trouble instanceof Outage && trouble.code === "patient_erased"
      if (!isErased) throw trouble
      await store.batch([taken])
    }
  }

  async #writesFor(message: Message): Promise<readonly Write[]> {
    const { type } = readHeader(message)
    if (type === "ADT") return this.#adt(message)
    if (type === "DFT") return this.#charges(message)
    if (type !== "RDE" && type !== "RDS") {
      throw new Hl7Error("other_type", { segment: "MSH", field: 9 })
    }
    const { orders } = readOrders(message, type)
    const segment = requiredSegment(message, "PID")
    const patient = this.#patientIn(segment)
    const writes = [...(await this.#person(segment, patient))]
    const latest = new Map<string, Order>()
    for (const order of orders) {
      const rxNumber = rxNumberOf(order)
      if (rxNumber !== undefined) latest.set(rxNumber, order)
    }
    for (const [rxNumber, order] of latest) {
      writes.push(...(await this.#script({ order, rxNumber, patient })))
    }
    return writes
  }

  async #adt(message: Message): Promise<readonly Write[]> {
    const { replaces } = readAdt(message)
    const segment = requiredSegment(message, "PID")
    const patient = this.#patientIn(segment)
    const writes = [...(await this.#person(segment, patient))]
    const gone = patientIdOf(replaces, this.#site.patientIdType)
    if (gone !== undefined && gone !== patient) writes.push(...(await this.#merge(gone, patient)))
    return writes
  }

  #patientIn(segment: Segment): string {
    const patient = patientIdOf(identifiersAt(segment, 3), this.#site.patientIdType)
    if (!patient || patient.length > PATIENT_CHARACTERS_MAX) {
      throw new Hl7Error("missing_field", { segment: "PID", field: 3 })
    }
    return patient
  }

  async #person(segment: Segment, patient: string): Promise<readonly Write[]> {
    const { people, phones } = this.#shelves
    const before = await people.get(patient)
    const person = personOf(segment, patient, before?.value)
    const nowMs = this.#clock.nowMs()
    const { lastName, dateOfBirth } = person
    const group = lastName && dateOfBirth ? { group: groupOf(lastName, dateOfBirth) } : {}
    const label = { name: patient, patient, nowMs, ...group }
    const writes = [people.putting(person, label, before)]
    for (const phone of new Set([...person.phones, ...(before?.value.phones ?? [])])) {
      const name = `${phone} ${patient}`
      const entry = await phones.get(name)
      const isKept = person.phones.includes(phone)
      if (isKept && !entry)
        writes.push(phones.putting(patient, { name, group: phone, patient, nowMs }))
      if (!isKept && entry) writes.push(phones.removing(entry))
    }
    return writes
  }

  async #script(telling: { order: Order; rxNumber: string; patient: string }) {
    const { scripts } = this.#shelves
    const { rxNumber, patient } = telling
    const before = await scripts.get(rxNumber)
    const readAtMs = this.#clock.nowMs()
    const script = scriptOf({ ...telling, readAtMs }, before?.value, this.#site)
    const label = { name: rxNumber, group: patient, patient, nowMs: readAtMs }
    return [scripts.putting(script, label, before), ...this.#change(script, before)]
  }

  /** The first word on a prescription is no change. */
  #change({ rxNumber, patient, fill }: Script, before: Shelved<Script> | undefined) {
    if (!before || before.value.fill === fill) return []
    const nowMs = this.#clock.nowMs()
    const name = `${rxNumber} ${before.version}`
    return [this.#shelves.changes.putting({ rxNumber, patient, fill }, { name, patient, nowMs })]
  }

  async #charges(message: Message): Promise<readonly Write[]> {
    const { scripts } = this.#shelves
    const nowMs = this.#clock.nowMs()
    const writes: Write[] = []
    for (const { fillerNumber, amountCents, type } of readDft(message).charges) {
      const isCharge = type === "CG" && fillerNumber && amountCents !== undefined
      const before = isCharge ? await scripts.get(fillerNumber) : undefined
      if (!before || amountCents === undefined) continue
      const { patient, rxNumber } = before.value
      const script = { ...before.value, copayCents: amountCents, readAtMs: nowMs }
      writes.push(
        scripts.putting(script, { name: rxNumber, group: patient, patient, nowMs }, before),
      )
    }
    return writes
  }

  /** Prescriptions of a number that is no more belong to the one it was merged into. */
  async #merge(gone: string, patient: string): Promise<readonly Write[]> {
    const { people, scripts } = this.#shelves
    const nowMs = this.#clock.nowMs()
    const person = await people.get(gone)
    const moved = (await scripts.inGroup(gone)).map((before) =>
      scripts.putting(
        { ...before.value, patient, readAtMs: nowMs },
        { name: before.value.rxNumber, group: patient, patient, nowMs },
        before,
      ),
    )
    return [...moved, ...(person ? await this.#forget(person) : [])]
  }

  async #forget(person: Shelved<Person>): Promise<readonly Write[]> {
    const { people, phones } = this.#shelves
    const writes = [people.removing(person)]
    for (const phone of person.value.phones) {
      const entry = await phones.get(`${phone} ${person.value.patient}`)
      if (entry) writes.push(phones.removing(entry))
    }
    return writes
  }
}

/** RXE-15, RXD-7, or the filler's own number; undefined when none is a number of ours. */
function rxNumberOf({ encoded, dispensed, fillerNumber }: Order): string | undefined {
  const numbers = [encoded?.rxNumber, dispensed?.rxNumber, fillerNumber]
  return numbers.find((number): number is string => rxForm.test(number ?? ""))
}
