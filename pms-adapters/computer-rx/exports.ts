/**
 * Takes the files that the pharmacy system drops, in their order: what a file means and that it was
 * taken are written before the file is removed. One that is not whole stays, and stops its kind.
 */
import { readdir, readFile, rm } from "node:fs/promises"
import { join } from "node:path"
import type { Clock } from "#core/clock.ts"
import type { Write } from "#core/documents.ts"
import { Outage } from "#core/fault.ts"
import { inTurn } from "#core/in-turn.ts"
import { groupOf } from "../kept.ts"
import {
  BadFile,
  type Fields,
  type File,
  fill,
  type Layout,
  patient,
  readWhole,
  script,
} from "./columns.ts"
import { fillOf, patientOf, scriptOf } from "./map.ts"
import type { Shelves } from "./records.ts"

const kinds = ["PATIENT", "SCRIPT", "FILL"] as const
type Kind = (typeof kinds)[number]

/** Records a batch: small enough that nobody waits long for the store. */
const BATCH = 200

export interface ExportsOptions {
  readonly folder: string
  readonly shelves: Shelves
  readonly clock: Clock
  readonly timeZone: string
}

export class Exports {
  readonly #folder: string
  readonly #shelves: Shelves
  readonly #clock: Clock
  readonly #zone: string
  readonly #stopped = new Set<Kind>()

  constructor({ folder, shelves, clock, timeZone }: ExportsOptions) {
    this.#folder = folder
    this.#shelves = shelves
    this.#clock = clock
    this.#zone = timeZone
  }

  /** Takes what lies there. A folder that can't be read has nothing new. */
  take(): Promise<void> {
    return inTurn(`computer-rx ${this.#folder}`, () => this.#takeAll())
  }

  /** Nothing is missing, nothing is stuck, and the last word is not older than that. */
  async isSound(sinceMs: number): Promise<boolean> {
    if (this.#stopped.size > 0) return false
    const { places } = this.#shelves
    let lastMs = 0
    for (const kind of kinds) {
      const place = (await places.get(kind))?.value
      if (!place?.isWhole) return false
      lastMs = Math.max(lastMs, place.takenAtMs)
    }
    return lastMs >= sinceMs
  }

  get isStuck(): boolean {
    return this.#stopped.size > 0
  }

  async #takeAll(): Promise<void> {
    const names = await readdir(this.#folder).catch(() => [])
    for (const kind of kinds) {
      const mine = names.filter((name) => name.startsWith(`${kind}-`) && name.endsWith(".TXT"))
      this.#stopped.delete(kind)
      for (const name of mine.sort()) {
        if (!(await this.#takeOne(kind, join(this.#folder, name)))) break
      }
    }
  }

  /** False when the file is not whole, or not whole yet. */
  async #takeOne(kind: Kind, path: string): Promise<boolean> {
    const bytes = await readFile(path).catch(() => undefined)
    // Somebody took it away: there is nothing to wait for.
    if (!bytes) return true
    try {
      await this.#read(kind, bytes)
    } catch (trouble) {
      if (!(trouble instanceof BadFile)) throw trouble
      this.#stopped.add(kind)
      return false
    }
    await rm(path, { force: true })
    return true
  }

  #read(kind: Kind, bytes: Uint8Array): Promise<void> {
    if (kind === "PATIENT") {
      return this.#keep(readWhole(bytes, kind, patient), kind, (one) => this.#person(one))
    }
    if (kind === "SCRIPT") {
      return this.#keep(readWhole(bytes, kind, script), kind, (one) => this.#script(one))
    }
    return this.#keep(readWhole(bytes, kind, fill), kind, (one) => this.#fill(one))
  }

  /** An older file than the last would turn the clock back: it is let go. */
  async #keep<L extends Layout>(
    { head, details }: File<L>,
    kind: Kind,
    writesOf: (one: Fields<L>) => Promise<readonly Write[]>,
  ): Promise<void> {
    if (head.number === "") throw new BadFile()
    const { places } = this.#shelves
    const before = await places.get(kind)
    if (before && head.number <= before.value.number) return
    for (let at = 0; at < details.length; at += BATCH) {
      const writes: Write[] = []
      for (const one of details.slice(at, at + BATCH)) writes.push(...(await writesOf(one)))
      await this.#write(writes)
    }
    const follows = before?.value.isWhole === true && head.before === before.value.number
    const nowMs = this.#clock.nowMs()
    const isWhole = head.scope === "F" || follows
    const place = { number: head.number, isWhole, takenAtMs: nowMs }
    const label = { name: kind, nowMs }
    await this.#shelves.store.batch([places.putting(place, label, before)])
  }

  /** Who was erased stays erased; the others of the batch are written all the same. */
  async #write(writes: readonly Write[]): Promise<void> {
    if (writes.length === 0) return
    try {
      await this.#shelves.store.batch(writes)
    } catch (trouble) {
      const isErased = trouble instanceof Outage && trouble.code === "patient_erased"
      if (!isErased) throw trouble
      if (writes.length === 1) return
      for (const one of writes) await this.#write([one])
    }
  }

  async #person(told: Fields<typeof patient>): Promise<readonly Write[]> {
    const { people, phones } = this.#shelves
    const person = patientOf(told)
    if (!person) return []
    const { patient: id, lastName, dateOfBirth } = person
    const before = await people.get(id)
    const nowMs = this.#clock.nowMs()
    const group = groupOf(lastName, dateOfBirth)
    const writes = [people.putting(person, { name: id, group, patient: id, nowMs }, before)]
    for (const phone of new Set([...person.phones, ...(before?.value.phones ?? [])])) {
      const name = `${phone} ${id}`
      const entry = await phones.get(name)
      const isKept = person.phones.includes(phone)
      if (isKept && !entry)
        writes.push(phones.putting(id, { name, group: phone, patient: id, nowMs }))
      if (!isKept && entry) writes.push(phones.removing(entry))
    }
    return writes
  }

  async #script(told: Fields<typeof script>): Promise<readonly Write[]> {
    const { scripts } = this.#shelves
    const nowMs = this.#clock.nowMs()
    const read = scriptOf(told, nowMs)
    if (!read) return []
    const { rxNumber: name, patient: owner } = read
    const before = await scripts.get(name)
    return [scripts.putting(read, { name, group: owner, patient: owner, nowMs }, before)]
  }

  /** A fill of a prescription that nobody told of is nobody's. The first word is no change. */
  async #fill(told: Fields<typeof fill>): Promise<readonly Write[]> {
    const { fills, scripts, changes } = this.#shelves
    const nowMs = this.#clock.nowMs()
    const read = fillOf(told, { readAtMs: nowMs, zone: this.#zone })
    const owner = read && (await scripts.get(read.rxNumber))?.value.patient
    if (!read || owner === undefined) return []
    const { rxNumber: name, fill: status } = read
    const before = await fills.get(name)
    const writes = [fills.putting(read, { name, patient: owner, nowMs }, before)]
    if (!before || before.value.fill === status) return writes
    const change = { rxNumber: name, patient: owner, fill: status }
    const label = { name: `${name} ${before.version}`, patient: owner, nowMs }
    return [...writes, changes.putting(change, label)]
  }
}
