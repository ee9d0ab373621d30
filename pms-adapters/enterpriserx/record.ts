/**
 * Which prescriptions there are, and whose: the interface can't be asked by name, so what was read
 * by number is written down here. Only where to look; what is said is always asked for anew.
 */
import { type Static, Type as t } from "typebox"
import type { Clock } from "#core/clock.ts"
import { Outage } from "#core/fault.ts"
import { inTurn } from "#core/in-turn.ts"
import {
  Day,
  FillStatus,
  type PatientId,
  type PatientRecord,
  type Prescription,
  RxNumber,
} from "#core/pms.ts"
import { groupOf, type KeptStore, Shelf } from "../kept.ts"

const Person = t.Object({ patient: t.String(), lastName: t.String(), dateOfBirth: Day })
const Script = t.Object({ rxNumber: RxNumber, patient: t.String(), fill: FillStatus })
const Open = t.Object({ rxNumber: RxNumber })

/** Fills that will move on by themselves, and are looked at until they have. */
const MOVING: readonly FillStatus[] = ["queued", "ready"]

export type FillChange = Pick<Prescription, "rxNumber" | "patient" | "fill">

export class Readings {
  readonly #people: Shelf<typeof Person>
  readonly #scripts: Shelf<typeof Script>
  readonly #open: Shelf<typeof Open>
  readonly #store: KeptStore
  readonly #clock: Clock

  constructor(store: KeptStore, clock: Clock) {
    this.#people = new Shelf(store, "person", Person)
    this.#scripts = new Shelf(store, "script", Script)
    this.#open = new Shelf(store, "open", Open)
    this.#store = store
    this.#clock = clock
  }

  /** The ids of those who were read under that name and birth date. */
  async patientsNamed(lastName: string, dateOfBirth: string): Promise<readonly string[]> {
    const found = await this.#people.inGroup(groupOf(lastName, dateOfBirth))
    return [...new Set(found.map(({ value }) => value.patient))]
  }

  /** The numbers of a patient's prescriptions, as far as they were read. */
  async numbersOf(patient: Static<typeof PatientId>): Promise<readonly string[]> {
    const found = await this.#scripts.inGroup(patient)
    return [...new Set(found.map(({ value }) => value.rxNumber))]
  }

  /** Numbers whose fill is on its way, from that order on; and where to go on. */
  async moving(after: number, limit: number) {
    const found = await this.#open.after(after, limit)
    return { numbers: found.map(({ value }) => value.rxNumber), next: found.at(-1)?.order ?? 0 }
  }

  /** Writes down what was just read. Answers the change, where its fill is another than before. */
  note(person: PatientRecord, read: FillChange): Promise<FillChange | undefined> {
    return inTurn(`enterpriserx ${read.rxNumber}`, () => this.#note(person, read))
  }

  async #note(person: PatientRecord, { rxNumber, patient, fill }: FillChange) {
    const nowMs = this.#clock.nowMs()
    const { lastName, dateOfBirth } = person
    const [before, known, open] = [
      await this.#scripts.get(rxNumber),
      await this.#people.get(patient),
      await this.#open.get(rxNumber),
    ]
    const isMoving = MOVING.includes(fill)
    const isSameScript = before?.value.patient === patient && before.value.fill === fill
    const isSamePerson =
      known?.value.lastName === lastName && known.value.dateOfBirth === dateOfBirth
    const script = { rxNumber, patient, fill }
    const group = groupOf(lastName, dateOfBirth)
    const label = { patient, nowMs }
    await writeUnlessErased(this.#store, [
      ...(isSameScript
        ? []
        : [this.#scripts.putting(script, { ...label, name: rxNumber, group: patient }, before)]),
      ...(isSamePerson
        ? []
        : [
            this.#people.putting(
              { patient, lastName, dateOfBirth },
              { ...label, name: patient, group },
              known,
            ),
          ]),
      ...(isMoving && !open
        ? [this.#open.putting({ rxNumber }, { ...label, name: rxNumber })]
        : []),
      ...(!isMoving && open ? [this.#open.removing(open)] : []),
    ])
    return before && before.value.fill !== fill ? script : undefined
  }
}

/** Who was erased is not written down again. */
export async function writeUnlessErased(
  store: KeptStore,
  writes: Parameters<KeptStore["batch"]>[0],
): Promise<void> {
  if (writes.length === 0) return
  try {
    await store.batch(writes)
  } catch (trouble) {
    const isErased = trouble instanceof Outage && trouble.code === "patient_erased"
    if (!isErased) throw trouble
  }
}
