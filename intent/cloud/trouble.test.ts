/** What is tried again, when, and what is not. */
import assert from "node:assert/strict"
import { test } from "node:test"
import fc from "fast-check"
import { troubleOf, waitBefore } from "./trouble.ts"

const failed = (status: number, headers: Readonly<Record<string, string>> = {}, more = {}) =>
  troubleOf({ status, headers: new Headers(headers), ...more }, 1_000_000)

test("only what may pass is tried again", () => {
  for (const status of [408, 409, 429, 500, 502, 503, 504, 529])
    assert.equal(failed(status).isRetryable, true, String(status))
  for (const status of [400, 401, 402, 403, 404, 413, 422])
    assert.equal(failed(status).isRetryable, false, String(status))
  assert.equal(troubleOf(new TypeError("terminated"), 0).isRetryable, true)
})

test("no patience helps when the money ran out", () => {
  assert.equal(failed(429, {}, { code: "insufficient_quota" }).isRetryable, false)
  assert.equal(failed(429, {}, { errorCode: "enforced_spend_limit_reached" }).isRetryable, false)
})

test("retry-after is read as seconds and as a date", () => {
  assert.equal(failed(429, { "retry-after": "2" }).retryAfterMs, 2_000)
  const date = new Date(1_004_000).toUTCString()
  assert.equal(failed(503, { "retry-after": date }).retryAfterMs, 4_000)
  assert.equal(failed(503, { "retry-after": "soon" }).retryAfterMs, undefined)
})

test("nobody comes back before the provider asked them to, and never much later than that", () => {
  const asked = fc.integer({ min: 0, max: 60_000 })
  const chance = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true })
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 40 }), chance, asked, (retry, lot, retryAfterMs) => {
      const waitMs = waitBefore(retry, lot, { retryAfterMs })
      assert.ok(waitMs >= retryAfterMs && waitMs <= retryAfterMs + 5_000)
    }),
  )
})
