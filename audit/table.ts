/**
 * The table that the log stands in. Entries are added at its end and nowhere else: triggers refuse
 * to change, to delete and to leave a gap. Whoever goes around them is found by `verify.ts`.
 */
import Database from "better-sqlite3"
import { type Connection, guarded } from "#core/database.ts"
import { type EntryParts, nobody } from "./entry.ts"
import { HASH_BYTES, sha256 } from "./merkle.ts"

export const DATABASE_FILE = "audit.db"

export interface AuditRow {
  readonly seq: number
  readonly at_ms: number
  /** The key that sealed it. */
  readonly kid: number
  readonly patient: Buffer
  readonly person: Buffer
  readonly conversation: Buffer
  readonly leaf_hash: Buffer
  /** SHA-256 of the chain hash before it and the leaf hash. */
  readonly chain_hash: Buffer
  readonly sealed: Buffer
}

/** What the chain hash of the first entry is made with. */
export const chainStart = Buffer.alloc(HASH_BYTES)

export function chainHash(before: Buffer, leaf: Buffer): Buffer {
  return sha256(Buffer.concat([before, leaf]))
}

/** As SQL. A search says that it looks for somebody, or SQLite leaves the index aside. */
export const nobodySql = `x'${nobody.toString("hex")}'`

const indexes = ["patient", "person", "conversation"].map(
  (field) => `
  CREATE INDEX IF NOT EXISTS audit_${field} ON audit (${field}) WHERE ${field} <> ${nobodySql};`,
)

const schema = `
  CREATE TABLE IF NOT EXISTS audit (
    seq INTEGER PRIMARY KEY,
    at_ms INTEGER NOT NULL,
    kid INTEGER NOT NULL,
    patient BLOB NOT NULL,
    person BLOB NOT NULL,
    conversation BLOB NOT NULL,
    leaf_hash BLOB NOT NULL,
    chain_hash BLOB NOT NULL,
    sealed BLOB NOT NULL
  ) STRICT;
  CREATE INDEX IF NOT EXISTS audit_at ON audit (at_ms);
  ${indexes.join("")}
  CREATE TRIGGER IF NOT EXISTS audit_no_update BEFORE UPDATE ON audit
    BEGIN SELECT RAISE(ABORT, 'the audit log is never changed'); END;
  CREATE TRIGGER IF NOT EXISTS audit_no_delete BEFORE DELETE ON audit
    BEGIN SELECT RAISE(ABORT, 'nothing is deleted from the audit log'); END;
  CREATE TRIGGER IF NOT EXISTS audit_no_gap BEFORE INSERT ON audit
    WHEN NEW.seq <> (SELECT coalesce(max(seq) + 1, 0) FROM audit)
    BEGIN SELECT RAISE(ABORT, 'the audit log grows at its end'); END;`

/** Opens a log's database for reading beside its writer; undefined when there is none to read. */
export function openReadOnly(file: string): Connection | undefined {
  try {
    return new Database(file, { readonly: true, fileMustExist: true })
  } catch {
    return undefined
  }
}

export function createTable(db: Connection): void {
  db.exec(schema)
}

/** Adds rows, all or none. Answers when they are on the disk. */
export function prepareInsert(db: Connection): (rows: readonly AuditRow[]) => void {
  const insert = db.prepare(
    `INSERT INTO audit
     (seq, at_ms, kid, patient, person, conversation, leaf_hash, chain_hash, sealed)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  )
  return db.transaction((rows: readonly AuditRow[]) => {
    for (const { seq, at_ms, kid, patient, person, conversation, ...rest } of rows) {
      const { leaf_hash, chain_hash, sealed } = rest
      insert.run(seq, at_ms, kid, patient, person, conversation, leaf_hash, chain_hash, sealed)
    }
  })
}

/** The number that the next entry gets. */
export function nextSeq(db: Connection): number {
  const sql = "SELECT coalesce(max(seq) + 1, 0) FROM audit"
  return guarded(() => db.prepare<[], number>(sql).pluck().get() ?? 0)
}

/** Rows in order, from a number on, in slices that leave room for other work between them. */
export function rowsFrom(db: Connection, seq: number, limit: number): readonly AuditRow[] {
  const sql = "SELECT * FROM audit WHERE seq >= ? ORDER BY seq LIMIT ?"
  return guarded(() => db.prepare<[number, number], AuditRow>(sql).all(seq, limit))
}

/** The parts of an entry as its row holds them. */
export function partsOf(row: AuditRow): EntryParts {
  const { at_ms, patient, person, conversation, sealed } = row
  return { atMs: at_ms, patient, person, conversation, sealed }
}
