/** Connections outlive the copy of a module that should have taken them, or that took them. */
import assert from "node:assert/strict"
import { once } from "node:events"
import { connect, type Socket } from "node:net"
import { type TestContext, test } from "node:test"
import { fixture, startHost } from "./fixtures/house.ts"

async function open(t: TestContext) {
  const host = await startHost(t, ["doorman"])
  const port = await host.listeners.open("public", 0, "127.0.0.1")
  const enter = async () => {
    const guest = connect(port, "127.0.0.1")
    t.after(() => guest.destroy())
    await once(guest, "connect")
    return guest
  }
  return { host, enter }
}

/** The process that holds the other end. */
async function servedBy(guest: Socket): Promise<number> {
  guest.write("who are you?")
  const [answer] = await once(guest, "data")
  return Number(answer)
}

test("a swap leaves open connections with the old copy, which goes when the last one does", async (t) => {
  const { host, enter } = await open(t)
  const old = host.pidOf("doorman")
  const staying = await enter()
  assert.equal(await servedBy(staying), old)

  await host.swap("doorman", fixture("doorman"))
  const fresh = await enter()
  assert.equal(await servedBy(fresh), host.pidOf("doorman"))
  assert.notEqual(host.pidOf("doorman"), old)
  assert.equal(await servedBy(staying), old)

  staying.end()
  while (isAlive(old)) await new Promise((resolve) => setImmediate(resolve))
  assert.equal(await servedBy(fresh), host.pidOf("doorman"))
})

test("a house that closes does not wait for connections of a copy that was replaced", async (t) => {
  const { host, enter } = await open(t)
  const staying = await enter()
  await servedBy(staying)
  await host.swap("doorman", fixture("doorman"))
  const gone = once(staying, "close")
  await host.stop()
  await gone
})

test("a connection that comes while its module is started again is served by the next copy", async (t) => {
  const { host, enter } = await open(t)
  const old = host.pidOf("doorman")
  const first = await enter()
  await servedBy(first)
  const gone = once(first, "close")
  process.kill(old ?? 0, "SIGKILL")
  await gone
  const early = await enter()
  assert.equal(await servedBy(early), host.pidOf("doorman"))
  assert.notEqual(host.pidOf("doorman"), old)
})

function isAlive(pid: number | undefined): boolean {
  try {
    return process.kill(pid ?? 0, 0)
  } catch {
    return false
  }
}
