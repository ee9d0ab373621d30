/** `mortar audit`: verify, show and checkpoint, for an operator at the machine. Writes no entry. */
import { createPublicKey, type KeyObject } from "node:crypto"
import { readFile } from "node:fs/promises"
import { join } from "node:path"
import { parseArgs } from "node:util"
import { Compile } from "typebox/compile"
import { Actor } from "#core/actor.ts"
import type { AuditEntry, AuditFilter, Left } from "#core/ports.ts"
import type { SealingKey } from "#core/seal.ts"
import { parseVerifierKey, verifierKey } from "./checkpoint.ts"
import { entryKeys } from "./entry.ts"
import { ENTRIES_DEFAULT, queryEntries } from "./query.ts"
import { DATABASE_FILE, openReadOnly } from "./table.ts"
import { CHECKPOINT_PATH, readWhole } from "./tile-files.ts"
import { verifyLog } from "./verify.ts"

export interface AuditCommandOptions {
  readonly folder: string
  readonly origin: string
  /** Unlocks the site's keys. Called only by what needs one. */
  readonly openKey: () => Promise<{ readonly key: SealingKey; readonly signingKey: KeyObject }>
  readonly print?: (line: string) => void
}

const help = `mortar audit verify [--key VERIFIER_KEY] [--kept FILE]...
    Checks every entry, tile and signature, and names the first entry that is bad.
    --key   verify as a stranger, with this verifier key instead of the site's own keys
    --kept  a checkpoint that was kept elsewhere; the log must have grown out of it

mortar audit show [--patient ID] [--person ID] [--call ID] [--what WHAT] [--limit N]
    Prints the newest entries that fit, oldest first; ${ENTRIES_DEFAULT} unless told.
    --what cloud.ask is every text that left the house, word for word.

mortar audit checkpoint
    Prints the newest signed checkpoint and the verifier key. Keep a copy where nobody
    who can reach this machine can reach it.`

const SUCCESS = 0
const BAD_LOG = 1
const BAD_USE = 2

/** Runs one command; answers the exit code. */
export async function auditCommand(
  args: readonly string[],
  options: AuditCommandOptions,
): Promise<number> {
  const print = options.print ?? ((line) => void process.stdout.write(`${line}\n`))
  const parsed = parse(args)
  if (!parsed) {
    print(help)
    return BAD_USE
  }
  const { values, positionals } = parsed
  switch (positionals.length === 1 && !values.help ? positionals[0] : "help") {
    case "verify":
      return await verify(values, options, print)
    case "show":
      return await show(values, options, print)
    case "checkpoint":
      return await checkpoint(options, print)
    default:
      print(help)
      return values.help || positionals[0] === "help" ? SUCCESS : BAD_USE
  }
}

type Print = (line: string) => void

type Values = NonNullable<ReturnType<typeof parse>>["values"]

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        help: { type: "boolean" },
        key: { type: "string" },
        kept: { type: "string", multiple: true },
        patient: { type: "string" },
        person: { type: "string" },
        call: { type: "string" },
        what: { type: "string" },
        limit: { type: "string" },
      },
    })
  } catch {
    return undefined
  }
}

async function verify(values: Values, options: AuditCommandOptions, print: Print): Promise<number> {
  const given = values.key === undefined ? undefined : parseVerifierKey(values.key)
  if (values.key !== undefined && !given) {
    print("This is not a verifier key: it is a name, a hash and a key, joined with plus signs.")
    return BAD_USE
  }
  const who = given ?? {
    origin: options.origin,
    publicKey: createPublicKey((await options.openKey()).signingKey),
  }
  const kept = await Promise.all((values.kept ?? []).map((file) => readFile(file, "utf8")))
  const verdict = await verifyLog({ folder: options.folder, ...who, kept })
  if (verdict.ok) {
    print(`good: ${verdict.entries} entries, root ${verdict.root}`)
    return SUCCESS
  }
  print(`BAD: the first bad entry is ${verdict.firstBad}. ${verdict.why}`)
  return BAD_LOG
}

async function show(values: Values, options: AuditCommandOptions, print: Print): Promise<number> {
  const limit = values.limit === undefined ? ENTRIES_DEFAULT : Number(values.limit)
  if (!Number.isInteger(limit) || limit < 1) {
    print("--limit takes a number of entries.")
    return BAD_USE
  }
  const db = openReadOnly(join(options.folder, DATABASE_FILE))
  if (!db) {
    print("There is no audit log in this folder.")
    return BAD_LOG
  }
  try {
    const { key } = await options.openKey()
    const filter: AuditFilter = {
      limit,
      ...(values.patient === undefined ? {} : { patient: values.patient }),
      ...(values.person === undefined ? {} : { person: values.person }),
      ...(values.call === undefined ? {} : { conversation: values.call }),
      ...(values.what === undefined ? {} : { what: values.what }),
    }
    for (const entry of queryEntries(db, filter, entryKeys(key))) print(lineOf(entry))
    return SUCCESS
  } finally {
    db.close()
  }
}

async function checkpoint(options: AuditCommandOptions, print: Print): Promise<number> {
  const note = await readWhole(options.folder, CHECKPOINT_PATH)
  if (!note) {
    print("There is no audit log in this folder.")
    return BAD_LOG
  }
  const { signingKey } = await options.openKey()
  print(note.toString())
  print(verifierKey(options.origin, signingKey))
  return SUCCESS
}

/** One entry on one line: number, time, phase, who, what, on whose record, why, outcome. */
export function lineOf(entry: AuditEntry): string {
  const { seq, atMs, phase, act, actor, via, what, patient, decision, outcome, left } = entry
  const reasons = decision?.rules.length ? ` (${decision.rules.join(", ")})` : ""
  return [
    String(seq),
    new Date(atMs).toISOString(),
    phase,
    act,
    whoIs(actor),
    via === undefined ? "" : `via ${via}`,
    what,
    patient === undefined ? "" : `patient ${patient}`,
    decision ? `${decision.verdict} T${decision.tier} by ${decision.row}${reasons}` : "",
    outcome === undefined ? "" : `→ ${outcome}`,
    ...(left ? leftOf(left) : []),
  ]
    .filter((part) => part !== "")
    .join("  ")
}

/** For whom it left and why, its hash, the cost once it is known, and last what left. */
function leftOf({ to, model, purpose, sha256, text, costMicroDollars }: Left): readonly string[] {
  return [
    `to ${to} (${model}) for ${purpose}`,
    `sha256 ${sha256}`,
    costMicroDollars === undefined ? "" : `$${(costMicroDollars / 1_000_000).toFixed(6)}`,
    text ?? "",
  ]
}

const actors = Compile(Actor)

function whoIs(actor: unknown): string {
  if (!actors.Check(actor)) return "unknown actor"
  switch (actor.kind) {
    case "caller":
      return `caller of ${actor.conversation} (${actor.identity})`
    case "staff":
      return `${actor.person} (${actor.role})`
    case "partner":
      return `partner ${actor.key}`
    case "system":
      return `system ${actor.module}`
  }
}
