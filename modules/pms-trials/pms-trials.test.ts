/** Another system tried through the contract: what fits works, and no secret goes astray. */
import assert from "node:assert/strict"
import { join } from "node:path"
import { test } from "node:test"
import type { Output } from "#core/contract.ts"
import { type House, openHouse } from "../../test/house.ts"
import { until } from "../../test/telephone.ts"
import type { pmsTrials, Tried } from "./contract.ts"
import { isOfPms, referencesIn } from "./references.ts"

const program = join(import.meta.dirname, "../../main.ts")
const options = { only: ["pms-trials", "pms"], settings: { "pms-trials": { program } } }
const secrets = { password: "env:DEMO_PMS_PASSWORD", customerKey: "env:DEMO_PMS_CUSTOMER_KEY" }

function begin(house: House, settings: object, adapter = "demo") {
  return house.asStaff("operator", "pms-trials.begin", { adapter, settings })
}

async function tried(house: House, settings: object, adapter = "demo"): Promise<Tried> {
  const begun = await begin(house, settings, adapter)
  assert.ok(begun.kind === "done", JSON.stringify(begun))
  let found: Tried | undefined
  await until("the trial has ended", async () => {
    const reply = await house.asStaff("operator", "pms-trials.result", begun.value as object)
    assert.ok(reply.kind === "done")
    found = (reply.value as { tried?: Tried }).tried
    return found !== undefined
  })
  assert.ok(found)
  return found
}

test("a system that answers is said to work, and what belongs into the site file is told", async (t) => {
  const house = await openHouse(t, options)
  const settings = { baseUrl: house.pmsUrl, ...secrets, timeoutMs: 2_000 }
  const { problems, findings, yaml } = await tried(house, settings)
  assert.deepEqual(problems, [])
  assert.deepEqual([findings[0]?.operation, findings[0]?.mark], ["ping", "works"])
  assert.ok(findings.every(({ mark }) => mark !== "fails"))
  // What is as usual is not repeated, and no secret's value is there.
  assert.equal(
    yaml,
    `pms:\n  adapter: demo\n  settings:\n    baseUrl: ${house.pmsUrl}\n    timeoutMs: 2000\n`,
  )
  assert.deepEqual(await house.submissions(), [])
})

test("what does not fit is said by its name, and a silent system by what to look at", async (t) => {
  const house = await openHouse(t, options)
  const wrong = await tried(house, { npi: "12" })
  assert.deepEqual([wrong.problems.map(({ where }) => where), wrong.yaml], [["npi"], undefined])
  const silent = await tried(house, { baseUrl: "http://127.0.0.1:9", ...secrets })
  assert.match(silent.findings[0]?.says ?? "", /does not answer/)
  const nobody = await tried(house, {}, "nobody")
  assert.equal(nobody.problems[0]?.says, "There is no adapter of that name.")
  const missing = await tried(house, { baseUrl: house.pmsUrl, password: "env:NO_PMS_SECRET" })
  assert.match(missing.problems[0]?.says ?? "", /secret that the configuration refers to/)
})

test("only a secret of the pharmacy system is ever sent to an address that somebody typed", async (t) => {
  const house = await openHouse(t, options)
  for (const stolen of [
    "env:TWILIO_AUTH_TOKEN",
    "keychain:mortar-master",
    "file:/pms/../master.key",
  ]) {
    const reply = await begin(house, { baseUrl: "http://127.0.0.1:9", password: stolen })
    assert.equal(reply.kind === "fault" && reply.code, "not_of_pms", stolen)
  }
  const nested = { events: { password: "env:TWILIO_AUTH_TOKEN" } }
  assert.deepEqual(referencesIn(nested), ["env:TWILIO_AUTH_TOKEN"])
  for (const fine of ["env:DEMO_PMS_PASSWORD", "keychain:mortar-pms", "file:/etc/mortar/pms.key"])
    assert.ok(isOfPms(fine), fine)
  assert.equal(isOfPms("file:/pms/master.key"), false)
})

test("each adapter is offered with its own settings, and the one in use is marked", async (t) => {
  const house = await openHouse(t, options)
  type Choices = Output<typeof pmsTrials, "choices">
  let choices: Choices | undefined
  await until("the adapters are listed", async () => {
    const reply = await house.asStaff("manager", "pms-trials.choices")
    if (reply.kind === "done") choices = reply.value as Choices
    return choices !== undefined
  })
  assert.ok(choices)
  assert.equal(choices.inUse.adapter, "demo")
  const liberty = choices.adapters.find(({ adapter }) => adapter === "liberty")
  const kinds = liberty?.fields.map(({ name, kind }) => [name, kind])
  assert.deepEqual(kinds?.slice(0, 3), [
    ["baseUrl", "text"],
    ["user", "text"],
    ["password", "secret"],
  ])
  const hl7 = choices.adapters.find(({ adapter }) => adapter === "hl7-generic")
  assert.equal(hl7?.isFed, true)
  const wanted = { adapter: "demo", settings: {} }
  assert.equal((await house.asStaff("technician", "pms-trials.choices")).kind, "refused")
  assert.equal((await house.asStaff("pharmacist", "pms-trials.begin", wanted)).kind, "refused")
})
