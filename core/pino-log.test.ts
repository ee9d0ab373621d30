import assert from "node:assert/strict"
import { test } from "node:test"
import { pinoLog } from "./pino-log.ts"

function collected() {
  const lines: string[] = []
  const log = pinoLog({ level: "debug", destination: { write: (line) => void lines.push(line) } })
  return { lines, log }
}

test("a line holds its message, its values and the module it came from", () => {
  const { lines, log } = collected()
  log.child({ module: "refills" }).info("submitted", { tookMs: 12, isDuplicate: false })
  const { module, msg, tookMs, isDuplicate } = JSON.parse(lines[0] ?? "")
  assert.deepEqual([module, msg, tookMs, isDuplicate], ["refills", "submitted", 12, false])
  assert.equal(log.caught(), 0)
})

for (const value of [
  "+15125550123",
  "(512) 555-0123",
  "7001234",
  "1985-03-03",
  "3/3/1985",
  "testa@example.org",
])
  test(`a value such as ${value} is withheld and counted`, () => {
    const { lines, log } = collected()
    log.warn("a mistake of ours", { from: value })
    log.warn(`a mistake with ${value}`)
    assert.equal(
      lines.some((line) => line.includes(value)),
      false,
    )
    assert.equal(log.caught(), 2)
  })

test("ids, versions, prices in cents and places in the code are not caught", () => {
  const { log } = collected()
  log.info("ids", { act: "01m7w53ttk6wg9eje5j023s4bp", version: "1.12.0", copayCents: 1250 })
  log.info("places", { at: "at run (file:///app/core/host.ts:164:36)", call: "CA0af3d2c1b9e8" })
  assert.equal(log.caught(), 0)
})
