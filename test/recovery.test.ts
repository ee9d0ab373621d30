/** A live call outlives whatever dies or is replaced under it, and acts once. */
import assert from "node:assert/strict"
import { test } from "node:test"
import { fileURLToPath } from "node:url"
import {
  agentSpoke,
  assertRefilled,
  heardBy,
  openTelephone,
  ringForRefill,
  say,
  type Telephone,
  until,
} from "./telephone.ts"

const VOICE = fileURLToPath(new URL("../voice/module.ts", import.meta.url))

function kill(here: Telephone, module: string): void {
  const pid = here.house.host.pidOf(module)
  assert.ok(pid)
  process.kill(pid, "SIGKILL")
}

test("a call whose telephone is killed is taken up again where it stood", async (t) => {
  const here = await openTelephone(t)
  const call = await ringForRefill(here)
  const killedAtMs = Date.now()
  kill(here, "voice")
  await agentSpoke(call, killedAtMs)
  await assertRefilled(here, call)
  const { timeline } = call.leg
  assert.equal(timeline.all("streamStarted").length, 2)
  assert.equal(timeline.all("fallback").length, 0)
})

test("an update of the telephone leaves the call with the copy that has it", async (t) => {
  const here = await openTelephone(t)
  const { host } = here.house
  const call = await ringForRefill(here)
  const old = host.pidOf("voice")
  await host.swap("voice", VOICE)
  assert.notEqual(host.pidOf("voice"), old)

  const fresh = here.ring("+15125550191")
  await say(fresh, "what time do you close today")
  const live = await here.house.ask<{ calls: readonly { call: string }[] }>("voice.live")
  assert.deepEqual(
    live.value.calls.map((one) => one.call),
    [fresh.sid],
  )
  await say(fresh, "no thank you")
  await fresh.ended
  assert.match(await heardBy(here, fresh), /until 6 PM/i)

  await assertRefilled(here, call)
  assert.equal(call.leg.timeline.all("streamStarted").length, 1)
  await until("the old copy has gone", () => !isAlive(old))
})

test("a call with the old copy of an updated telephone is given to a person", async (t) => {
  const here = await openTelephone(t)
  const call = await ringForRefill(here)
  await here.house.host.swap("voice", VOICE)
  call.handset.press("0")
  await call.leg.timeline.first("bridged")
  await call.ended
  assert.equal(call.leg.timeline.all("streamStarted").length, 1)
})

for (const module of ["conversations", "pms", "refills"])
  test(`a call during which ${module} is killed goes on, and acts once`, async (t) => {
    const here = await openTelephone(t)
    const call = await ringForRefill(here)
    kill(here, module)
    await assertRefilled(here, call)
    assert.equal(call.leg.timeline.all("streamStarted").length, 1)
  })

function isAlive(pid: number | undefined): boolean {
  try {
    return process.kill(pid ?? 0, 0)
  } catch {
    return false
  }
}
