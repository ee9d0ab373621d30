/** Each quirk of systems that speak HL7, as one message and what is then known. */
import assert from "node:assert/strict"
import { once } from "node:events"
import { globSync, readFileSync } from "node:fs"
import { connect } from "node:net"
import { test } from "node:test"
import { type Static, Type as t } from "typebox"
import { VirtualClock } from "#core/clock.ts"
import { parseJson } from "#core/json.ts"
import { pms } from "#core/pms.ts"
import type { Command } from "../define.ts"
import { freePort } from "../free-port.ts"
import { framed } from "../hl7/mllp/frame.ts"
import { type Running, runAdapter } from "../test-context.ts"
import adapter from "./adapter.ts"
import { dialect } from "./world.ts"

const Fixture = t.Object({
  quirk: t.String(),
  /** One message for each; bytes are Latin-1 when `latin1` says so. */
  messages: t.Array(t.Array(t.String())),
  latin1: t.Optional(t.Boolean()),
  /** What the site sets otherwise than the simulator's. */
  settings: t.Optional(t.Record(t.String(), t.Unknown())),
  ask: t.Object({ command: t.String(), input: t.Unknown() }),
  /** A part of the answer that must be there, or the code of a fault. */
  means: t.Union([t.String(), t.Record(t.String(), t.Unknown())]),
  absent: t.Optional(t.Array(t.String())),
})

const paths = globSync(`${import.meta.dirname}/fixtures/*.json`)

test(`there are recorded messages (${paths.length})`, () => assert.ok(paths.length > 0))

for (const path of paths) {
  const fixture = parseJson(readFileSync(path, "utf8"), Fixture)
  test(fixture.quirk, async (t) => {
    const port = await freePort()
    const settings = {
      ...dialect,
      feed: { host: "127.0.0.1", port, allowFrom: ["127.0.0.1"] },
      orders: { host: "127.0.0.1", port: 1 },
      ...fixture.settings,
    }
    const clock = new VirtualClock(Date.UTC(2026, 10, 20, 18))
    const running = await runAdapter(adapter, { settings, secrets: {}, clock })
    t.after(() => running.stop())
    for (const lines of fixture.messages)
      await tell(port, lines, fixture.latin1 ? "latin1" : "utf8")
    await expectMeaning(running, fixture)
  })
}

/** Sends one message and waits for the answer. */
async function tell(port: number, lines: readonly string[], encoding: BufferEncoding) {
  const socket = connect(port, "127.0.0.1")
  socket.write(framed(Buffer.from(lines.join("\r"), encoding)))
  await once(socket, "data")
  socket.destroy()
}

async function expectMeaning(
  running: Running,
  { ask, means, absent = [] }: Static<typeof Fixture>,
) {
  assert.ok(Object.hasOwn(pms.commands, ask.command))
  const answer = await running.ask(ask.command as Command, ask.input as never)
  if (typeof means === "string") return assert.equal(!answer.ok && answer.fault.code, means)
  const value: unknown = answer.ok ? answer.value : {}
  assert.partialDeepStrictEqual(value, means)
  for (const key of absent) assert.ok(!Object.hasOwn(Object(value), key), key)
}
