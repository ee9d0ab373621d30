/**
 * The wire formats beside public packages that read them: messages read, looked into and written.
 * The reference for HL7 is Medplum's parser, which leaves escapes for its caller to undo.
 */
import assert from "node:assert/strict"
import { Hl7Message } from "@medplum/core"
import { readMessage, segmentOfKind, writeMessage } from "../pms-adapters/hl7/message.ts"
import { FrameReader, framed } from "../pms-adapters/hl7/mllp/frame.ts"
import { partOf, repetitionsAt, valueAt } from "../pms-adapters/hl7/value.ts"
import { scriptRows } from "./codec-rows-script.ts"
import { telecomRows } from "./codec-rows-telecom.ts"
import { type BenchResult, compare } from "./contest.ts"

const MESSAGES = 10_000
const ITEMS = 8

/** A patient with as many prescriptions as a chronic patient has. */
function sample(): string {
  const items = Array.from({ length: ITEMS }, (_, index) => [
    `ORC|RE|MTR${index}^MORTAR|70012${index}^PMS||CM|||||||1234567893^WINTER^ADA^^^DR`,
    [
      `RXE|1^^^20261101|9999910250${index}^ATORVASTATIN 20 MG TABLET^NDC|1||TAB|`,
      `TAKE ONE \\T\\ REST|||30|TAB|5|||70012${index}|2|3|20261101`,
    ].join("|"),
    `ZRX|30|20261120|12.50`,
  ])
  const header =
    "MSH|^~\\&|PMS|STORE1|MORTAR|STORE1|20261120101500-0600||RDE^O11^RDE_O11|M000001|P|2.5.1"
  const patient =
    "PID|1||P1001^^^STORE1^PI~77^^^X^MR||CARTER^JAMES||19580314|M|||1 NOWHERE LN^^^TX||5125550100"
  return [header, patient, ...items.flat()].map((line) => `${line}\r`).join("")
}

export async function bench(): Promise<BenchResult> {
  const text = sample()
  const bytes = Buffer.from(text)
  const rows = [
    await compare({
      what: "HL7 messages read, five values taken",
      ours: () => repeat(() => ourValues(bytes)),
      reference: () => repeat(() => theirValues(bytes.toString("utf8"))),
    }),
    await compare({
      what: "HL7 messages read and written again",
      ours: () => repeat(() => writeMessage(readMessage(bytes)).length),
      reference: () =>
        repeat(() => Buffer.from(Hl7Message.parse(bytes.toString()).toString()).length),
    }),
    await compare({
      what: "HL7 messages out of MLLP frames, read",
      ours: () => framesRead(bytes, (message) => readMessage(message).segments.length),
      reference: () =>
        framesRead(bytes, (message) => Hl7Message.parse(message.toString()).segments.length),
    }),
    ...(await scriptRows()),
    ...(await telecomRows()),
  ]
  return { name: "wire formats beside public packages", rows }
}

function repeat(act: () => number): number {
  let total = 0
  for (let count = 0; count < MESSAGES; count++) total += act()
  assert.ok(total > 0)
  return MESSAGES
}

function ourValues(bytes: Buffer): number {
  const message = readMessage(bytes)
  const patient = segmentOfKind(message, "PID")
  const [first = ""] = repetitionsAt(patient, 3)
  const values = [
    partOf(first, 1),
    valueAt(patient, 5, 1),
    valueAt(patient, 7),
    valueAt(segmentOfKind(message, "RXE"), 2, 2),
    valueAt(segmentOfKind(message, "RXE"), 15),
  ]
  return values.filter((value) => value).length
}

function theirValues(text: string): number {
  const message = Hl7Message.parse(text)
  const patient = message.getSegment("PID")
  const encoded = message.getSegment("RXE")
  const values = [
    patient?.getField(3)?.getComponent(1),
    patient?.getField(5)?.getComponent(1),
    patient?.getField(7)?.toString(),
    encoded?.getField(2)?.getComponent(2),
    encoded?.getField(15)?.toString(),
  ]
  return values.filter((value) => value).length
}

const CHUNK = 1_460

function framesRead(bytes: Buffer, read: (message: Buffer) => number): number {
  const stream = Buffer.concat(Array.from({ length: 50 }, () => framed(bytes)))
  let count = 0
  while (count < MESSAGES) {
    const reader = new FrameReader(1_000_000)
    for (let at = 0; at < stream.length; at += CHUNK) {
      for (const frame of reader.read(stream.subarray(at, at + CHUNK))) {
        if (frame.kind === "message" && read(frame.bytes) > 0) count++
      }
    }
  }
  return count
}
