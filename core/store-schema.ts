/** The tables of the store, as the steps that led to them. A step that shipped never changes. */
import type { Connection } from "./database.ts"
import { Outage } from "./fault.ts"
import type { KeyRing } from "./keys.ts"
import { isTampered, open, seal } from "./seal.ts"

const documents = `
  CREATE TABLE collections (
    number INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,
    indexes TEXT NOT NULL
  );
  CREATE TABLE documents (
    collection INTEGER NOT NULL REFERENCES collections,
    id TEXT NOT NULL,
    version INTEGER NOT NULL,
    key INTEGER NOT NULL,
    sealed BLOB NOT NULL,
    entries TEXT NOT NULL,
    UNIQUE (collection, id)
  );
  CREATE INDEX documents_by_key ON documents (key);
  CREATE TABLE entries (
    collection INTEGER NOT NULL,
    field TEXT NOT NULL,
    value NOT NULL,
    id TEXT NOT NULL,
    PRIMARY KEY (collection, field, value, id)
  ) WITHOUT ROWID;
  CREATE TABLE seal_check (sealed BLOB NOT NULL);`

const journal = `
  CREATE TABLE journal (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    at_ms INTEGER NOT NULL,
    batch BLOB NOT NULL,
    prev_hash BLOB NOT NULL,
    hash BLOB NOT NULL
  );
  CREATE TRIGGER journal_is_never_changed BEFORE UPDATE ON journal
  BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;
  CREATE TRIGGER journal_is_never_cut BEFORE DELETE ON journal
  BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;`

/** Entries name the document by number: half the size, and the document is one step away. */
const numbers = `
  ALTER TABLE documents RENAME TO former_documents;
  CREATE TABLE documents (
    number INTEGER PRIMARY KEY,
    collection INTEGER NOT NULL REFERENCES collections,
    id TEXT NOT NULL,
    version INTEGER NOT NULL,
    key INTEGER NOT NULL,
    sealed BLOB NOT NULL,
    entries TEXT NOT NULL,
    UNIQUE (collection, id)
  );
  INSERT INTO documents
    SELECT rowid, collection, id, version, key, sealed, '{}' FROM former_documents;
  DROP TABLE former_documents;
  CREATE INDEX documents_by_key ON documents (key);
  DROP TABLE entries;
  CREATE TABLE entries (
    collection INTEGER NOT NULL,
    field TEXT NOT NULL,
    value NOT NULL,
    document INTEGER NOT NULL,
    PRIMARY KEY (collection, field, value, document)
  ) WITHOUT ROWID;
  -- Every collection that has indexes is indexed anew when it is declared.
  UPDATE collections SET indexes = '{}';`

/** Step n makes schema version n. Forward only. */
export const migrations: readonly string[] = [documents, journal, numbers]

const CHECK_CONTEXT = "store check"

/** Makes sure that database, program and key ring belong together, and takes missing steps. */
export function prepareSchema(db: Connection, keys: KeyRing): void {
  const version = schemaVersion(db)
  if (version > migrations.length) throw new Outage("newer_database")
  const isChecked = version > 0 && checkKeyRing(db, keys)
  migrate(db)
  if (isChecked) return
  const sealed = seal(keys.forPurpose("journal"), Buffer.alloc(0), CHECK_CONTEXT)
  db.prepare("INSERT INTO seal_check VALUES (?)").run(sealed)
}

/** Takes the steps up to a version, each in a transaction of its own. */
export function migrate(db: Connection, upTo = migrations.length): void {
  for (let version = schemaVersion(db); version < upTo; version++) {
    db.transaction(() => {
      db.exec(migrations[version]!)
      db.pragma(`user_version = ${version + 1}`)
    }).immediate()
  }
}

function schemaVersion(db: Connection): number {
  return Number(db.pragma("user_version", { simple: true }))
}

/** False when a crash came before the check was written down. */
function checkKeyRing(db: Connection, keys: KeyRing): boolean {
  const sealed = db.prepare<[], Buffer>("SELECT sealed FROM seal_check").pluck().get()
  if (!sealed) return false
  try {
    open(keys.forPurpose("journal"), sealed, CHECK_CONTEXT)
    return true
  } catch (error) {
    throw isTampered(error) ? new Outage("wrong_key_ring") : error
  }
}
