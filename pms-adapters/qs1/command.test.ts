/** What an installer is told of the pharmacy system, and what is never said. */
import assert from "node:assert/strict"
import { mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { after, afterEach, before, test } from "node:test"
import { pmsCommand } from "../command.ts"
import type { RestWorld } from "../rest-world.ts"
import { startQs1World } from "./world.ts"

let world: RestWorld
const folder = mkdtempSync(join(tmpdir(), "mortar-pms-"))
const siteFile = join(folder, "site.yaml")

before(async () => {
  world = await startQs1World()
  const pms = { adapter: "qs1", settings: world.settings(3_000) }
  writeFileSync(siteFile, JSON.stringify({ key: "file:master", pms }))
})
afterEach(() => world.reset())
after(async () => {
  await world.stop()
  rmSync(folder, { recursive: true, force: true, maxRetries: 10 })
})

async function told(...args: readonly string[]) {
  const lines: string[] = []
  const environment = { QS1_PASSWORD: "demo" }
  const load = async (file: string): Promise<{ default?: unknown }> => import(file)
  const print = (line: string) => void lines.push(line)
  const code = await pmsCommand(["test", ...args], { siteFile, environment, load, print })
  return { code, lines, text: lines.join("\n") }
}

test("with a prescription every question is tried, on a line of its own, and nothing is done", async () => {
  const { code, lines, text } = await told("--rx", "7001234")
  assert.equal(code, 0, text)
  for (const name of ["ping", "getPrescription", "getPatient", "findPatients"]) {
    assert.match(text, new RegExp(`^works .*\\b${name}\\b`, "m"))
  }
  assert.match(text, /^absent .*findPatientsByPhone/m)
  assert.match(text, /^untried .*submitRefill .*would be carried out/m)
  assert.equal(lines.length, 14)
  for (const value of ["Carter", "1958", "555", "7001234", "atorvastatin"]) {
    assert.ok(!text.includes(value), value)
  }
  assert.deepEqual(await world.submissions(), [])
})

test("a refused password is told in words that say what to do, and the rest is not tried", async () => {
  await world.trouble({ mode: "unauthorized" })
  const { code, lines, text } = await told()
  assert.equal(code, 1)
  assert.match(text, /^FAILS .*refused our credentials. Check the configured secret/m)
  assert.equal(lines.length, 2)
})

test("a number that is not on file fails in plain words", async () => {
  const { code, text } = await told("--rx", "7999999")
  assert.equal(code, 1)
  assert.match(text, /^FAILS .*getPrescription .*No prescription has that number/m)
  assert.match(text, /^untried .*getPatient/m)
})
