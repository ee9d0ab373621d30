/** A report as PDF: what it is, its figures, its rows, and on each page the log that proves it. */
import { buffer } from "node:stream/consumers"
import PDFDocument from "pdfkit"
import type { Report } from "./contract.ts"
import { stripOf } from "./strip.ts"

const MARGIN = 40
const FOOTER_POINTS = 24
const CELL_GAP = 6
const LINE_GAP = 4

type Page = InstanceType<typeof PDFDocument>

export async function toPdf(report: Report, pharmacy: string): Promise<Buffer> {
  const page = new PDFDocument({
    size: "LETTER",
    layout: "landscape",
    margins: { top: MARGIN, left: MARGIN, right: MARGIN, bottom: MARGIN + FOOTER_POINTS },
    bufferPages: true,
    info: {
      Title: report.title,
      Author: pharmacy,
      CreationDate: new Date(report.madeAtMs),
    },
  })
  const written = buffer(page)
  drawHead(page, report, pharmacy)
  drawFigures(page, report)
  drawTable(page, report)
  drawProof(page, report)
  drawFooters(page, report)
  page.end()
  return await written
}

function drawHead(page: Page, report: Report, pharmacy: string): void {
  page.font("Helvetica").fontSize(9).text(pharmacy)
  page.font("Helvetica-Bold").fontSize(18).text(report.title).moveDown(0.4)
  page.fontSize(9)
  // The title stands above, the proof at the end.
  for (const [name = "", value = ""] of stripOf(report).slice(1, 6)) {
    page.font("Helvetica-Bold").text(`${name}: `, { continued: true })
    page.font("Helvetica").text(value)
  }
  page.moveDown()
}

function drawFigures(page: Page, { figures }: Report): void {
  page.font("Helvetica-Bold").fontSize(11).text("Figures").fontSize(9).font("Helvetica")
  for (const { name, count } of figures) page.text(`${name} = ${count}`)
  page.moveDown()
}

/** Columns as wide as their longest word asks, and no wider than the paper together. */
function widthsOf(page: Page, { columns, rows }: Report): readonly number[] {
  const room = page.page.width - 2 * MARGIN - CELL_GAP * columns.length
  const wanted = columns.map((column, at) => {
    const longest = Math.max(
      column.length,
      ...rows.slice(0, 500).map((row) => row[at]?.length ?? 0),
    )
    return Math.min(Math.max(longest, 6), 40)
  })
  const sum = wanted.reduce((all, one) => all + one, 0)
  return wanted.map((one) => (one / sum) * room)
}

function drawTable(page: Page, report: Report): void {
  const widths = widthsOf(page, report)
  const head = () => {
    page.font("Helvetica-Bold").fontSize(8)
    drawRow(page, report.columns, widths)
    page.font("Helvetica").fontSize(8)
  }
  head()
  if (report.rows.length === 0) page.text("Nothing of the kind stands in the log.", MARGIN)
  for (const row of report.rows) {
    if (page.y + heightOf(page, row, widths) > bottomOf(page)) {
      page.addPage()
      head()
    }
    drawRow(page, row, widths)
  }
  page.x = MARGIN
  page.moveDown()
}

function bottomOf(page: Page): number {
  return page.page.height - MARGIN - FOOTER_POINTS
}

function heightOf(page: Page, row: readonly string[], widths: readonly number[]): number {
  return Math.max(
    0,
    ...row.map((cell, at) => page.heightOfString(cell, { width: widths[at] ?? 0 })),
  )
}

function drawRow(page: Page, row: readonly string[], widths: readonly number[]): void {
  const top = page.y
  const height = heightOf(page, row, widths)
  let x = MARGIN
  row.forEach((cell, at) => {
    const width = widths[at] ?? 0
    page.text(cell, x, top, { width })
    x += width + CELL_GAP
  })
  page.x = MARGIN
  page.y = top + height + LINE_GAP
}

function drawProof(page: Page, { checkpoint }: Report): void {
  if (page.y > bottomOf(page) - 120) page.addPage()
  page.font("Helvetica-Bold").fontSize(11).text("What proves it", MARGIN).fontSize(9)
  const how =
    "This report was made from the first entries of the audit log, as many as the signed " +
    "checkpoint below counts. Keep its lines in a file; mortar audit verify --kept FILE then " +
    "tells whether the log still holds exactly these entries."
  page.font("Helvetica").text(how).moveDown(0.5)
  page.font("Courier").fontSize(8).text(checkpoint.note)
}

function drawFooters(page: Page, { checkpoint, title }: Report): void {
  const { start, count } = page.bufferedPageRange()
  for (let at = start; at < start + count; at++) {
    page.switchToPage(at)
    // Below the margin pdfkit would begin a page of its own.
    page.page.margins.bottom = 0
    const proof = `${checkpoint.size} entries, root ${checkpoint.root}`
    const text = `${title}, page ${at + 1} of ${count}. ${proof}`
    const y = page.page.height - MARGIN
    page.font("Helvetica").fontSize(7).text(text, MARGIN, y, { lineBreak: false })
  }
}
