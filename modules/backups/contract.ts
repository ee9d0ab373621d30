/** Backups of this node: made at night and on demand, opened to see that they can be. No PHI. */
import { type Static, Type as t } from "typebox"
import { defineContract } from "#core/contract.ts"

const Name = t.String({ pattern: "^documents-[0-9.]+\\.backup$", maxLength: 60 })

/** What opening a copy of the documents showed, in a folder that is gone again. */
export const Opened = t.Object({
  atMs: t.Integer(),
  /** All of them could be read. */
  documents: t.Integer(),
  /** Whether the audit log still begins as it stood when the copy was made. */
  audit: t.Union([t.Literal("same"), t.Literal("other"), t.Literal("unknown")]),
  /** How many entries the log had then. */
  auditEntries: t.Integer(),
})
export type Opened = Static<typeof Opened>

export const Backup = t.Object({
  name: Name,
  atMs: t.Integer(),
  bytes: t.Integer(),
  /** Left out while nobody has opened it. */
  opened: t.Optional(Opened),
})
export type Backup = Static<typeof Backup>

const underWay = { under_way: "A backup is being made or opened just now. Wait for its end." }

export const Holdings = t.Object({
  /** Of the database, without the files beside it. */
  bytes: t.Integer(),
  modules: t.Array(t.Object({ module: t.String(), documents: t.Integer() })),
  committedAtMs: t.Optional(t.Integer()),
  audit: t.Object({
    bytes: t.Integer(),
    /** Entries that the newest checkpoint speaks for, and when it was signed. */
    signed: t.Integer(),
    signedAtMs: t.Optional(t.Integer()),
  }),
})

export const backups = defineContract({
  name: "backups",
  version: "0.1.1",
  commands: {
    overview: {
      does: "Show the backups there are, what is under way, and where the master key comes from.",
      effect: "read",
      action: "operate",
      input: t.Object({}),
      output: t.Object({
        key: t.Object({
          source: t.Union([t.Literal("file"), t.Literal("passphrase"), t.Literal("keychain")]),
          /** The key's file, or the one the passphrase is stretched with, is its owner's alone. */
          isPrivate: t.Boolean(),
          /** Whoever takes the data folder takes the key as well. */
          isBesideData: t.Boolean(),
        }),
        folder: t.Object({
          path: t.String(),
          /** A disk that fails takes the backups with it. */
          isOnDiskOfData: t.Boolean(),
          freeMiB: t.Integer(),
        }),
        /** The newest first. */
        backups: t.Array(Backup),
        underWay: t.Optional(
          t.Object({
            act: t.Union([t.Literal("making"), t.Literal("opening")]),
            sinceMs: t.Integer(),
            doneBytes: t.Integer(),
            ofBytes: t.Integer(),
          }),
        ),
        /** What went wrong last, until something goes well. */
        trouble: t.Optional(t.Object({ atMs: t.Integer(), hint: t.String() })),
        /** The last one that was made and could be opened. */
        lastGoodAtMs: t.Optional(t.Integer()),
        nextAtMs: t.Integer(),
        /** The last good one is older than it may be. */
        isLate: t.Boolean(),
        keepDays: t.Integer(),
        keepMonths: t.Integer(),
      }),
      faults: {},
    },
    holdings: {
      does: "Count what is kept: documents by module, the audit log, and the last commit.",
      effect: "read",
      action: "operate",
      input: t.Object({}),
      output: Holdings,
      faults: {},
    },
    make: {
      does: "Begin a backup now, and open it once it is made.",
      effect: "write",
      action: "operate",
      input: t.Object({}),
      output: t.Object({}),
      faults: underWay,
    },
    rehearse: {
      does: "Begin to open a backup in a folder of its own, as a restore would.",
      effect: "write",
      action: "operate",
      input: t.Object({ name: Name }),
      output: t.Object({}),
      faults: { ...underWay, unknown_backup: "No backup has that name." },
    },
    look: {
      does: "Make tonight's backup when it is due, and tell a manager when none has gone well.",
      effect: "write",
      action: "internal",
      input: t.Object({}),
      output: t.Object({ nextAtMs: t.Integer() }),
      faults: {},
    },
  },
  events: {
    /** Something was made or opened, or could not be. */
    ended: t.Object({
      act: t.Union([t.Literal("making"), t.Literal("opening")]),
      isGood: t.Boolean(),
    }),
  },
})
