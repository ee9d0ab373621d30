/** Each quirk of the demo vendor, as one recorded exchange that the adapter must understand. */
import assert from "node:assert/strict"
import { once } from "node:events"
import { globSync, readFileSync } from "node:fs"
import { createServer } from "node:http"
import type { AddressInfo } from "node:net"
import { test } from "node:test"
import { type Static, Type as t } from "typebox"
import { VirtualClock } from "#core/clock.ts"
import { Outage } from "#core/fault.ts"
import { parseJson } from "#core/json.ts"
import { pms } from "#core/pms.ts"
import type { Command } from "../define.ts"
import { runAdapter } from "../test-context.ts"
import adapter from "./adapter.ts"

const Fixture = t.Object({
  quirk: t.String(),
  ask: t.Object({ command: t.String(), input: t.Unknown() }),
  exchange: t.Object({ path: t.String(), body: t.Unknown(), answer: t.Unknown() }),
  /** A part of the answer that must be there, or the code of a fault or an outage. */
  means: t.Union([t.String(), t.Record(t.String(), t.Unknown())]),
  /** Keys that must not be in the answer. */
  absent: t.Optional(t.Array(t.String())),
})

const paths = globSync(`${import.meta.dirname}/fixtures/*.json`)

test(`there are recorded exchanges (${paths.length})`, () => assert.ok(paths.length > 0))

for (const path of paths) {
  const fixture = parseJson(readFileSync(path, "utf8"), Fixture)
  test(fixture.quirk, async () => {
    const { means, asked } = await replay(fixture)
    assert.deepEqual(asked, fixture.exchange.body)
    if (typeof fixture.means === "string") return assert.equal(means, fixture.means)
    assert.partialDeepStrictEqual(means, fixture.means)
    for (const key of fixture.absent ?? []) assert.ok(!Object.hasOwn(Object(means), key))
  })
}

/** Asks the adapter while a server stands in for the vendor with the recorded answer. */
async function replay({ ask, exchange }: Static<typeof Fixture>) {
  let asked: unknown
  const server = createServer(async (request, response) => {
    const chunks = await request.toArray()
    if (request.url !== exchange.path) return response.writeHead(404).end()
    asked = JSON.parse(Buffer.concat(chunks).toString())
    return response.end(JSON.stringify(exchange.answer))
  }).listen(0, "127.0.0.1")
  await once(server, "listening")
  const { port } = server.address() as AddressInfo
  const settings = {
    baseUrl: `http://127.0.0.1:${port}`,
    user: "user",
    password: "file:password",
    npi: "1234567893",
    customerKey: "file:key",
  }
  const secrets = { "file:password": "word", "file:key": "key" }
  const clock = new VirtualClock(0)
  const running = await runAdapter(adapter, { settings, secrets, clock })
  try {
    assert.ok(Object.hasOwn(pms.commands, ask.command))
    const answer = await running.ask(ask.command as Command, ask.input as never)
    return { asked, means: answer.ok ? answer.value : answer.fault.code }
  } catch (trouble) {
    if (trouble instanceof Outage) return { asked, means: trouble.code }
    throw trouble
  } finally {
    await running.stop()
    server.closeAllConnections()
    server.close()
  }
}
