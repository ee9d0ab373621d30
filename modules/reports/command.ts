/** `mortar report`: a report as a file, for whoever sits at the machine. Writes no entry. */
import { readFileSync } from "node:fs"
import { writeFile } from "node:fs/promises"
import { basename } from "node:path"
import { parseArgs } from "node:util"
import { Type as t } from "typebox"
import { Check } from "typebox/value"
import type { Subcommand } from "#core/cli.ts"
import { systemClock } from "#core/clock.ts"
import { parseYaml } from "#core/json.ts"
import { Holiday, Hours } from "#core/site.ts"
import type { Period } from "./acts.ts"
import { ReportKind, reports } from "./contract.ts"
import { toCsv } from "./csv.ts"
import { kinds, type Opening } from "./kinds.ts"
import { BULK_PATIENTS, Surroundings } from "./needs.ts"
import { toPdf } from "./pdf.ts"
import { makeReport, type Query } from "./report.ts"

/** The log as it lies on the disk, opened for reading beside its writer. */
export interface OpenedLog {
  readonly query: Query
  readonly note: string | undefined
  readonly close: () => void
}

const help = `mortar report KIND --from DAY --until DAY --out FILE
               [--format pdf|csv] [--patient ID] [--person NAME]
    Makes a report out of the audit log: both days included, as YYYY-MM-DD.
    KIND is one of:
    ${Object.keys(kinds).join(" ")}
    The accounting (45 CFR 164.528) is about one patient.`

const SUCCESS = 0
const FAILED = 1
const BAD_USE = 2

type Print = (line: string) => void
const toTerminal: Print = (line) => void process.stdout.write(`${line}\n`)

type Facts = ReturnType<typeof readSite>

/** When a site is open, by its file: whoever knows opening hours says it. */
type Openings = (site: Facts, fromMs: number, beforeMs: number) => readonly Opening[]

/** The command, for a site and its log. It answers the exit code. */
export function reportCommand(
  siteFile: string,
  openLog: () => Promise<OpenedLog>,
  openings: Openings,
  print = toTerminal,
): Subcommand {
  return async (args) => {
    const asked = parse(args)
    if (!asked) {
      print(help)
      return BAD_USE
    }
    const log = await openLog()
    try {
      return await write(asked, { siteFile, log, openings, print })
    } finally {
      log.close()
    }
  }
}

type Asked = NonNullable<ReturnType<typeof parse>>

interface With {
  readonly siteFile: string
  readonly log: OpenedLog
  readonly openings: Openings
  readonly print: Print
}

async function write({ out, format, ...ask }: Asked, { siteFile, log, openings, print }: With) {
  const site = readSite(siteFile)
  const openingsIn = async ({ fromMs, beforeMs }: Period) => openings(site, fromMs, beforeMs)
  const made = { by: "operator at the machine", atMs: systemClock.nowMs() }
  const report = await makeReport(
    ask,
    { query: log.query, note: log.note, site, openings: openingsIn },
    made,
  )
  if (typeof report === "string") {
    print(reports.commands.make.faults[report])
    return FAILED
  }
  const bytes = format === "pdf" ? await toPdf(report, site.name) : toCsv(report)
  await writeFile(out, bytes, { mode: 0o600 })
  const { checkpoint, rows } = report
  print(`${out}: ${rows.length} rows, proved by ${checkpoint.size} entries`)
  return SUCCESS
}

function parse(args: readonly string[]) {
  const known = read(args)
  const { from, until, out, format = "pdf", patient, person } = known?.values ?? {}
  const [kind, ...more] = known?.positionals ?? []
  const isWhole = from !== undefined && until !== undefined && out !== undefined
  if (!isWhole || more.length > 0 || (format !== "pdf" && format !== "csv")) return undefined
  if (!Check(ReportKind, kind)) return undefined
  const about = {
    ...(patient === undefined ? {} : { patient }),
    ...(person === undefined ? {} : { person }),
  }
  return { kind, from, until, out, format, ...about } as const
}

function read(args: readonly string[]) {
  try {
    const text = { type: "string" } as const
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: { from: text, until: text, out: text, format: text, patient: text, person: text },
    })
  } catch {
    return undefined
  }
}

/** The pharmacy's own facts, and what it set for its reports. */
function readSite(file: string) {
  const { bulkPatients, ...facts } = Surroundings.properties
  const settings = t.Object({ reports: t.Optional(t.Object({ bulkPatients })) })
  const schema = t.Object({
    ...facts,
    hours: Hours,
    holidays: t.Array(Holiday, { default: [] }),
    modules: t.Optional(t.Object({ settings: t.Optional(settings) })),
  })
  const site = parseYaml({ text: readFileSync(file, "utf8"), file: basename(file) }, schema)
  return {
    ...site,
    bulkPatients: site.modules?.settings?.reports?.bulkPatients ?? BULK_PATIENTS,
  }
}
