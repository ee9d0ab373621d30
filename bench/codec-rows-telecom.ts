/**
 * Claims beside plain JSON: no public package for D.0 is on npm, so the reference is what the
 * runtime itself needs for the same claim as JSON, read with JSON.parse and nothing checked.
 */
import assert from "node:assert/strict"
import { readRequest, writeRequest } from "../pms-adapters/ncpdp/telecom/request.ts"
import { billing } from "../pms-adapters/ncpdp/telecom/sample.ts"
import { type BenchRow, compare } from "./contest.ts"

const CLAIMS = 5_000

export async function telecomRows(): Promise<readonly BenchRow[]> {
  const bytes = writeRequest(billing)
  const json = Buffer.from(JSON.stringify(billing))
  return [
    await compare({
      what: "D.0 claims read and checked, beside bare JSON",
      ours: () => repeat(() => readRequest(bytes).request.transactions.length),
      reference: () => repeat(() => Object.keys(JSON.parse(json.toString())).length),
    }),
    await compare({
      what: "D.0 claims written, beside bare JSON",
      ours: () => repeat(() => writeRequest(billing).length),
      reference: () => repeat(() => Buffer.from(JSON.stringify(billing)).length),
    }),
  ]
}

function repeat(act: () => number): number {
  let total = 0
  for (let count = 0; count < CLAIMS; count++) total += act()
  assert.ok(total > 0)
  return CLAIMS
}
