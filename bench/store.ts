/**
 * The encrypted store beside plain better-sqlite3: the same documents as JSON text, the same fields
 * indexed, the same PRAGMAs. What the reference lacks is the journal, the optimistic versions, the
 * check of the shape, and any secrecy at all.
 */
import assert from "node:assert/strict"
import { randomBytes } from "node:crypto"
import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { type Static, Type as t } from "typebox"
import { systemClock } from "#core/clock.ts"
import { openDatabase } from "#core/database.ts"
import { defineCollection } from "#core/documents.ts"
import { KeyRing } from "#core/keys.ts"
import { KEY_BYTES } from "#core/seal.ts"
import { Store } from "#core/store.ts"
import { type BenchResult, compare } from "./contest.ts"

const Refill = t.Object({
  patient: t.String(),
  phone: t.String(),
  rxNumber: t.String(),
  dueDay: t.Integer(),
  status: t.Union([t.Literal("waiting"), t.Literal("submitted"), t.Literal("done")]),
  note: t.String({ maxLength: 1_000 }),
})

const requests = defineCollection({
  schema: Refill,
  indexes: { phone: "blind", dueDay: "plain" },
  patientField: "patient",
})

interface Write {
  readonly id: string
  readonly doc: Static<typeof Refill>
}

/** Both sides are written to and read from through these, and nothing else is measured. */
interface Side {
  writeOne(write: Write): unknown
  writeTogether(writes: readonly Write[]): unknown
  /** As many callers, each waiting for an answer of its own. */
  writeAtOnce(writes: readonly Write[]): unknown
  get(id: string): unknown
  byPhone(phone: string): unknown
  byDay(dueDay: number): readonly unknown[]
  close(): void
}

const SINGLE_WRITES = 150
const GROUP_SIZE = 100
const GROUPS = 40
const CALLERS = 64
const READS = 4_000
const DAY_READS = 400
const PATIENTS = 500
const DAYS = 400
/** Documents that stand in both before anything is measured, and those that come after. */
const STANDING = 20_000
const STOCK = 80_000
/** Reads go through the documents out of order. */
const STRIDE = 7_919

function openOurs(folder: string): Side {
  const keys = KeyRing.open(join(folder, "keys.db"), randomBytes(KEY_BYTES))
  const store = Store.open({ file: join(folder, "ours.db"), keys, clock: systemClock })
  store.declare("refills", { requests })
  const collection = store.collection("refills.requests")
  const put = ({ id, doc }: Write) => ({ put: "requests", id, doc })
  return {
    writeOne: (write) => store.write("refills", [put(write)]),
    writeTogether: (writes) => store.write("refills", writes.map(put)),
    writeAtOnce: (writes) =>
      Promise.all(writes.map((write) => store.write("refills", [put(write)]))),
    get: (id) => collection.get(id),
    byPhone: (phone) => collection.find({ where: { phone } })[0],
    byDay: (dueDay) => collection.find({ where: { dueDay } }),
    close() {
      store.close()
      keys.close()
    },
  }
}

function openPlain(folder: string): Side {
  const db = openDatabase(join(folder, "plain.db"))
  db.exec(`CREATE TABLE requests (id TEXT PRIMARY KEY, phone TEXT, due_day INTEGER, doc TEXT);
    CREATE INDEX by_phone ON requests (phone);
    CREATE INDEX by_day ON requests (due_day);`)
  const upsert = db.prepare(`INSERT INTO requests VALUES (?, ?, ?, ?) ON CONFLICT (id) DO UPDATE SET
    phone = excluded.phone, due_day = excluded.due_day, doc = excluded.doc`)
  const where = (condition: string) =>
    db.prepare<[string | number], string>(`SELECT doc FROM requests WHERE ${condition}`).pluck()
  const [byId, byPhone, byDay] = [where("id = ?"), where("phone = ?"), where("due_day = ?")]
  const write = ({ id, doc }: Write) => upsert.run(id, doc.phone, doc.dueDay, JSON.stringify(doc))
  const writeAll = db.transaction((writes: readonly Write[]) => writes.forEach(write))
  return {
    writeOne: write,
    writeTogether: writeAll,
    writeAtOnce: writeAll,
    get: (id) => JSON.parse(byId.get(id) ?? ""),
    byPhone: (phone) => JSON.parse(byPhone.get(phone) ?? ""),
    byDay: (dueDay) => byDay.all(dueDay).map((doc) => JSON.parse(doc)),
    close: () => db.close(),
  }
}

/** Numbered documents, each with a telephone number of its own; none is a person's. */
function writesFrom(first: number, count: number): readonly Write[] {
  return Array.from({ length: count }, (_, index) => {
    const n = first + index
    const doc = {
      patient: `patient-${n % PATIENTS}`,
      phone: phoneOf(n),
      rxNumber: String(7_000_000 + n),
      dueDay: n % DAYS,
      status: "waiting" as const,
      note: `Asked for by telephone, read back and confirmed; number ${n} of the day's list.`,
    }
    return { id: idOf(n), doc }
  })
}

/** Telephone numbers come in no order: Knuth's multiplicative hash spreads these, all different. */
const phoneOf = (n: number): string => `telephone ${(n * 2_654_435_761) % 4_294_967_296}`
const idOf = (n: number): string => `01k9${String(n).padStart(22, "0")}`

/** Hands out documents that this side has not seen, made before anything is measured. */
type Supply = (count: number) => readonly Write[]

type Job = (side: Side, supply: Supply) => Promise<number>

async function writesOneByOne(side: Side, supply: Supply): Promise<number> {
  for (const write of supply(SINGLE_WRITES)) await side.writeOne(write)
  return SINGLE_WRITES
}

async function writesTogether(side: Side, supply: Supply): Promise<number> {
  for (let n = 0; n < GROUPS; n++) await side.writeTogether(supply(GROUP_SIZE))
  return GROUPS * GROUP_SIZE
}

async function writesAtOnce(side: Side, supply: Supply): Promise<number> {
  for (let n = 0; n < GROUPS; n++) await side.writeAtOnce(supply(CALLERS))
  return GROUPS * CALLERS
}

async function changes(side: Side): Promise<number> {
  const standing = writesFrom(0, GROUPS * GROUP_SIZE)
  for (let n = 0; n < standing.length; n += GROUP_SIZE)
    await side.writeTogether(standing.slice(n, n + GROUP_SIZE))
  return standing.length
}

async function gets(side: Side): Promise<number> {
  for (let n = 0; n < READS; n++) assert(side.get(idOf((n * STRIDE) % STANDING)))
  return READS
}

async function findsByPhone(side: Side): Promise<number> {
  for (let n = 0; n < READS; n++) assert(side.byPhone(phoneOf((n * STRIDE) % STANDING)))
  return READS
}

async function findsByDay(side: Side): Promise<number> {
  for (let n = 0; n < DAY_READS; n++) assert(side.byDay(n % DAYS).length >= STANDING / DAYS)
  return DAY_READS
}

/** Runs both sides in turn, and answers the medians of what each does in a second. */
export async function bench(): Promise<BenchResult> {
  const folder = mkdtempSync(join(tmpdir(), "mortar-bench-store-"))
  const [ours, reference] = [openOurs(folder), openPlain(folder)]
  const stock = writesFrom(STANDING, STOCK)
  const supplies = [supplyOf(stock), supplyOf(stock)] as const
  const versus = (what: string, job: Job) =>
    compare({
      what,
      ours: () => job(ours, supplies[0]),
      reference: () => job(reference, supplies[1]),
    })
  try {
    for (const side of [ours, reference]) await fill(side)
    return {
      name: "store beside plain better-sqlite3",
      rows: [
        await versus("documents written, one a commit", writesOneByOne),
        await versus(`documents written, ${GROUP_SIZE} a batch`, writesTogether),
        await versus(`documents written, ${CALLERS} callers at once`, writesAtOnce),
        await versus(`documents written again, ${GROUP_SIZE} a batch`, changes),
        await versus("got by id", gets),
        await versus("found by a blind index, 1 document", findsByPhone),
        await versus(`found by a plain index, ${STANDING / DAYS} documents`, findsByDay),
      ],
    }
  } finally {
    ours.close()
    reference.close()
    rmSync(folder, { recursive: true })
  }
}

async function fill(side: Side): Promise<void> {
  for (let first = 0; first < STANDING; first += 1_000)
    await side.writeTogether(writesFrom(first, 1_000))
}

function supplyOf(stock: readonly Write[]): Supply {
  let next = 0
  return (count) => {
    next += count
    assert(next <= stock.length, "the stock is too small")
    return stock.slice(next - count, next)
  }
}
