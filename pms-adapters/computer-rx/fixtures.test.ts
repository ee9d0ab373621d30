/** Each quirk of Computer-Rx's files, as files that were dropped and what is then known. */
import assert from "node:assert/strict"
import { globSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { test } from "node:test"
import { Type as t } from "typebox"
import { Value } from "typebox/value"
import { VirtualClock } from "#core/clock.ts"
import { parseJson } from "#core/json.ts"
import { pms } from "#core/pms.ts"
import type { Command } from "../define.ts"
import { runAdapter } from "../test-context.ts"
import adapter from "./adapter.ts"

const Fixture = t.Object({
  quirk: t.String(),
  /** Dropped one after the other; each is looked at before the next. */
  files: t.Array(t.Object({ name: t.String(), lines: t.Array(t.String()) }), { minItems: 1 }),
  ask: t.Object({ command: t.String(), input: t.Unknown() }),
  /** A part of the answer that must be there, or the code of a fault. */
  means: t.Union([t.String(), t.Record(t.String(), t.Unknown())]),
  /** Keys that must not be in the answer. */
  absent: t.Optional(t.Array(t.String())),
})

const paths = globSync(`${import.meta.dirname}/fixtures/*.json`)

test(`there are recorded files (${paths.length})`, () => assert.ok(paths.length > 0))

for (const path of paths) {
  const fixture = parseJson(readFileSync(path, "utf8"), Fixture)
  test(fixture.quirk, async (t) => {
    const folder = mkdtempSync(join(tmpdir(), "mortar-files-"))
    t.after(() => rmSync(folder, { recursive: true, force: true, maxRetries: 10 }))
    const running = await runAdapter(adapter, {
      settings: {
        exportsFolder: folder,
        requestsFolder: folder,
        answersFolder: folder,
        storeId: "1234567",
        word: "env:WORD",
      },
      secrets: { "env:WORD": "word" },
      clock: new VirtualClock(Date.UTC(2026, 10, 20, 18)),
    })
    t.after(() => running.stop())
    for (const { name, lines } of fixture.files) {
      writeFileSync(join(folder, name), `${lines.join("\r\n")}\r\n`, "latin1")
      await running.readChanges()
    }
    const { command, input } = fixture.ask
    assert.ok(isCommand(command))
    const answer = await running.ask(command, Value.Parse(pms.commands[command].input, input))
    if (typeof fixture.means === "string") {
      return assert.equal(!answer.ok && answer.fault.code, fixture.means)
    }
    const value: unknown = answer.ok ? answer.value : {}
    assert.partialDeepStrictEqual(value, fixture.means)
    for (const key of fixture.absent ?? []) assert.ok(!Object.hasOwn(Object(value), key), key)
  })
}

function isCommand(name: string): name is Command {
  return Object.hasOwn(pms.commands, name)
}
