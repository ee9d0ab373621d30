/** The codec of claims: what a payer and a pharmacy may rely on. */
import assert from "node:assert/strict"
import { test } from "node:test"
import { centsOf, dayOf, overpunched, quantityOf, writtenQuantity } from "./amounts.ts"
import { readFrame, writeFrame } from "./frame.ts"
import { type HeaderLayout, layoutOfD0, layouts } from "./header.ts"
import { outcomeOf } from "./outcome.ts"
import { rejectOf, rejects } from "./rejects.ts"
import { readRequest, reversalOf, writeRequest } from "./request.ts"
import { readResponse, writeResponse } from "./response.ts"
import { billing, eligibility, tooSoon } from "./sample.ts"
import { TelecomError } from "./trouble.ts"

/** `<FS>`, `<GS>`, `<RS>` and `<ETX>` as a person reads them. */
function bytes(text: string): Buffer {
  const plain = text
    .replaceAll("<FS>", "\x1c")
    .replaceAll("<GS>", "\x1d")
    .replaceAll("<RS>", "\x1e")
    .replaceAll("<ETX>", "\x03")
  return Buffer.from(plain, "latin1")
}

const requestHead = "999901D0B1DEMOPCN   1011234567893     20261124MORTAR    "
const card = "<RS><FS>AM04<FS>C2ZX0001234"
const claim =
  "<RS><FS>AM07<FS>EM1<FS>D27001234<FS>E103<FS>D700071015523<FS>E70000030000<FS>D302<FS>D530" +
  "<FS>D61<FS>D80<FS>DE20260801"
const pricing = "<RS><FS>AM11<FS>D91234{<FS>DQ150}"
const request = `${requestHead}${card}<GS>${claim}${pricing}`
const answerHead = "D0B11A011234567893     20261124"

function troubleOf(act: () => unknown): TelecomError {
  try {
    act()
  } catch (trouble) {
    assert.ok(trouble instanceof TelecomError)
    return trouble
  }
  return assert.fail("nothing was wrong")
}

test("an amount carries its sign in its last character, and becomes cents both ways", () => {
  for (const [text, cents] of [
    ["1000{", 10_000],
    ["249E", 2_495],
    ["12}", -120],
    ["5N", -55],
    ["00}", 0],
  ] as const) {
    assert.equal(centsOf(text), cents, text)
  }
  assert.equal(overpunched(10_000), "1000{")
  assert.equal(overpunched(-55), "05N")
  assert.equal(overpunched(0), "00{")
  for (const text of ["1000", "10.0{", "-5A", "", "A5"]) assert.equal(centsOf(text), undefined)
})

test("a quantity has three decimals and a day has to be on the calendar", () => {
  assert.equal(quantityOf("0000030000"), "30")
  assert.equal(quantityOf("2500"), "2.5")
  assert.equal(writtenQuantity("2.5", 10), "0000002500")
  assert.equal(writtenQuantity("2.5001", 10), undefined)
  assert.equal(dayOf("20260229"), undefined)
  assert.equal(dayOf("20280229"), "2028-02-29")
})

test("a billing is read: what is shared stands apart from its claims, and money is in cents", () => {
  const { request: read, notes } = readRequest(bytes(request))
  assert.ok(read.code === "B1")
  assert.equal(read.header.bin, "999901")
  assert.equal(read.shared.insurance.cardholder, "ZX0001234")
  const [first] = read.transactions
  assert.equal(first?.claim.product, "00071015523")
  assert.equal(first?.claim.quantity, "30")
  assert.equal(first?.pricing.ingredientCents, 12_340)
  assert.equal(first?.pricing.usualAndCustomaryCents, -1_500)
  assert.deepEqual(notes, [])
})

test("four claims travel in one transmission, and a fifth is refused", () => {
  const [one] = billing.transactions
  assert.ok(one)
  const four = { ...billing, transactions: [one, one, one, one] }
  const written = writeRequest(four)
  assert.deepEqual(readRequest(written).request, four)
  const five = Buffer.concat([written, bytes(`<GS>${claim}${pricing}`)])
  assert.equal(troubleOf(() => readRequest(five)).code, "too_many_transactions")
})

test("whatever is well formed is written back byte for byte, unknown fields and all", () => {
  const odd = `${request}<FS>ZZwhat is this<RS><FS>AM99<FS>Q1x<ETX>`
  const frame = readFrame(bytes(odd), "request")
  assert.deepEqual(writeFrame(frame, "request"), bytes(odd))
})

test("a field and a segment that nobody knows are kept, told by their names, and written back", () => {
  const odd = `${requestHead}${card}<GS>${claim}${pricing}<FS>ZZkeep me<RS><FS>AM99<FS>Q1x`
  const { request: read, notes } = readRequest(bytes(odd))
  assert.deepEqual(notes, [
    { code: "unknown_field", at: { transaction: 1, segment: "11", field: "ZZ" } },
    { code: "unknown_segment", at: { transaction: 1, segment: "99" } },
  ])
  const again = readRequest(writeRequest(read))
  assert.deepEqual(again.request, read)
  assert.ok(writeRequest(read).includes("keep me"))
  assert.equal(JSON.stringify(notes).includes("keep me"), false)
})

test("trouble names the transaction, the segment and the field, and never a value", () => {
  const secret = "X-JANE-DOE"
  const cases = [
    [
      request.replace("1234{", secret),
      "bad_amount",
      { transaction: 1, segment: "11", field: "D9" },
    ],
    [
      request.replace("0000030000", secret),
      "bad_quantity",
      { transaction: 1, segment: "07", field: "E7" },
    ],
    [
      request.replace("DE20260801", `DE${secret}`),
      "bad_day",
      { transaction: 1, segment: "07", field: "DE" },
    ],
    [
      request.replace("<FS>D27001234", ""),
      "missing_field",
      { transaction: 1, segment: "07", field: "D2" },
    ],
    [request.replace(card, ""), "missing_segment", { segment: "04" }],
    [request.replace("D0B1", "D0X1"), "unknown_transaction", { field: "code" }],
    [request.replace("D0B1", "51B1"), "unknown_version", {}],
    [request.replace("<GS>", `${secret}<GS>`).replace(card, secret), "stray_text", {}],
    [request.slice(0, 30), "header_short", { field: "provider" }],
  ] as const
  for (const [text, code, at] of cases) {
    const trouble = troubleOf(() => readRequest(bytes(text)))
    assert.equal(trouble.code, code)
    assert.deepEqual(trouble.at, at)
    assert.equal(trouble.message.includes("JANE"), false)
  }
})

test("what earlier payers answered goes along with a claim, payer by payer", () => {
  const [one] = billing.transactions
  assert.ok(one)
  const otherPayers = {
    payers: [
      {
        coverage: "01",
        idQualifier: "03",
        id: "999902",
        answeredOn: "2026-11-23",
        paid: [
          { qualifier: "07", amountCents: 1_000 },
          { qualifier: "08", amountCents: -25 },
        ],
        patientOwes: [{ qualifier: "06", amountCents: 500 }],
      },
      { coverage: "02", rejects: [{ code: "70" }, { code: "MR" }] },
    ],
  }
  const sent = { ...billing, transactions: [{ ...one, otherPayers }] }
  assert.deepEqual(readRequest(writeRequest(sent)).request, sent)
})

test("a pharmacist's answers to safety alerts are numbered one by one", () => {
  const [one] = billing.transactions
  assert.ok(one)
  const dur = {
    conflicts: [
      { reason: "DD", service: "M0", result: "1G", coAgentQualifier: "03", coAgent: "00071015523" },
      { reason: "ID" },
    ],
  }
  const sent = { ...billing, transactions: [{ ...one, dur }] }
  const written = writeRequest(sent)
  assert.ok(written.includes(bytes("<FS>7E1<FS>E4DD")))
  assert.ok(written.includes(bytes("<FS>7E2<FS>E4ID")))
  assert.deepEqual(readRequest(written).request, sent)
})

test("a safety alert that comes after something out of place is still an alert", () => {
  const [one] = billing.transactions
  assert.ok(one)
  const dur = { conflicts: [{ reason: "DD" }, { reason: "ID" }] }
  const written = writeRequest({ ...billing, transactions: [{ ...one, dur }] })
  const at = written.indexOf(bytes("<FS>7E2"))
  // A second reason in the first alert, where there is room for one.
  const odd = [written.subarray(0, at), bytes("<FS>E4HD"), written.subarray(at)]
  const { request: read } = readRequest(Buffer.concat(odd))
  assert.ok(read.code === "B1")
  const reasons = read.transactions[0]?.dur?.conflicts?.map(({ reason }) => reason)
  assert.deepEqual(reasons, ["DD", "ID"])
})

test("a number of rejects that is not the one announced is noted, and none is lost", () => {
  const text = `${answerHead}<GS><RS><FS>AM21<FS>ANR<FS>FA05<FS>FB75<FS>FB79`
  const { response, notes } = readResponse(bytes(text))
  assert.deepEqual(response.transactions[0]?.status.rejects, [{ code: "75" }, { code: "79" }])
  assert.deepEqual(notes, [
    { code: "count_differs", at: { transaction: 1, segment: "21", field: "FA" } },
  ])
})

test("a reversal echoes what the payer finds the claim by, and is made from the billing alone", () => {
  const taken = reversalOf(billing)
  assert.deepEqual(taken.header, billing.header)
  const [claim] = taken.transactions.map((one) => one.claim)
  const { rxNumber, fillNumber, product } = billing.transactions[0]?.claim ?? {}
  assert.deepEqual(
    [claim?.rxNumber, claim?.fillNumber, claim?.product],
    [rxNumber, fillNumber, product],
  )
  assert.deepEqual(readRequest(writeRequest(taken)).request, taken)
})

test("a question about eligibility has what is shared and no transaction", () => {
  const written = writeRequest(eligibility)
  assert.equal(written.includes("\x1d"), false)
  assert.deepEqual(readRequest(written), { request: eligibility, notes: [] })
})

test("too soon is told with the day that the payer gives, and with none when it gives none", () => {
  const [answer] = tooSoon.transactions
  assert.ok(answer)
  const outcome = outcomeOf(tooSoon, answer)
  assert.ok(outcome.kind === "rejected")
  assert.equal(outcome.nextFillOn, "2026-12-02")
  assert.equal(outcome.rejects[0]?.act, "wait_until_due")
  const { messages: _, ...status } = answer.status
  const silent = outcomeOf(tooSoon, { ...answer, status })
  assert.ok(silent.kind === "rejected" && silent.nextFillOn === undefined)
})

test("a reject counts above a status that says paid, and an unknown status is never a yes", () => {
  const say = (status: object) => outcomeOf(tooSoon, { status: { status: "P", ...status } })
  assert.equal(say({ rejects: [{ code: "75" }] }).kind, "rejected")
  assert.equal(
    outcomeOf(
      { ...tooSoon, header: { ...tooSoon.header, status: "R" } },
      { status: { status: "P" } },
    ).kind,
    "rejected",
  )
  assert.equal(say({ status: "Z" }).kind, "unknown")
  assert.deepEqual(say({ status: "D" }), { kind: "paid", wasKnown: true })
  assert.equal(say({ status: "F" }).kind, "deferred")
})

test("every safety reject is the pharmacist's, 75 starts a prior authorisation, 70 asks the prescriber", () => {
  for (const code of ["88", "922", "923"]) assert.equal(rejectOf(code).who, "pharmacist", code)
  assert.equal(rejectOf("75").act, "start_prior_auth")
  assert.equal(rejectOf("70").who, "prescriber")
  assert.equal(rejectOf("99").act, "resubmit_later")
  assert.equal(rejectOf("ZZ9").act, "call_payer")
  // Tables passed around by hand have these three wrong (pharmacy.md 2.5).
  assert.equal(rejectOf("40").act, "check_contract")
  assert.equal(rejectOf("MR").act, "ask_for_alternative")
  assert.equal(rejectOf("76").act, "correct_claim")
  assert.ok(rejects.size >= 60)
})

test("another version is another header table: eight digits for the issuer are read at once", () => {
  const wide = { name: "bin", length: 8, isDigits: true } as const
  const f6: HeaderLayout = {
    ...layoutOfD0,
    version: "F6",
    request: layoutOfD0.request.map((part) => (part.name === "bin" ? wide : part)),
  }
  const text = bytes(request.replace("999901D0", "99990100F6"))
  const frame = readFrame(text, "request", [...layouts, f6])
  assert.equal(frame.header.bin, "99990100")
  assert.deepEqual(writeFrame(frame, "request", [...layouts, f6]), text)
  assert.equal(troubleOf(() => readFrame(text, "request")).code, "unknown_version")
})

test("what cannot be written is refused with its place", () => {
  const [one] = billing.transactions
  assert.ok(one)
  const withProduct = (product: string) => ({
    ...billing,
    transactions: [{ ...one, claim: { ...one.claim, product } }],
  })
  const at = { transaction: 1, segment: "07", field: "D7" }
  const separator = troubleOf(() => writeRequest(withProduct("1\x1c2")))
  assert.deepEqual([separator.code, separator.at], ["unwritable", at])
  const long = troubleOf(() => writeRequest(withProduct("1".repeat(20))))
  assert.deepEqual([long.code, long.at], ["too_long", at])
})

test("an answer is written as it is read", () => {
  assert.deepEqual(readResponse(writeResponse(tooSoon)), { response: tooSoon, notes: [] })
})
