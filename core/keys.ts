/**
 * The key ring. One master key wraps a key for every collection, every patient and every purpose.
 * It lives in a file of its own, so that no backup of documents holds the key of an erased patient.
 */
import { createHmac, createPrivateKey, type KeyObject, randomBytes } from "node:crypto"
import { type Connection, guarded, openDatabase, type Statement } from "./database.ts"
import { Outage } from "./fault.ts"
import { isTampered, KEY_BYTES, open, type SealingKey, seal, sealingKey } from "./seal.ts"

type Kind = "collection" | "patient" | "purpose"
type Purpose = "check" | "index" | "audit" | "audit-signing" | "journal" | "files" | "approvals"

interface Row {
  readonly id: number
  readonly kind: Kind
  readonly name: string
  /** Null once erased. The row stays, so that nobody makes a second key in silence. */
  readonly wrapped: Buffer | null
}

const BLIND_BYTES = 16
const MAX_UNWRAPPED_KEYS = 10_000
/** What stands before the 32 bytes of an Ed25519 key in PKCS #8, RFC 8410. */
const ED25519_PREFIX = Buffer.from("302e020100300506032b657004220420", "hex")

const schema = `
  CREATE TABLE IF NOT EXISTS keys (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    kind TEXT NOT NULL,
    name TEXT NOT NULL,
    wrapped BLOB,
    UNIQUE (kind, name)
  )`

export class KeyRing {
  readonly #db: Connection
  readonly #selectNamed: Statement<[Kind, string], Row>
  readonly #selectNumbered: Statement<[number], Row>
  #master: SealingKey
  readonly #byId = new Map<number, SealingKey>()
  readonly #byName = new Map<string, SealingKey>()
  /** Bounded by the keys that are unwrapped: it names no others. */
  readonly #byPatient = new Map<string, SealingKey>()

  private constructor(db: Connection, master: Uint8Array) {
    db.exec(schema)
    this.#db = db
    this.#selectNamed = db.prepare("SELECT * FROM keys WHERE kind = ? AND name = ?")
    this.#selectNumbered = db.prepare("SELECT * FROM keys WHERE id = ?")
    this.#master = sealingKey(0, master)
  }

  /** Opens or makes the ring. Throws an outage when it was made under another master key. */
  static open(file: string, master: Uint8Array): KeyRing {
    const db = openDatabase(file, { wipesDeleted: true })
    try {
      const ring = guarded(() => new KeyRing(db, master))
      ring.forPurpose("check")
      return ring
    } catch (error) {
      db.close()
      throw isTampered(error) ? new Outage("wrong_master_key") : error
    }
  }

  forCollection(name: string): SealingKey {
    return this.#obtain("collection", name)
  }

  /** The key of one patient. Throws an outage, `patient_erased`, after that. */
  forPatient(patient: string): SealingKey {
    const known = this.#byPatient.get(patient)
    if (known) return known
    const key = this.#obtain("patient", this.#patientName(patient))
    this.#byPatient.set(patient, key)
    return key
  }

  forPurpose(purpose: Purpose): SealingKey {
    return this.#obtain("purpose", purpose)
  }

  /** The key of that number, or undefined when it was erased. */
  byId(id: number): SealingKey | undefined {
    const known = this.#byId.get(id)
    if (known) return known
    const row = guarded(() => this.#selectNumbered.get(id))
    if (!row) throw new Outage("tampered")
    return row.wrapped === null ? undefined : this.#unwrap(row, row.wrapped)
  }

  /** The keyed hash under which a value can be found without being stored. */
  blindIndex(collection: string, field: string, value: string | number | boolean): Buffer {
    return this.#keyedHash([collection, field, normalise(String(value))])
  }

  /** The Ed25519 key that signs the checkpoints of the audit log. */
  auditSigningKey(): KeyObject {
    const der = Buffer.concat([ED25519_PREFIX, this.forPurpose("audit-signing").secret.export()])
    return createPrivateKey({ key: der, format: "der", type: "pkcs8" })
  }

  /** Destroys the key of a patient for good, and remembers that it was. */
  erasePatient(patient: string): void {
    const name = this.#patientName(patient)
    guarded(() => {
      this.#db
        .prepare(
          `INSERT INTO keys (kind, name, wrapped) VALUES ('patient', ?, NULL)
           ON CONFLICT (kind, name) DO UPDATE SET wrapped = NULL`,
        )
        .run(name)
      this.#db.pragma("wal_checkpoint(TRUNCATE)")
    })
    this.#forget()
  }

  /** The ids of keys that were destroyed. */
  erased(): readonly number[] {
    const sql = "SELECT id FROM keys WHERE wrapped IS NULL"
    return guarded(() => this.#db.prepare<[], number>(sql).pluck().all())
  }

  /** Wraps every key anew. From then on only the new master key opens the ring. */
  rotateMaster(newMaster: Uint8Array): void {
    const next = sealingKey(0, newMaster)
    const sql = "SELECT * FROM keys WHERE wrapped IS NOT NULL"
    const update = this.#db.prepare("UPDATE keys SET wrapped = ? WHERE id = ?")
    const rewrap = this.#db.transaction(() => {
      for (const row of this.#db.prepare<[], Row & { wrapped: Buffer }>(sql).all()) {
        const secret = open(this.#master, row.wrapped, contextOf(row))
        update.run(seal(next, secret, contextOf(row)), row.id)
      }
    })
    guarded(() => {
      rewrap.immediate()
      this.#db.pragma("wal_checkpoint(TRUNCATE)")
    })
    this.#master = next
  }

  /** Copies the ring, wrapped as it is. Keep only the newest copy: an older one undoes erasures. */
  async backup(file: string): Promise<void> {
    await this.#db.backup(file)
  }

  close(): void {
    this.#db.close()
  }

  #patientName(patient: string): string {
    return this.#keyedHash(["patient", patient]).toString("hex")
  }

  #keyedHash(parts: readonly string[]): Buffer {
    const { secret } = this.forPurpose("index")
    const hash = createHmac("sha256", secret).update(JSON.stringify(parts)).digest()
    return hash.subarray(0, BLIND_BYTES)
  }

  #obtain(kind: Kind, name: string): SealingKey {
    const known = this.#byName.get(contextOf({ kind, name }))
    if (known) return known
    const row = guarded(() => this.#selectNamed.get(kind, name))
    if (!row) return this.#make(kind, name)
    if (row.wrapped === null) throw new Outage("patient_erased")
    return this.#unwrap(row, row.wrapped)
  }

  #make(kind: Kind, name: string): SealingKey {
    const secret = randomBytes(KEY_BYTES)
    const context = contextOf({ kind, name })
    const wrapped = seal(this.#master, secret, context)
    const sql = "INSERT INTO keys (kind, name, wrapped) VALUES (?, ?, ?)"
    const { lastInsertRowid } = guarded(() => this.#db.prepare(sql).run(kind, name, wrapped))
    return this.#remember(context, sealingKey(Number(lastInsertRowid), secret))
  }

  #unwrap(row: Row, wrapped: Buffer): SealingKey {
    const context = contextOf(row)
    return this.#remember(context, sealingKey(row.id, open(this.#master, wrapped, context)))
  }

  #remember(context: string, key: SealingKey): SealingKey {
    if (this.#byId.size >= MAX_UNWRAPPED_KEYS) this.#forget()
    this.#byId.set(key.id, key)
    this.#byName.set(context, key)
    return key
  }

  #forget(): void {
    this.#byId.clear()
    this.#byName.clear()
    this.#byPatient.clear()
  }
}

function contextOf({ kind, name }: Pick<Row, "kind" | "name">): string {
  return JSON.stringify(["key", kind, name])
}

/** Written in the one form already. */
const ORDINARY = /^[!-@[-~]+(?: [!-@[-~]+)*$/

/** One form for what people write in many: Unicode form, case, and the amount of space. */
function normalise(text: string): string {
  if (ORDINARY.test(text)) return text
  return text.normalize("NFKC").toLowerCase().normalize("NFKC").trim().replace(/\s+/gu, " ")
}
