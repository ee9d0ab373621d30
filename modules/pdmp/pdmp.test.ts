/** Monitoring programmes through their contract, with a gateway in a process of its own. */
import assert from "node:assert/strict"
import { fork } from "node:child_process"
import { once } from "node:events"
import { globSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { type TestContext, test } from "node:test"
import { setTimeout as wait } from "node:timers/promises"
import { fileURLToPath } from "node:url"
import type { Role } from "#core/actor.ts"
import type { Reply } from "#core/module.ts"
import { type House, openHouse } from "../../test/house.ts"
import { pdmp, type Report } from "./contract.ts"
import { dutyFor } from "./duty.ts"

/** As it stands in data: without the quotes, three digits turn up in any id and any time. */
const SCORE = JSON.stringify("412")

const GATEWAY = fileURLToPath(new URL("../../simulators/pdmp/main.ts", import.meta.url))
const root = fileURLToPath(new URL("../..", import.meta.url))
const only = ["controlled-substances", "drugs", "pdmp", "pms", "refills", "work-queue"]
const [LOOKS_MAX, LOOK_MS] = [150, 100]

/** Grace Kim's zolpidem (CIV); Daniel Ross's buprenorphine (CIII), of whom nothing is on file. */
const grace = { patient: "1002", rxNumber: "7001242" }
const daniel = { patient: "1018", rxNumber: "7001372" }

async function openOffice(t: TestContext, timeoutMs = 20_000) {
  const child = fork(GATEWAY, [], { stdio: ["ignore", "ignore", "inherit", "ipc"] })
  t.after(() => child.disconnect())
  const [{ url }] = (await once(child, "message")) as [{ url: string }]
  const gateway = { url: `${url}/patient`, token: "env:PDMP_TOKEN", pharmacistLastName: "Okafor" }
  const house = await openHouse(t, {
    ...{ only, today: "2026-11-20", environment: { PDMP_TOKEN: "demo" } },
    settings: { pdmp: { gateway: { ...gateway, timeoutMs } } },
  })
  const spoil = (fault?: string) =>
    fetch(`${url}/faults`, { method: "POST", body: JSON.stringify({ fault }) })
  return { house, spoil }
}

/** A controlled refill that waits for the pharmacist, once its duty is noted. */
async function waiting(house: House, { patient, rxNumber }: typeof grace): Promise<string> {
  const reply = await house.asCaller(patient, "refills.request", { rxNumber })
  assert.ok(reply.kind === "asked" && reply.tier === 2)
  for (let looks = 0; looks < LOOKS_MAX; looks++) {
    const duty = await house.asStaff("technician", "pdmp.duty", { item: reply.item })
    if (duty.kind === "done" && "duty" in Object(duty.value)) return reply.item
    await wait(LOOK_MS)
  }
  throw new Error("no duty was noted")
}

const asked = (house: House, item: string, role: Role = "pharmacist") =>
  house.asStaff(role, "pdmp.ask", { item })
const codeOf = (reply: Reply) => ("code" in reply ? reply.code : reply.kind)

test("a pharmacist asks the programme and sees the answer; nobody else ever does", async (t) => {
  const { house } = await openOffice(t)
  const item = await waiting(house, grace)

  await t.test(
    "what the programme says is shown, with the address of the whole report",
    async () => {
      const reply = await asked(house, item)
      assert.ok(reply.kind === "done", JSON.stringify(reply))
      const { report, scores, remarks } = reply.value as Report
      assert.deepEqual(scores[0], { type: "Narcotic", value: "412" })
      assert.equal(remarks[0]?.severity, "High")
      assert.ok(!("url" in Object(reply.value)))
      const seen = await house.asStaff("pharmacist", "pdmp.view", { report })
      assert.deepEqual(seen.kind === "done" && seen.value, reply.value)
      const whole = await house.asStaff("pharmacist", "pdmp.openReport", { report })
      assert.match(whole.kind === "done" ? (whole.value as { link: string }).link : "", /once/)
    },
  )

  await t.test("technician, manager, operator, patient and other modules are refused", async () => {
    const of = await house.asStaff("technician", "pdmp.duty", { item })
    assert.ok(of.kind === "done")
    const { report } = of.value as { report: string }
    for (const role of ["technician", "manager", "operator"] as const)
      for (const [name, input] of [
        ["view", { report }],
        ["ask", { item }],
        ["openReport", { report }],
      ] as const)
        assert.equal((await house.asStaff(role, `pdmp.${name}`, input)).kind, "refused", role)
    assert.equal((await house.asCaller("1002", "pdmp.view", { report })).kind, "refused")
    const other = await house.ask<unknown>("pdmp.view", { report })
    assert.equal(other.kind, "refused")
    assert.ok(!JSON.stringify(of.value).includes(SCORE))
  })

  await t.test(
    "every look is in the audit log under the patient, and in no other log",
    async () => {
      const seen = house.audit.query({ patient: grace.patient }).map(({ what }) => what)
      for (const what of ["pdmp.ask", "pdmp.view", "pdmp.openReport"])
        assert.ok(seen.includes(what))
      const told = house.logged.join("\n")
      for (const secret of [SCORE, "providers in 90 days", "/report/1"])
        assert.ok(!told.includes(secret), secret)
    },
  )
})

test("what is no report is not taken for one, and what is not due is not asked", async (t) => {
  const { house, spoil } = await openOffice(t)
  const item = await waiting(house, grace)

  await t.test("nothing on file is an answer; a refusal and nonsense are none", async () => {
    const other = await waiting(house, daniel)
    const reply = await asked(house, other)
    assert.ok(reply.kind === "done")
    assert.partialDeepStrictEqual(reply.value, { scores: [], hasFullReport: false })
    for (const [fault, code] of [
      ["refuses", "refused"],
      ["garbage", "no_answer"],
      ["down", "no_answer"],
    ] as const) {
      await spoil(fault)
      assert.equal(codeOf(await asked(house, item)), code, fault)
    }
  })

  await t.test("an address that leads away from the gateway is not followed", async () => {
    await spoil("leads_away")
    const reply = await asked(house, item)
    assert.ok(reply.kind === "done")
    const { report } = reply.value as Report
    const whole = await house.asStaff("pharmacist", "pdmp.openReport", { report })
    assert.equal(codeOf(whole), "no_answer")
  })

  await t.test("what is not controlled is nobody's to be asked about", async () => {
    const reply = await house.asCaller("1015", "refills.request", { rxNumber: "7001351" })
    assert.ok(reply.kind === "asked" && reply.tier === 2)
    assert.equal(codeOf(await asked(house, reply.item)), "not_due")
  })
})

test("a gateway that keeps silent is given up, and the pharmacist is told where to look", async (t) => {
  const { house, spoil } = await openOffice(t, 1_000)
  const item = await waiting(house, grace)
  await spoil("silent")
  assert.equal(codeOf(await asked(house, item)), "no_answer")
})

test("a state without a row counts as the strictest, and every row says where it was read", () => {
  for (const state of ["TX", "OH"])
    for (const schedule of ["CII", "CV", "unknown"] as const)
      assert.match(dutyFor(schedule, state, "2026-11-20")?.source ?? "", /./)
  assert.equal(dutyFor("none", "TX", "2026-11-20"), undefined)
})

test("no command that shows an answer is open to anybody but a pharmacist, and no module asks for one", () => {
  const shows = Object.entries(pdmp.commands).filter(([name]) => name !== "duty")
  assert.ok(shows.length >= 3)
  for (const [name, { action }] of shows) assert.equal(action, "pharmacist_act", name)
  const sources = globSync("{modules,intent,voice}/**/*.ts", { cwd: root }).filter(
    (path) => !path.startsWith("modules/pdmp/"),
  )
  assert.ok(sources.length > 100)
  for (const path of sources)
    assert.ok(!readFileSync(join(root, path), "utf8").includes("pdmp/contract.ts"), path)
})
