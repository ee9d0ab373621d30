/**
 * A report as what it tells: which pharmacy dispensed what to whom. Puts segments in their order
 * and counts them. What must be reported is decided elsewhere, by a state's table.
 */
import type { AsapFile } from "./file.ts"
import type { Segment } from "./segments.ts"
import { AsapError } from "./trouble.ts"

type SegmentOf<Id extends Segment["id"]> = Extract<Segment, { id: Id }>

export interface Dispensed {
  readonly pharmacy: SegmentOf<"PHA">
  readonly patient: SegmentOf<"PAT">
  readonly dispensing: SegmentOf<"DSP">
  readonly prescriber?: SegmentOf<"PRE">
  readonly ingredients: readonly SegmentOf<"CDI">[]
  readonly additional?: SegmentOf<"AIR">
}

export interface Report {
  readonly header: SegmentOf<"TH">
  readonly source: SegmentOf<"IS">
  readonly dispensed: readonly Dispensed[]
}

/** Whether two lines belong to one pharmacy, or one patient. */
const isSame = (a: object, b: object | undefined): boolean =>
  b !== undefined && JSON.stringify(a) === JSON.stringify(b)

/** The file that says so, with its counts. The header's control number closes it. */
export function fileOf({ header, source, dispensed }: Report): AsapFile {
  const segments: Segment[] = [header, source]
  let pharmacyAt = -1
  const close = (): void => {
    if (pharmacyAt >= 0) {
      segments.push({ id: "TP", count: String(segments.length - pharmacyAt + 1) })
    }
  }
  for (const [index, line] of dispensed.entries()) {
    const before = dispensed[index - 1]
    const isSamePharmacy = isSame(line.pharmacy, before?.pharmacy)
    if (!isSamePharmacy) {
      close()
      pharmacyAt = segments.length
      segments.push(line.pharmacy)
    }
    if (!isSamePharmacy || !isSame(line.patient, before?.patient)) segments.push(line.patient)
    segments.push(line.dispensing)
    if (line.prescriber) segments.push(line.prescriber)
    segments.push(...line.ingredients)
    if (line.additional) segments.push(line.additional)
  }
  close()
  const { controlNumber } = header
  const count = String(segments.length + 1)
  segments.push({ id: "TT", ...(controlNumber === undefined ? {} : { controlNumber }), count })
  return { terminator: "~", lineEnd: "", segments }
}

/**
 * Nothing was dispensed between two days, which has to be said too. `filledOn` is the last of them.
 */
export function zeroReportOf(
  { header, source }: Omit<Report, "dispensed">,
  pharmacy: SegmentOf<"PHA">,
  { from, to }: { readonly from: string; readonly to: string },
): AsapFile {
  const nobody = { id: "PAT", lastName: "Report", firstName: "Zero" } as const
  return fileOf({
    header,
    source: { ...source, message: `#${from}#-#${to}#` },
    dispensed: [
      {
        pharmacy,
        patient: nobody,
        dispensing: { id: "DSP", filledOn: to },
        prescriber: { id: "PRE" },
        ingredients: [{ id: "CDI" }],
        additional: { id: "AIR" },
      },
    ],
  })
}

/** What a file tells. Throws `AsapError` when a line stands under nobody. */
export function reportIn({ segments }: AsapFile): Report {
  const [header, source] = segments
  if (header?.id !== "TH") throw new AsapError("out_of_place", 1)
  if (source?.id !== "IS") throw new AsapError("out_of_place", 2)
  const dispensed: Dispensed[] = []
  const under: { pharmacy?: SegmentOf<"PHA">; patient?: SegmentOf<"PAT"> } = {}
  for (const [index, segment] of segments.entries()) {
    const last = dispensed.at(-1)
    if (segment.id === "PHA") {
      under.pharmacy = segment
      delete under.patient
    } else if (segment.id === "PAT") under.patient = segment
    else if (segment.id === "DSP") {
      const { pharmacy, patient } = under
      if (!pharmacy || !patient) throw new AsapError("out_of_place", index + 1)
      dispensed.push({ pharmacy, patient, dispensing: segment, ingredients: [] })
    } else if (segment.id === "PRE" || segment.id === "CDI" || segment.id === "AIR") {
      if (!last) throw new AsapError("out_of_place", index + 1)
      dispensed[dispensed.length - 1] = withDetail(last, segment)
    }
  }
  return { header, source, dispensed }
}

function withDetail(line: Dispensed, detail: SegmentOf<"PRE" | "CDI" | "AIR">): Dispensed {
  if (detail.id === "PRE") return { ...line, prescriber: detail }
  if (detail.id === "AIR") return { ...line, additional: detail }
  return { ...line, ingredients: [...line.ingredients, detail] }
}
