/** What stands between an automation and harm: caps, loops, rules, roles, restarts. */
import assert from "node:assert/strict"
import { test } from "node:test"
import { setImmediate } from "node:timers/promises"
import type { Change, Draft, Run } from "./contract.ts"
import {
  done,
  ended,
  faultOf,
  file,
  house,
  listed,
  lookInto,
  made,
  manager,
  openedForAll,
  runsOf,
  save,
  switchedOn,
  tasks,
  tried,
} from "./fixtures/room.ts"

openedForAll()

test("what the rules refuse is told in the test, refused when it comes, and shown with the rule", async () => {
  const rules = done<{ rules: object[]; revision: number }>(
    await house().asStaff("manager", "tier-rules.list"),
  )
  const rule = {
    ...{
      name: "no_refunds_now",
      priority: 5,
      enabled: true,
      because: "The till is being changed.",
    },
    ...{ when: { actions: ["refund"] }, raises: { refuse: true } },
  }
  const inForce = (set: readonly object[], revision: number) =>
    house().asStaff("manager", "tier-rules.replace", { rules: set, revision, reason: "The till." })
  const changed = done<{ revision: number }>(await inForce([...rules.rules, rule], rules.revision))
  const one = await made({
    ...lookInto,
    does: { command: "work-queue.askRefund", input: { about: { constant: "Look at the bill." } } },
  })
  assert.equal((await tried(one)).gate?.verdict, "refuse")
  done(await manager("switchOn", one))
  await file(true)
  const [run] = await ended(one, 1)
  assert.deepEqual([run?.result, run?.row], ["refused", "refund"])
  assert.ok(run?.rules?.includes("no_refunds_now"))
  done(await inForce(rules.rules, changed.revision))
})

test("beyond its cap an hour's events are noted once and nothing is done", async () => {
  const one = await switchedOn({ ...lookInto, perHour: 2 })
  for (let count = 0; count < 4; count++) await file(true)
  for (;;) {
    const [kept] = await listed()
    if (kept?.counts.capped === 2) break
    await setImmediate()
  }
  const results = (await runsOf(one)).map(({ result }) => result)
  assert.deepEqual(results.toSorted(), ["capped", "done", "done"])
})

test("what could set itself off again is not kept", async () => {
  const owe: Draft = {
    ...lookInto,
    when: { event: "callbacks.promised" },
    holds: [],
    does: {
      command: "callbacks.owe",
      input: {
        phone: { constant: "+15125550150" },
        about: { constant: "Ring again." },
        forRole: { constant: "technician" },
      },
    },
  }
  assert.equal(faultOf(await save(owe)), "loop")
  await made({ ...owe, when: { event: "renewals.requested" } })
})

test("a run that was cut off is ended when the module is there again, and acts once", async () => {
  const one = await switchedOn(lookInto)
  await file(true)
  const [run] = await ended(one, 1)
  assert.ok(run)
  const before = (await tasks()).length
  const stored = house().store.collection("automations.runs").get(run.run)
  const cutOff = { ...Object(stored?.doc), result: "begun" }
  await house().store.write("automations", [{ put: "runs", id: run.run, doc: cutOff }])
  process.kill(house().host.pidOf("automations") ?? 0, "SIGKILL")
  for (;;) {
    const runs = await manager("runs", { automation: one.automation })
    if (runs.kind === "done" && (runs.value as { runs: Run[] }).runs[0]?.result === "done") break
    await setImmediate()
  }
  assert.equal((await tasks()).length, before)
})

test("what set itself off by a way nobody foresaw is stopped after three in a row, and is off", async () => {
  const input = {
    phone: { constant: "+15125550150" },
    about: { constant: "Ring again." },
    forRole: { constant: "technician" },
  }
  const harmless: Draft = {
    ...{ ...lookInto, name: "Ring again", holds: [] },
    when: { event: "renewals.requested" },
    does: { command: "callbacks.owe", input },
  }
  const asked = { renewal: "an-example", rxNumber: "7001262", patient: "1004", how: "sent" }
  const one = await switchedOn(harmless, asked)
  const stored = house().store.collection("automations.automations").get(one.automation)
  const event = "callbacks.promised"
  const unforeseen = { ...Object(stored?.doc), event, when: { event } }
  await house().store.write("automations", [
    { put: "automations", id: one.automation, doc: unforeseen },
  ])
  const owed = { phone: "+15125550151", about: "Their question.", forRole: "technician" }
  done(await house().asStaff("technician", "callbacks.owe", owed))
  const results = (await ended(one, 4)).map(({ result }) => result)
  assert.deepEqual(results.toSorted(), ["done", "done", "done", "loop"])
  for (;;) {
    if ((await listed())[0]?.isOn === false) break
    await setImmediate()
  }
  const { changes } = done<{ changes: Change[] }>(await manager("history"))
  assert.deepEqual([changes[0]?.did, changes[0]?.by], ["switched_off", "system"])
})

test("what was heard and done of a patient who is erased goes with them", async () => {
  const one = await switchedOn(lookInto)
  const input = {
    conversation: "call-2",
    patient: "1009",
    words: "Too slow.",
    concernsSafety: true,
  }
  done(await house().asStaff("manager", "complaints.file", input))
  await ended(one, 1)
  const { store } = house()
  const ofThem = (collection: string) =>
    store
      .collection(`automations.${collection}`)
      .find({ limit: 1_000 })
      .map(({ doc }) => doc)
  const isTheirs = (doc: unknown): boolean => Object(doc).patient === "1009"
  assert.ok(["samples", "runs"].every((name) => ofThem(name).some(isTheirs)))
  await store.erasePatient("1009")
  assert.ok(!["samples", "runs"].some((name) => ofThem(name).some(isTheirs)))
})

test("nobody but a manager sees or touches them, and rights taken in an emergency do not reach", async () => {
  const one = await made(lookInto)
  const glass = { id: "glass-1", own: "technician" } as const
  const actor = { kind: "staff", person: "tech", role: "manager", glass } as const
  const taken = await house().host.desk.proposeAs(actor, {
    ...{ name: "automations.switchOn", input: one, options: {} },
  })
  assert.equal(taken.kind, "refused")
  for (const role of ["technician", "pharmacist", "operator"] as const)
    for (const name of ["list", "runs", "history", "offers"])
      assert.equal((await house().asStaff(role, `automations.${name}`)).kind, "refused")
})
