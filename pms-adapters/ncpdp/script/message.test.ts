/** SCRIPT read and written: nothing lost, nothing guessed, nothing hostile let in. */
import assert from "node:assert/strict"
import { test } from "node:test"
import fc from "fast-check"
import { arbitraryForm } from "../xml/arbitrary-form.ts"
import { XmlError, type XmlTrouble } from "../xml/trouble.ts"
import { changeRequestOf, drugUseReasonOf, receiptOf, scheduleOf, unitOf } from "./codes.ts"
import { Header } from "./header.ts"
import { isMessage, readScript, type ScriptMessage, transactions, writeScript } from "./message.ts"
import { decisionIn } from "./outcome.ts"
import { bytesOf, sampleRenewalRequest } from "./sample.ts"
import { stampsFor, versions } from "./version.ts"

const textOf = (bytes: Uint8Array): string => new TextDecoder().decode(bytes)

function troubleOf(act: () => unknown): XmlTrouble | undefined {
  try {
    act()
    return undefined
  } catch (error) {
    assert.ok(error instanceof XmlError, String(error))
    return error.code
  }
}

/** A message with this in its body, in a version. */
function messageWith(body: string, version: (typeof versions)[number] = "2017071"): Uint8Array {
  const stamps = Object.entries(stampsFor(version)).map(([name, day]) => `${name}="${day}"`)
  return bytesOf(
    `<Message ${stamps.join(" ")}><Header><To Qualifier="P">1</To><From Qualifier="D">2</From>` +
      `<MessageID>3</MessageID><SentTime>2026-11-20T15:04:05.0Z</SentTime></Header>` +
      `<Body>${body}</Body></Message>`,
  )
}

test("a renewal request is read with every leading zero in its place", () => {
  const { message, notes } = readScript(bytesOf(sampleRenewalRequest))
  assert.ok(message.kind === "RxRenewalRequest")
  assert.deepEqual(notes, [])
  assert.equal(message.version, "2017071")
  assert.equal(message.header.RxReferenceNumber, "07001261")
  assert.equal(message.header.To.Qualifier, "D")
  const { MedicationDispensed: drug, Pharmacy } = message.body
  assert.equal(drug.DrugCoded?.ProductCode?.Code, "00071015523")
  assert.equal(drug.DaysSupply, "030")
  assert.equal(drug.PharmacyRequestedRefills, "03")
  assert.equal(Pharmacy.BusinessName, "Corner & Sons Pharmacy")
})

test("what was read is written so that it reads the same, and is then written the same", () => {
  const first = readScript(bytesOf(sampleRenewalRequest)).message
  const again = readScript(writeScript(first)).message
  assert.deepEqual(again, first)
  assert.deepEqual(writeScript(again), writeScript(first))
})

/** Forms of the schemas; those whose people have no name in either place are no messages. */
const anyMessage = fc
  .constantFrom(...Object.entries(transactions))
  .chain(([kind, schema]) =>
    fc.record({
      version: fc.constantFrom(...versions),
      header: arbitraryForm(Header),
      kind: fc.constant(kind),
      body: arbitraryForm(schema),
    }),
  )
  .filter(isMessage)

test("every transaction with anything in it goes to the wire and comes back", () => {
  fc.assert(
    fc.property(anyMessage, (form) => {
      assert.ok(isMessage(form))
      const { message, notes } = readScript(writeScript(form))
      const { stamps, ...rest } = message
      assert.deepEqual(plain(rest), plain(form))
      assert.deepEqual(stamps, stampsFor(form.version))
      assert.deepEqual(notes, [])
    }),
    { numRuns: 150 },
  )
})

/** As JSON has it: without prototypes, and keys in an order. */
function plain(value: unknown): unknown {
  const sorted = (_: string, each: unknown): unknown =>
    typeof each === "object" && each !== null && !Array.isArray(each)
      ? Object.fromEntries(Object.entries(each).toSorted(([a], [b]) => (a < b ? -1 : 1)))
      : each
  return JSON.parse(JSON.stringify(value, sorted))
}

test("an element that nobody knows is kept, told of, and written back in its place", () => {
  const strange = '<Vendor><Deep a="1">x &amp; y</Deep></Vendor>'
  const status = `<Status><Code>010</Code>${strange}<Description>fine</Description></Status>`
  const { message, notes } = readScript(messageWith(status))
  assert.deepEqual(notes, [{ code: "unknown_element", at: "Message/Body/Status" }])
  assert.ok(textOf(writeScript(message)).includes(status))
})

test("what is empty, comes twice, or is out of order is kept and told of, and never guessed", () => {
  const odd = "<Status><Code>010</Code><Code>900</Code><Description/></Status>"
  const read = readScript(messageWith(odd))
  assert.ok(read.message.kind === "Status")
  assert.equal(read.message.body.Code, "010")
  assert.deepEqual(
    read.notes.map(({ code }) => code),
    ["repeated", "empty"],
  )
  assert.ok(textOf(writeScript(read.message)).includes(odd))
  const swapped = "<Status><Description>x</Description><Code>010</Code></Status>"
  assert.equal(readScript(messageWith(swapped)).notes[0]?.code, "order_differs")
})

test("which of two is the value stays so when the message is written, whatever the order was", () => {
  const first = "<Description>take one</Description><Code>010</Code>"
  const odd = `<Status>${first}<Description>take ten</Description></Status>`
  const { message } = readScript(messageWith(odd))
  const again = readScript(writeScript(message)).message
  assert.ok(again.kind === "Status")
  assert.equal(again.body.Description, "take one")
})

test("a transaction without a schema is kept whole", () => {
  const resupply = "<Resupply><Anything>1</Anything></Resupply>"
  const { message, notes } = readScript(messageWith(resupply))
  assert.deepEqual(notes, [{ code: "unknown_transaction", at: "Message/Body" }])
  assert.ok(textOf(writeScript(message)).includes(resupply))
})

test("the version is what the message says, and an unknown one is refused", () => {
  const status = "<Status><Code>010</Code></Status>"
  for (const version of versions) {
    assert.equal(readScript(messageWith(status, version)).message.version, version)
  }
  const other = textOf(messageWith(status)).replace(
    'TransactionVersion="20170715"',
    'TransactionVersion="20310101"',
  )
  assert.equal(
    troubleOf(() => readScript(bytesOf(other))),
    "unknown_version",
  )
  const codes = textOf(messageWith(status)).replace(
    'ECLVersion="20170715"',
    'ECLVersion="20240401"',
  )
  assert.equal(readScript(bytesOf(codes)).notes[0]?.code, "unknown_version_stamp")
})

test("an error names a place of ours and never a value", () => {
  const secret = "Zelda Quux 5551234567"
  const bodies = [
    `<Status><Code>${secret} too long by far</Code></Status>`,
    `<Status>${secret}<Code>010</Code></Status>`,
    "<NewRx><Patient><HumanPatient><Name><LastName>x</LastName></Name>" +
      `<DateOfBirth><Date>${secret}</Date></DateOfBirth></HumanPatient></Patient></NewRx>`,
    `<NewRx><Zelda-Quux/></NewRx>`,
  ]
  for (const body of bodies) {
    assert.throws(
      () => readScript(messageWith(body)),
      (error) => {
        assert.ok(error instanceof XmlError)
        assert.match(error.at, /^Message\/Body\//)
        return !/Zelda|Quux|555/.test(String(error.stack))
      },
    )
  }
})

const bomb = '<!DOCTYPE m [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;&a;">]><Message>&b;</Message>'

const hostile: readonly (readonly [string, string, XmlTrouble])[] = [
  ["a document type", "<!DOCTYPE Message><Message/>", "document_type"],
  ["entities in entities", bomb, "document_type"],
  ["an entity of its own", "<Message>&secret;</Message>", "unknown_entity"],
  ["an entity in an attribute", '<Message a="&secret;"/>', "unknown_entity"],
  ["an instruction", "<?php x?><Message/>", "instruction"],
  ["a stylesheet", '<Message><?xml-stylesheet href="x"?></Message>', "instruction"],
  ["depth", "<a>".repeat(40) + "</a>".repeat(40), "too_deep"],
  ["numbers", `<a>${"<b/>".repeat(60_000)}</a>`, "too_many_elements"],
  ["attributes", `<a ${numbered(40).join(" ")}/>`, "too_many_attributes"],
  ["size", `<a>${"x".repeat(2_200_000)}</a>`, "too_large"],
  ["another encoding", '<?xml version="1.0" encoding="UTF-7"?><Message/>', "bad_encoding"],
  ["a control character", "<Message>\u0001</Message>", "bad_character"],
  ["a control character by number", "<Message>&#0;</Message>", "bad_character"],
  ["what does not close", "<Message><Header></Message>", "not_xml"],
  ["two roots", "<Message/><Message/>", "not_xml"],
  ["nothing", "", "not_xml"],
  ["another root", "<Nachricht/>", "wrong_root"],
]

function numbered(count: number): readonly string[] {
  return Array.from({ length: count }, (_, index) => `n${index}="1"`)
}

test("bombs and strangers are refused, each by its name", () => {
  for (const [what, text, trouble] of hostile) {
    assert.equal(
      troubleOf(() => readScript(bytesOf(text))),
      trouble,
      what,
    )
  }
  assert.equal(
    troubleOf(() => readScript(Uint8Array.of(0x3c, 0xff, 0x3e))),
    "not_utf8",
  )
})

test("whatever bytes come, the answer is a message or a coded refusal", () => {
  const damaged = fc
    .tuple(fc.nat(sampleRenewalRequest.length), fc.nat(60), fc.string({ maxLength: 12 }))
    .map(([at, length, put]) =>
      bytesOf(sampleRenewalRequest.slice(0, at) + put + sampleRenewalRequest.slice(at + length)),
    )
  fc.assert(
    fc.property(fc.oneof(fc.uint8Array({ maxLength: 300 }), damaged), (bytes) => {
      const trouble = troubleOf(() => readScript(bytes))
      return trouble === undefined || trouble.length > 0
    }),
    { numRuns: 400 },
  )
})

test("what reads once after damage reads the same after it was written", () => {
  const cut = fc.tuple(fc.nat(sampleRenewalRequest.length), fc.nat(40)).map(([at, length]) => {
    const bytes = bytesOf(
      sampleRenewalRequest.slice(0, at) + sampleRenewalRequest.slice(at + length),
    )
    return troubleOf(() => readScript(bytes)) ? undefined : readScript(bytes).message
  })
  fc.assert(
    fc.property(cut, (message) => {
      if (message) assert.deepEqual(readScript(writeScript(message)).message, message)
    }),
    { numRuns: 300 },
  )
})

test("a form that is none is not written", () => {
  const { message } = readScript(messageWith("<Status><Code>010</Code></Status>"))
  const broken: readonly unknown[] = [
    { ...message, body: { Code: 10 } },
    { ...message, body: { Code: "010", Surprise: "x" } },
    { ...message, kind: "constructor" },
    { ...message, version: "106" },
    { ...message, header: {} },
    { ...message, body: { Code: "010", others: [{ xml: "<!DOCTYPE x><x/>" }] } },
    { ...message, body: { Code: "010", Description: "\u0000" } },
  ]
  for (const form of broken) {
    assert.ok(
      troubleOf(() => writeScript(form as ScriptMessage)),
      JSON.stringify(form),
    )
  }
})

test("a denial wins over whatever else was said, and silence is not a yes", () => {
  assert.deepEqual(decisionIn({ Approved: {}, Denied: {} }), {
    outcome: "Denied",
    isAmbiguous: true,
  })
  assert.deepEqual(decisionIn({ ApprovedWithChanges: {} }), {
    outcome: "ApprovedWithChanges",
    isAmbiguous: false,
  })
  assert.deepEqual(decisionIn({}), { outcome: "unclear", isAmbiguous: false })
})

test("a code that nobody knows is unknown, and an unknown schedule is not no schedule", () => {
  assert.equal(scheduleOf("C48675"), "CII")
  assert.equal(scheduleOf("toString"), "unknown")
  assert.equal(scheduleOf(undefined), "none")
  assert.equal(unitOf("C48542"), "tablet")
  assert.equal(receiptOf("900"), "rejected")
  assert.equal(changeRequestOf("OS"), "out_of_stock")
  assert.equal(drugUseReasonOf("DD"), "drug_drug")
  for (const meaning of [unitOf, receiptOf, changeRequestOf, drugUseReasonOf]) {
    assert.equal(meaning("?"), "unknown")
  }
})
