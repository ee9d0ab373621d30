/** The limit on wrong passwords, on a clock that is moved by hand. */
import assert from "node:assert/strict"
import { test } from "node:test"
import { VirtualClock } from "#core/clock.ts"
import { LoginLimit } from "./login-limit.ts"

const here = "192.0.2.1"
const elsewhere = "192.0.2.2"

test("ten tries in a minute are admitted, the next one waits, and other addresses do not", () => {
  const clock = new VirtualClock(0)
  const limit = new LoginLimit(clock)
  for (let n = 0; n < 10; n++) assert.ok(limit.admits(here))
  assert.ok(!limit.admits(here))
  assert.ok(limit.admits(elsewhere))
  clock.advance(59_999)
  assert.ok(!limit.admits(here))
  clock.advance(1)
  assert.ok(limit.admits(here))
})

test("the right password forgives the wrong ones before it", () => {
  const limit = new LoginLimit(new VirtualClock(0))
  for (let n = 0; n < 10; n++) limit.admits(here)
  limit.forgive(here)
  assert.ok(limit.admits(here))
})

test("a thousand addresses are remembered, and the one that tried longest ago is forgotten", () => {
  const limit = new LoginLimit(new VirtualClock(0))
  for (let n = 0; n < 10; n++) limit.admits(here)
  for (let n = 0; n < 1_000; n++) limit.admits(`address-${n}`)
  assert.ok(limit.admits(here))
})
