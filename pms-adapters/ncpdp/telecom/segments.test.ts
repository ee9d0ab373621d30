/** The segments that few claims have: what is in them, and what is wrong with them. */
import assert from "node:assert/strict"
import { test } from "node:test"
import { timeOf, writtenTime } from "./amounts.ts"
import { type Billing, readRequest, type TelecomRequest, writeRequest } from "./request.ts"
import { readResponse, writeResponse } from "./response.ts"
import { billing, compounded, covered, eligibility } from "./sample.ts"
import { type Note, TelecomError } from "./trouble.ts"

/** The claim of the sample, with one more segment as it comes: `AM10|EF03|EG2`. */
function withSegment(text: string): Buffer {
  return Buffer.concat([writeRequest(billing), segment(text)])
}

function segment(text: string): Buffer {
  return Buffer.from(`\x1e\x1c${text.replaceAll("|", "\x1c")}`)
}

function readClaim(text: string) {
  const { request, notes } = readRequest(withSegment(text))
  assert.ok(request.code === "B1")
  return { claim: request.transactions[0], notes }
}

function troubleOf(act: () => unknown): TelecomError {
  try {
    act()
  } catch (trouble) {
    assert.ok(trouble instanceof TelecomError)
    return trouble
  }
  return assert.fail("nothing was wrong")
}

/** As written, and read again. */
function roundTrip(request: TelecomRequest) {
  return readRequest(writeRequest(request))
}

const cream = "RE03|TE51927177800|ED0000000003|EE0000005A|UE01"
const base = "RE03|TE38779016308|ED0000002500|2G2|2HAA|2HBB"

test("every ingredient of a compound is read: its cost in cents, its modifiers its own", () => {
  const { claim, notes } = readClaim(`AM10|EF03|EG2|EC2|${cream}|${base}`)
  assert.deepEqual(claim?.compound, {
    dosageForm: "03",
    unit: "2",
    ingredients: [
      {
        productQualifier: "03",
        product: "51927177800",
        quantity: "0.003",
        costCents: 51,
        basis: "01",
      },
      {
        productQualifier: "03",
        product: "38779016308",
        quantity: "2.5",
        modifiers: [{ code: "AA" }, { code: "BB" }],
      },
    ],
  })
  assert.deepEqual(notes, [])
})

test("a count of ingredients that differs is noted, and no ingredient is dropped or made up", () => {
  const { claim, notes } = readClaim(`AM10|EF03|EG2|EC3|${cream}|${base}`)
  assert.equal(claim?.compound?.ingredients.length, 2)
  assert.deepEqual(notes, [
    { code: "count_differs", at: { transaction: 1, segment: "10", field: "EC" } },
  ])
  assert.ok(writeRequest(compounded).includes(segment("AM10|EF03|EG2|EC2|RE03")))
})

test("an ingredient without its product is refused: it never goes into the one before it", () => {
  const at = (field: string) => ({ transaction: 1, segment: "10", field })
  for (const [text, code, field] of [
    [`AM10|EF03|EG2|EC2|${cream}|TE38779016308|ED1000`, "missing_field", "RE"],
    [`AM10|EF03|EG2|EC2|${cream}|RE03|ED1000`, "missing_field", "TE"],
    ["AM10|EF03|EG2|EC1|RE03|TE38779016308", "missing_field", "ED"],
    ["AM10|EF03|EG2", "missing_field", "EC"],
    [`AM10|EG2|EC1|${cream}`, "missing_field", "EF"],
    [`AM10|EF03|EG2|EC1|${cream.replace("005A", "00.51")}`, "bad_amount", "EE"],
    [`AM10|EF03|EG2|EC1|${cream.replace("0003", "-3")}`, "bad_quantity", "ED"],
  ] as const) {
    const trouble = troubleOf(() => readClaim(text))
    assert.deepEqual([trouble.code, trouble.at], [code, at(field)], text)
  }
})

test("a compound of nothing, or of a fraction of a cent, is not written", () => {
  const [one] = compounded.transactions
  assert.ok(one?.compound)
  const { compound } = one
  for (const ingredients of [
    [],
    compound.ingredients.map((ingredient) => ({ ...ingredient, costCents: 0.5 })),
    Array.from({ length: 26 }, () => ({ productQualifier: "03", product: "1", quantity: "1" })),
  ]) {
    const wrong: Billing = {
      ...compounded,
      transactions: [{ ...one, compound: { ...compound, ingredients } }],
    }
    const { code, at } = troubleOf(() => writeRequest(wrong))
    assert.deepEqual([code, at], ["wrong_form", { transaction: 1, segment: "10" }])
  }
})

test("workers' compensation needs the day of the injury; blank fields say nothing", () => {
  const blank = `CG${" ".repeat(30)}|CI  |CJ${" ".repeat(15)}`
  const { claim, notes } = readClaim(`AM06|DY20261102|CFHARBOR FREIGHT LINES|${blank}|DZ0790001976`)
  assert.deepEqual(claim?.workersCompensation, {
    injuredOn: "2026-11-02",
    employer: "HARBOR FREIGHT LINES",
    claimReference: "0790001976",
  })
  assert.deepEqual(notes, [])
  const trouble = troubleOf(() => readClaim("AM06|CFHARBOR FREIGHT LINES"))
  assert.deepEqual(trouble.at, { transaction: 1, segment: "06", field: "DY" })
})

test("measurements stand apart from diagnoses, and each has its day and time", () => {
  const measured = "XE1|ZE20261119|H11358|H2AB|H3CD|H4120|XE2|ZE20261118|H10835|H4118"
  const { claim, notes } = readClaim(`AM13|VE1|WE02|DOM06.9|${measured}`)
  assert.deepEqual(claim?.clinical, {
    diagnoses: [{ qualifier: "02", code: "M06.9" }],
    measurements: [
      { day: "2026-11-19", time: "13:58", dimension: "AB", unit: "CD", value: "120" },
      { day: "2026-11-18", time: "08:35", value: "118" },
    ],
  })
  assert.deepEqual(notes, [])
  const trouble = troubleOf(() => readClaim("AM13|XE1|H12460"))
  assert.deepEqual(trouble.code, "bad_time")
  assert.deepEqual(trouble.at, { transaction: 1, segment: "13", field: "H1" })
})

test("the clock goes from 00:00 to 23:59", () => {
  for (const [text, time] of [
    ["0000", "00:00"],
    ["2359", "23:59"],
  ] as const) {
    assert.equal(timeOf(text), time)
    assert.equal(writtenTime(time), text)
  }
  for (const text of ["2400", "1260", "930", "09:30", ""]) assert.equal(timeOf(text), undefined)
  for (const time of ["24:00", "0930", "09:3"]) assert.equal(writtenTime(time), undefined)
})

const questions = "2Z4|4B1A|4KJ2920|4B1B|4J40|4B11|4G20260911|4H0000012345{|4B12|4D00950|4KN"
const answered = [
  { question: "1A", text: "J2920" },
  { question: "1B", count: 40 },
  { question: "11", day: "2026-09-11", cents: 123_450 },
  { question: "12", percent: "00950", text: "N" },
]

test("a form of questions is read, each answer of its own kind, with a claim and without one", () => {
  const form = `AM14|2Q011|2V20260915|2U1|2S4|2R6|2T20260915|${questions}`
  const { claim, notes } = readClaim(form)
  assert.deepEqual(claim?.documentation, {
    type: "011",
    neededFrom: "2026-09-15",
    status: "1",
    lengthQualifier: "4",
    length: 6,
    signedOn: "2026-09-15",
    questions: answered,
  })
  assert.deepEqual(notes, [])
  const asked = readRequest(Buffer.concat([writeRequest(eligibility), segment(form)]))
  assert.ok(asked.request.code === "E1")
  assert.deepEqual(asked.request.shared.documentation?.questions, answered)
})

test("where a patient lives and what else is to be said go along with the claim", () => {
  const { claim } = readClaim("AM15|8CVPC28|3QVISTA HOUSE|3U8 ELM ST|5JTROY|3VOH|6D45373")
  assert.deepEqual(claim?.facility, {
    id: "VPC28",
    name: "VISTA HOUSE",
    street: "8 ELM ST",
    city: "TROY",
    state: "OH",
    zip: "45373",
  })
  assert.deepEqual(readClaim("AM16|BMSEE FORM").claim?.narrative, { message: "SEE FORM" })
})

test("a plan of Medicare Part D says what it covers in an answer about eligibility", () => {
  const { response, notes } = readResponse(writeResponse(covered))
  assert.deepEqual(response, covered)
  assert.deepEqual(notes, [])
  assert.ok(writeResponse(covered).includes(segment("AM27|UR1|UQY|U1S5921|U6376")))
})

test("a request is written as it is read, with all of these and what nobody knows in them", () => {
  const [one] = compounded.transactions
  assert.ok(one?.compound)
  assert.deepEqual(roundTrip(compounded), { request: compounded, notes: [] })
  const others = [{ id: "ZZ", value: "keep me" }]
  const odd: Billing = {
    ...compounded,
    transactions: [{ ...one, compound: { ...one.compound, others } }],
  }
  const unknown: Note = {
    code: "unknown_field",
    at: { transaction: 1, segment: "10", field: "ZZ" },
  }
  assert.deepEqual(roundTrip(odd), { request: odd, notes: [unknown] })
})

test("segments younger than D.0, and those a transaction has no place for, are kept as they come", () => {
  for (const id of ["17", "18", "19", "37"]) {
    const { claim, notes } = readClaim(`AM${id}|8G1`)
    assert.deepEqual(claim?.others, [{ id, fields: [{ id: "8G", value: "1" }] }])
    assert.deepEqual(notes, [{ code: "unknown_segment", at: { transaction: 1, segment: id } }])
  }
  const reversal = writeRequest({
    ...billing,
    code: "B2",
    transactions: billing.transactions.map(({ claim }) => ({ claim })),
  })
  const { request, notes } = readRequest(Buffer.concat([reversal, segment("AM16|BMSEE FORM")]))
  assert.ok(writeRequest(request).includes("SEE FORM"))
  assert.equal(notes[0]?.code, "unknown_segment")
})
