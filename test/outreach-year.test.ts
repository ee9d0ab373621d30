/**
 * A year of texts to 5,000 patients, played through the modules' own handlers on a virtual clock:
 * none twice, none at night, none after a stop. Deaths between the carrier and the disk are part.
 */
import assert from "node:assert/strict"
import { test } from "node:test"
import { VirtualClock } from "#core/clock.ts"
import type { FillStatus, Prescription } from "#core/pms.ts"
import { keywordIn } from "../modules/messaging/keywords.ts"
import notifications from "../modules/notifications/module.ts"
import outreachPolicy from "../modules/outreach-policy/module.ts"
import reminders from "../modules/reminders/module.ts"
import { memoryStore } from "./memory-store.ts"

const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS
const DAY_MS = 24 * HOUR_MS
const startMs = Date.UTC(2026, 5, 1)
const YEAR_DAYS = 365
const PATIENTS = 5_000

/** Most live where the pharmacy is; the rest moved away, or carry a number from elsewhere. */
const homes = [
  ...Array.from({ length: 14 }, () => ["78701", "512", ["America/Chicago"]] as const),
  ["79901", "915", ["America/Chicago", "America/Denver"]],
  ["10001", "212", ["America/New_York"]],
  ["85001", "602", ["America/Phoenix"]],
  ["96801", "808", ["Pacific/Honolulu"]],
  ["35203", "205", ["America/Chicago"]],
  ["10001", "415", ["America/New_York", "America/Los_Angeles"]],
] as const

const stops = ["STOP", "please stop texting me", "Opt-out", "alto", "no me manden mensajes", "baja"]

interface Person {
  readonly patient: string
  readonly rxNumber: string
  readonly phone: string
  readonly zip: string
  readonly zones: readonly string[]
  readonly agrees: boolean
  readonly isControlled: boolean
  readonly daysSupply: number
  readonly stopsAtMs: number
  fill: FillStatus
  lastFilledOn: string
}

interface Text {
  readonly person: Person
  readonly text: string
  readonly atMs: number
}

/** The same numbers each time: a year that fails fails again. */
function chances(seed: number): () => number {
  let state = seed
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state / 2 ** 32
  }
}

function personOf(index: number, chance: () => number): Person {
  const [zip, areaCode, zones] = homes[Math.floor(chance() * homes.length)] ?? homes[0]
  return {
    ...{ patient: `p${index}`, rxNumber: String(7_000_000 + index), zip, zones },
    // Nobody's number: in the year each of them is a telephone of its own.
    phone: `+1${areaCode}555${String(index).padStart(4, "0")}`,
    agrees: chance() < 0.7,
    isControlled: chance() < 0.1,
    daysSupply: chance() < 0.1 ? 30 : 90,
    stopsAtMs: chance() < 0.1 ? startMs + chance() * YEAR_DAYS * DAY_MS : Number.POSITIVE_INFINITY,
    ...{ fill: "picked_up", lastFilledOn: "2026-05-20" },
  }
}

class Died extends Error {}

/** Three real modules, and what they use played by the fewest lines. */
class Year {
  readonly clock = new VirtualClock(startMs)
  readonly chance = chances(2_026)
  readonly people = Array.from({ length: PATIENTS }, (_, index) => personOf(index, this.chance))
  readonly texts: Text[] = []
  deaths = 0
  readonly #byPatient = new Map(this.people.map((person) => [person.patient, person]))
  readonly #byRx = new Map(this.people.map((person) => [person.rxNumber, person]))
  readonly #byPhone = new Map(this.people.map((person) => [person.phone, person]))
  readonly #stopped = new Set<string>()
  readonly #answers = new Map<string, unknown>()
  readonly #contexts = new Map<object, object>()
  #ids = 0

  /** Asks a module's own handler, with a key once, as the house does. */
  async ask(module: object, command: string, input: unknown, key?: string): Promise<unknown> {
    const known = key === undefined ? undefined : this.#answers.get(`${command} ${key}`)
    if (known) return known
    const { parts } = module as { parts: { commands: Record<string, Handler> } }
    const value = await parts.commands[command]?.(input, this.#contextOf(module))
    if (key !== undefined) this.#answers.set(`${command} ${key}`, value ?? {})
    return value
  }

  async tell(person: Person, fill: FillStatus): Promise<void> {
    person.fill = fill
    const { rxNumber, patient } = person
    for (const module of [notifications, reminders]) {
      const heard = module.parts.events?.["pms.fillChanged"]
      await heard?.({ rxNumber, patient, fill }, this.#contextOf(module) as never)
    }
  }

  hear(phone: string, body: string): void {
    if (keywordIn(body)?.keyword === "stop") this.#stopped.add(phone)
  }

  #contextOf(module: object): object {
    const known = this.#contexts.get(module)
    if (known) return known
    const { needs } = module as typeof reminders
    const log = { warn() {}, info() {} }
    const context = {
      config: { ...configOf, language: "en" },
      clock: this.clock,
      store: memoryStore(needs.collections),
      log,
      newId: () => `id${this.#ids++}`,
      emit() {},
      fail: (code: string) => assert.fail(code),
      call: async (used: { name: string }, command: string, input: never, options = {}) => ({
        ok: true,
        value: await this.#answer(used.name, command, input, options),
      }),
    }
    this.#contexts.set(module, context)
    return context
  }

  async #answer(name: string, command: string, input: Asked, { key }: { key?: string }) {
    if (name === "outreach-policy") return await this.ask(outreachPolicy, command, input)
    if (name === "notifications") return await this.ask(notifications, command, input, key)
    const person = this.#byPatient.get(input.patient ?? "") ?? this.#byRx.get(input.rxNumber ?? "")
    switch (`${name}.${command}`) {
      case "pms.getPatient":
        return person && { patient: person.patient, phones: [person.phone], zip: person.zip }
      case "pms.getPrescription":
        return person && prescriptionOf(person)
      case "pms.refillEligibility":
        return { eligibility: person?.fill === "picked_up" ? "refillable" : "already_in_process" }
      case "drugs.describe":
        return { plainName: "x", schedule: "none", isHighAlert: false, isSensitive: false }
      case "consents.list":
        return { consents: [] }
      case "store-info.location":
        return { name: "Willow Street Pharmacy", phone: "+15125550197" }
      case "messaging.accepts":
        return { hasStopped: this.#stopped.has(input.phone ?? "") }
      case "messaging.send":
        return this.#carry(input, key ?? "")
      default:
        return assert.fail(`${name}.${command} was not expected`)
    }
  }

  /** One in a hundred times the sender dies when the carrier has said yes and nothing is noted. */
  #carry({ to = "", text = "" }: Asked, key: string): unknown {
    if (this.#answers.has(key)) return this.#answers.get(key)
    const person = this.#byPhone.get(to)
    assert.ok(person)
    this.texts.push({ person, text, atMs: this.clock.nowMs() })
    this.#answers.set(key, { message: key })
    if (this.chance() >= 0.01) return { message: key }
    this.deaths++
    throw new Died()
  }
}

type Handler = (input: unknown, context: object) => Promise<unknown>
interface Asked {
  readonly patient?: string
  readonly rxNumber?: string
  readonly phone?: string
  readonly to?: string
  readonly text?: string
}

const configOf = {
  ...{ timeZone: "America/Chicago", holidays: [], gatherMinutes: 10, refillDaysBefore: 3 },
  ...{ pickupAfterDays: 7, staleAfterDays: 3, refillSchedules: ["none"] },
}

function prescriptionOf(person: Person): Prescription {
  const { rxNumber, patient, fill, lastFilledOn, daysSupply, isControlled } = person
  return {
    ...{ rxNumber, patient, fill, lastFilledOn, daysSupply, drugName: "x", readAtMs: 0 },
    ...{ schedule: isControlled ? "CIV" : "none", refillsLeft: 5 },
  }
}

interface Event {
  readonly atMs: number
  readonly happens: () => Promise<void> | void
}

/** Changes are told at such moments only, so that a year is played in seconds. */
const SLOT_MS = 10 * MINUTE_MS
const inSlot = (atMs: number) => Math.ceil(atMs / SLOT_MS) * SLOT_MS

/** A fill becomes ready at any hour of a working day, and is fetched, late or never. */
function fillsOf(year: Year, person: Person): readonly Event[] {
  const events: Event[] = []
  const { chance } = year
  for (let day = chance() * person.daysSupply; day < YEAR_DAYS; day += person.daysSupply) {
    const readyAtMs = inSlot(startMs + day * DAY_MS)
    const waitDays = chance() < 0.8 ? chance() * 5 : 6 + chance() * 8
    const fetchedAtMs = inSlot(readyAtMs + 3 * SLOT_MS + waitDays * DAY_MS)
    events.push({ atMs: readyAtMs, happens: () => year.tell(person, "ready") })
    // The pharmacy system says it again while it lies there: that is no second fill.
    events.push({ atMs: readyAtMs + SLOT_MS, happens: () => year.tell(person, "ready") })
    events.push({
      atMs: fetchedAtMs,
      happens: () => {
        person.lastFilledOn = new Date(readyAtMs).toISOString().slice(0, 10)
        return year.tell(person, "picked_up")
      },
    })
  }
  return events
}

/** Looks at what is due at a whole minute, as the schedules do; after a death, again. */
async function lookAt(year: Year, module: object): Promise<number> {
  for (;;) {
    try {
      const { nextAtMs } = (await year.ask(module, "look", {})) as { nextAtMs?: number }
      if (nextAtMs === undefined || nextAtMs > year.clock.nowMs())
        return nextAtMs ?? Number.POSITIVE_INFINITY
    } catch (trouble) {
      if (!(trouble instanceof Died)) throw trouble
    }
  }
}

async function play(year: Year): Promise<void> {
  const { clock, people } = year
  for (const { patient, agrees } of people) {
    const agreed = agrees ? ["refill_reminder", "pickup_reminder"] : []
    await year.ask(outreachPolicy, "choose", { patient, agreed })
  }
  const events = people.flatMap((person, index) => [
    ...fillsOf(year, person),
    {
      atMs: person.stopsAtMs,
      happens: () => year.hear(person.phone, stops[index % stops.length] ?? ""),
    },
  ])
  events.sort((a, b) => a.atMs - b.atMs)
  let at = 0
  let remindMs = startMs
  for (let nextMs = startMs; nextMs < startMs + YEAR_DAYS * DAY_MS; ) {
    clock.advance(Math.ceil(nextMs / MINUTE_MS) * MINUTE_MS - clock.nowMs())
    for (let event = events[at]; event && event.atMs <= clock.nowMs(); event = events[++at])
      await event.happens()
    if (clock.nowMs() >= remindMs) {
      await lookAt(year, reminders)
      remindMs = clock.nowMs() + 6 * HOUR_MS
    }
    const noticeMs = await lookAt(year, notifications)
    nextMs = Math.min(remindMs, noticeMs, events[at]?.atMs ?? remindMs)
  }
}

const clocks = new Map<string, Intl.DateTimeFormat>()

function hourIn(timeZone: string, atMs: number): number {
  const options = { timeZone, hourCycle: "h23", hour: "2-digit" } as const
  const clock = clocks.get(timeZone) ?? new Intl.DateTimeFormat("en-US", options)
  clocks.set(timeZone, clock)
  return Number(clock.format(atMs))
}

const isRefill = ({ text }: Text) => /due for a refill/.test(text)
const isPickup = ({ text }: Text) => /still waiting/.test(text)
const isReady = ({ text }: Text) => /ready for pickup/.test(text)

function textsByPerson(texts: readonly Text[]): ReadonlyMap<Person, readonly Text[]> {
  return Map.groupBy(texts, ({ person }) => person)
}

// Before the first test: watched by the runner, a year takes three times as long.
const year = new Year()
await play(year)

test("a year of 5,000 patients: no text twice, none at night, none after a stop", (t) => {
  const { texts, people } = year
  const reminded = texts.filter((text) => isRefill(text) || isPickup(text))
  t.diagnostic(`${texts.length} texts, ${reminded.length} reminders, ${year.deaths} deaths`)

  const atNight = texts.filter(({ person, atMs }) =>
    person.zones.some((zone) => hourIn(zone, atMs) < 9 || hourIn(zone, atMs) >= 20),
  )
  assert.equal(atNight.length, 0)
  assert.equal(texts.filter(({ person, atMs }) => atMs > person.stopsAtMs + MINUTE_MS).length, 0)
  assert.equal(reminded.filter(({ person }) => !person.agrees).length, 0)
  assert.equal(reminded.filter((text) => isRefill(text) && text.person.isControlled).length, 0)

  for (const [person, own] of textsByPerson(texts)) {
    for (const [at, { atMs }] of own.entries()) {
      assert.ok((own[at + 1]?.atMs ?? Number.POSITIVE_INFINITY) - atMs >= DAY_MS)
      assert.ok((own[at + 3]?.atMs ?? Number.POSITIVE_INFINITY) - atMs >= 7 * DAY_MS)
    }
    const fills = Math.ceil(YEAR_DAYS / person.daysSupply) + 1
    for (const isOfKind of [isRefill, isPickup, isReady]) {
      const ofKind = own.filter(isOfKind)
      assert.ok(ofKind.length <= fills, `${ofKind.length} of a kind for ${fills} fills`)
      for (const [at, { atMs }] of ofKind.entries())
        assert.ok((ofKind[at + 1]?.atMs ?? Number.POSITIVE_INFINITY) - atMs >= 15 * DAY_MS)
    }
  }

  // Of a controlled substance nobody reads more than that they should call.
  const controlled = texts.filter(({ person }) => person.isControlled)
  assert.ok(controlled.length > 0)
  assert.ok(controlled.every(({ text }) => /: Please call us at [\d-]+\. Reply STOP/.test(text)))

  // And nobody is forgotten: whoever agreed and never stopped hears of nearly every refill.
  const faithful = people.filter(
    (person) => person.agrees && !person.isControlled && person.stopsAtMs > startMs + 400 * DAY_MS,
  )
  const expected = faithful.reduce((sum, { daysSupply }) => sum + YEAR_DAYS / daysSupply, 0)
  const heard = reminded.filter((text) => isRefill(text) && faithful.includes(text.person)).length
  assert.ok(heard > 0.7 * expected, `${heard} refill reminders of ${Math.round(expected)}`)
  assert.ok(year.deaths > 100)
})
