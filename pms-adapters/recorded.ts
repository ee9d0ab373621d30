/**
 * Declares a test for each recorded exchange with a REST vendor: what is asked, what was answered,
 * and what that means in our words. For tests only.
 */
import assert from "node:assert/strict"
import { once } from "node:events"
import { globSync, readFileSync } from "node:fs"
import { createServer } from "node:http"
import { test } from "node:test"
import { type Static, type TSchema, Type as t } from "typebox"
import { Value } from "typebox/value"
import { VirtualClock } from "#core/clock.ts"
import { Outage } from "#core/fault.ts"
import { parseJson } from "#core/json.ts"
import { pms } from "#core/pms.ts"
import type { Command, PmsAdapter } from "./define.ts"
import { runAdapter } from "./test-context.ts"

const Exchanged = t.Object({
  /** Method and address, as in `GET /refill/7001234`. */
  asked: t.String(),
  body: t.Optional(t.Unknown()),
  status: t.Optional(t.Integer()),
  answer: t.Unknown(),
})

const Fixture = t.Object({
  quirk: t.String(),
  ask: t.Object({ command: t.String(), input: t.Unknown() }),
  exchanges: t.Array(Exchanged, { minItems: 1 }),
  /** A part of the answer that must be there, or the code of a fault or an outage. */
  means: t.Union([t.String(), t.Record(t.String(), t.Unknown())]),
  /** Keys that must not be in the answer. */
  absent: t.Optional(t.Array(t.String())),
})
type Fixture = Static<typeof Fixture>

/** How recorded bodies are written and read, for a vendor that does not speak JSON. */
export interface RecordedWire {
  /** What of a body is compared: a vendor's may hold moments and numbers of their own. */
  asked(text: string): unknown
  answered(answer: unknown): string
}

const json: RecordedWire = {
  asked: (text) => (text ? parseJson(text, t.Unknown()) : undefined),
  answered: (answer) => JSON.stringify(answer),
}

export interface Recorded<C extends TSchema> {
  readonly adapter: PmsAdapter<C>
  /** The folder of the exchanges. */
  readonly folder: string
  readonly settings: object
  readonly secrets: Readonly<Record<string, string>>
  readonly nowMs: number
  readonly wire?: RecordedWire
}

/** One test for each file of the folder. */
export function replayAll<C extends TSchema>(recorded: Recorded<C>): void {
  const paths = globSync(`${recorded.folder}/*.json`)
  test(`there are recorded exchanges (${paths.length})`, () => assert.ok(paths.length > 0))
  for (const path of paths) {
    const fixture = parseJson(readFileSync(path, "utf8"), Fixture)
    test(fixture.quirk, async () => {
      const { means, asked } = await replay(recorded, fixture)
      const expected = fixture.exchanges.map(({ asked: address, body }) => ({ address, body }))
      assert.deepEqual(asked, expected)
      if (typeof fixture.means === "string") return assert.equal(means, fixture.means)
      assert.partialDeepStrictEqual(means, fixture.means)
      for (const key of fixture.absent ?? []) assert.ok(!Object.hasOwn(Object(means), key))
    })
  }
}

/** Asks the adapter while a server stands in for the vendor with the recorded answers. */
async function replay<C extends TSchema>(
  { adapter, settings, secrets, nowMs, wire = json }: Recorded<C>,
  { ask: { command, input }, exchanges }: Fixture,
) {
  const asked: { address: string; body: unknown }[] = []
  const server = createServer(async (request, response) => {
    const text = Buffer.concat(await request.toArray()).toString()
    const exchange = exchanges[asked.length]
    asked.push({ address: `${request.method} ${request.url}`, body: wire.asked(text) })
    response.writeHead(exchange?.status ?? 200, { "content-type": "application/json" })
    response.end(wire.answered(exchange?.answer ?? {}))
  }).listen(0, "127.0.0.1")
  await once(server, "listening")
  const address = server.address()
  const port = typeof address === "object" ? address?.port : undefined
  const baseUrl = `http://127.0.0.1:${port}`
  const clock = new VirtualClock(nowMs)
  const running = await runAdapter(adapter, {
    settings: { ...settings, baseUrl },
    secrets,
    clock,
  })
  try {
    assert.ok(isCommand(command))
    const answer = await running.ask(command, Value.Parse(pms.commands[command].input, input))
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

function isCommand(name: string): name is Command {
  return Object.hasOwn(pms.commands, name)
}
