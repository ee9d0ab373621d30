/** Claims under spoilt transmissions: what was read and can be written is read the same again. */
import assert from "node:assert/strict"
import { readFrame, writeFrame } from "../../pms-adapters/ncpdp/telecom/frame.ts"
import { readRequest, reversalOf, writeRequest } from "../../pms-adapters/ncpdp/telecom/request.ts"
import { readResponse, writeResponse } from "../../pms-adapters/ncpdp/telecom/response.ts"
import {
  billing,
  compounded,
  covered,
  eligibility,
  tooSoon,
} from "../../pms-adapters/ncpdp/telecom/sample.ts"
import { TelecomError } from "../../pms-adapters/ncpdp/telecom/trouble.ts"
import type { Codec } from "./codecs.ts"

const [claim] = billing.transactions
const otherPayers = {
  payers: [
    { coverage: "01", id: "999902", paid: [{ qualifier: "07", amountCents: 1_000 }] },
    { coverage: "02", rejects: [{ code: "70" }] },
  ],
}
const dur = { conflicts: [{ reason: "DD", service: "M0", result: "1G" }, { reason: "ID" }] }
const many = {
  ...billing,
  transactions: claim ? [{ ...claim, otherPayers, dur }, claim, claim] : [],
}

export const telecom: Codec = {
  samples: [
    ...[many, compounded, eligibility, reversalOf(billing)].map(writeRequest),
    ...[tooSoon, covered].map(writeResponse),
  ],
  read(bytes) {
    // Each reader looks at everything; the refusal of one is no refusal of the other.
    const refusals = [asFrames, asRequest, asResponse].flatMap((read) => refusalOf(read, bytes))
    if (refusals.length === 3) throw refusals[0]
  },
  isRefusal: (error) => error instanceof TelecomError,
}

function refusalOf(read: (bytes: Buffer) => void, bytes: Buffer): readonly TelecomError[] {
  try {
    read(bytes)
    return []
  } catch (error) {
    if (error instanceof TelecomError) return [error]
    throw error
  }
}

function asFrames(bytes: Buffer): void {
  const frame = readFrame(bytes, "request")
  assert.deepEqual(writeFrame(frame, "request"), bytes)
}

function asRequest(bytes: Buffer): void {
  const { request } = readRequest(bytes)
  const again = readRequest(writeRequest(request)).request
  assert.deepEqual(withoutOthers(again), withoutOthers(request))
}

function asResponse(bytes: Buffer): void {
  const { response } = readResponse(bytes)
  const again = readResponse(writeResponse(response)).response
  assert.deepEqual(withoutOthers(again), withoutOthers(response))
}

/** What no form knows is kept, but not always in its order. */
function withoutOthers(form: object): unknown {
  return JSON.parse(JSON.stringify(form, (key, value) => (key === "others" ? undefined : value)))
}
