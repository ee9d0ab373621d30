/** Reports to the state, and questions to its programme: read, written, never guessed. */
import assert from "node:assert/strict"
import { test } from "node:test"
import fc from "fast-check"
import { arbitraryForm } from "../xml/arbitrary-form.ts"
import { XmlError } from "../xml/trouble.ts"
import { type AsapFile, readAsap, writeAsap } from "./file.ts"
import {
  gatewayMessages,
  isGatewayMessage,
  NAMESPACE,
  readGateway,
  writeGateway,
} from "./gateway.ts"
import { fileOf, reportIn, zeroReportOf } from "./report.ts"
import { sampleAnswer, sampleReport } from "./sample.ts"
import { Segment } from "./segments.ts"
import { AsapError, type AsapTrouble } from "./trouble.ts"

const bytesOf = (text: string): Uint8Array => Buffer.from(text, "latin1")
const textOf = (bytes: Uint8Array): string => Buffer.from(bytes).toString("latin1")
const sampleText = textOf(writeAsap(fileOf(sampleReport)))

function troubleOf(act: () => unknown): AsapTrouble | undefined {
  try {
    act()
    return undefined
  } catch (error) {
    assert.ok(error instanceof AsapError, String(error))
    return error.code
  }
}

test("a report goes to the wire with its counts, and comes back with every zero", () => {
  assert.match(sampleText, /^TH\*4\.2\*000123\*01\*\*20261120\*150405\*T\*\*~~IS\*0000001\*/)
  assert.match(sampleText, /~TP\*7~TT\*000123\*10~$/)
  const { file, notes } = readAsap(bytesOf(sampleText))
  assert.deepEqual(notes, [])
  assert.deepEqual(reportIn(file), sampleReport)
  assert.equal(reportIn(file).dispensed[0]?.dispensing.product, "00406055201")
})

test("one patient's fills stand under one patient, and another's under another", () => {
  const [first, second] = sampleReport.dispensed
  assert.ok(first && second)
  const moved = { ...second, patient: { ...second.patient, firstName: "GRACE" } }
  const report = { ...sampleReport, dispensed: [first, moved] }
  const file = fileOf(report)
  assert.equal(file.segments.filter(({ id }) => id === "PAT").length, 2)
  assert.equal(file.segments.filter(({ id }) => id === "PHA").length, 1)
  assert.deepEqual(reportIn(file), report)
})

test("that nothing was dispensed is said in ten segments", () => {
  const { header, source, dispensed } = sampleReport
  assert.ok(dispensed[0])
  const days = { from: "20261119", to: "20261120" }
  const text = textOf(writeAsap(zeroReportOf({ header, source }, dispensed[0].pharmacy, days)))
  assert.match(text, /~PAT\*{7}Report\*Zero~DSP\*{5}20261120~PRE~CDI~AIR~TP\*7~TT\*000123\*10~$/)
  assert.deepEqual(readAsap(bytesOf(text)).notes, [])
})

test("the sign that ends a segment is the header's own, with line ends or without", () => {
  for (const [sign, line] of [
    ["\\", ""],
    ["|", "\r\n"],
    ["~", "\n"],
  ] as const) {
    const written = { ...fileOf(sampleReport), terminator: sign, lineEnd: line }
    const text = textOf(writeAsap(written))
    assert.ok(text.includes(`*T**${sign}${sign}${line}IS*`))
    const { file, notes } = readAsap(bytesOf(text))
    assert.deepEqual(file, written)
    assert.deepEqual(notes, [])
  }
})

test("a segment or an element that nobody knows is kept and told of", () => {
  const text = sampleText
    .replace("~TP*7", "~ZZZ*new*thing~TP*8")
    .replace("*10~", "*11~")
    .replace("~IS*0000001*CORNER PHARMACY", "~IS*0000001*CORNER PHARMACY**more")
  const { file, notes } = readAsap(bytesOf(text))
  assert.deepEqual(
    notes.map(({ code }) => code),
    ["more_elements", "unknown_segment"],
  )
  assert.equal(textOf(writeAsap(file)), text)
})

test("counts that do not add up are told", () => {
  const codes = (text: string) => readAsap(bytesOf(text)).notes.map(({ code }) => code)
  assert.deepEqual(codes(sampleText.replace("TP*7", "TP*6")), ["count_differs"])
  assert.deepEqual(codes(sampleText.replace("*10~", "*9~")), ["count_differs"])
  assert.deepEqual(codes(sampleText.replace("TT*000123", "TT*123")), ["control_number_differs"])
  assert.deepEqual(codes(sampleText.replace(/TT.*/, "")), ["count_differs"])
})

test("what is no report is refused by a name, and no value gets into the refusal", () => {
  const cases: readonly (readonly [string, AsapTrouble])[] = [
    ["", "not_asap"],
    ["ISA*00*", "not_asap"],
    ["TH*4.2", "bad_header"],
    ["TH*4.2*1*01**20261120*1504*T**~IS*1~", "bad_header"],
    ["TH*4.2*1*01**20261120*1504*T**aaIS*1a", "bad_header"],
    [sampleText.slice(0, -1), "unterminated"],
    [sampleText.replace("IS*", "is*"), "bad_segment"],
    [sampleText.replace("ADA", "A\u0001A"), "bad_character"],
    [sampleText.replace("~TT", "~TH*4.2~TT"), "out_of_place"],
    [`${sampleText}${"x".repeat(9_000_000)}`, "too_large"],
  ]
  for (const [text, trouble] of cases) {
    assert.equal(
      troubleOf(() => readAsap(bytesOf(text))),
      trouble,
      trouble,
    )
  }
  const lost = { ...fileOf(sampleReport) }
  const orphan = { ...lost, segments: lost.segments.filter(({ id }) => id !== "PAT") }
  assert.equal(
    troubleOf(() => reportIn(orphan)),
    "out_of_place",
  )
})

test("a separator in a value is not written", () => {
  const { header, source } = sampleReport
  for (const name of ["A*B", "A~B", "A\nB", "Ω"]) {
    const report = { header, source: { ...source, name }, dispensed: [] }
    assert.equal(
      troubleOf(() => writeAsap(fileOf(report))),
      "unwritable",
    )
  }
})

const value = fc.string({ unit: "binary-ascii", minLength: 1, maxLength: 12 })
const printable = value
  .map((text) => text.replace(/[^!-)+-}]/g, "x"))
  .filter((text) => text.length > 0)

const anySegment = fc
  .constantFrom(...Segment.anyOf.map(({ properties }) => properties))
  .filter(({ id }) => id.const !== "TH" && id.const !== "unknown")
  .chain((properties) => {
    const names = Object.keys(properties).filter((name) => name !== "id" && name !== "more")
    const values = fc.record(Object.fromEntries(names.map((name) => [name, printable] as const)), {
      requiredKeys: [],
    })
    return values.map((each) => ({ id: properties.id.const, ...each }))
  })

test("any segments go to the wire and come back", () => {
  fc.assert(
    fc.property(fc.array(anySegment, { minLength: 1, maxLength: 8 }), (segments) => {
      const file = { ...fileOf(sampleReport), segments: [sampleReport.header, ...segments] }
      const read = readAsap(writeAsap(file as AsapFile)).file
      assert.deepEqual(JSON.parse(JSON.stringify(read.segments)), file.segments)
    }),
    { numRuns: 150 },
  )
})

test("whatever bytes come, the answer is a file or a coded refusal, and what reads is written", () => {
  const damaged = fc
    .tuple(fc.nat(sampleText.length), fc.nat(40), fc.string({ maxLength: 8 }))
    .map(([at, length, put]) =>
      bytesOf(sampleText.slice(0, at) + put + sampleText.slice(at + length)),
    )
  fc.assert(
    fc.property(fc.oneof(fc.uint8Array({ maxLength: 200 }), damaged), (bytes) => {
      if (troubleOf(() => readAsap(bytes))) return
      const { file } = readAsap(bytes)
      assert.deepEqual(readAsap(writeAsap(file)).file, file)
    }),
    { numRuns: 400 },
  )
})

test("a question to the programme and its answer go to the wire and come back", () => {
  const anyMessage = fc
    .constantFrom(...Object.entries(gatewayMessages))
    .chain(([kind, schema]) => fc.record({ kind: fc.constant(kind), body: arbitraryForm(schema) }))
  fc.assert(
    fc.property(anyMessage, ({ kind, body }) => {
      const form = { kind, body: { xmlns: NAMESPACE, ...body } }
      assert.ok(isGatewayMessage(form))
      const { message, notes } = readGateway(writeGateway(form))
      assert.deepEqual(JSON.parse(JSON.stringify(message)), JSON.parse(JSON.stringify(form)))
      assert.deepEqual(notes, [])
    }),
    { numRuns: 100 },
  )
})

test("an answer of the programme is read, and a stranger's is refused", () => {
  const { message } = readGateway(Buffer.from(sampleAnswer))
  assert.ok(message.kind === "PatientResponse")
  assert.equal(message.body.Report?.NarxScores?.Score?.[0]?.ScoreValue, "080")
  for (const [text, code] of [
    ["<Answer/>", "wrong_root"],
    ['<!DOCTYPE x SYSTEM "file:///etc/passwd"><PatientResponse/>', "document_type"],
    ["<ReportRequest/>", "missing"],
  ] as const) {
    assert.throws(
      () => readGateway(Buffer.from(text)),
      (error) => error instanceof XmlError && error.code === code,
    )
  }
})
