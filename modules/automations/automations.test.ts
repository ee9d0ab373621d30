/** Automations in a real house: made, tried, switched on, run by real events. */
import assert from "node:assert/strict"
import { test } from "node:test"
import type { Item } from "../work-queue/contract.ts"
import type { Change, Draft, Trial } from "./contract.ts"
import {
  actsOf,
  done,
  ended,
  faultOf,
  file,
  filed,
  house,
  type Id,
  itemOf,
  listed,
  lookInto,
  made,
  manager,
  noonMs,
  openedForAll,
  runsOf,
  save,
  switchedOn,
  tasks,
  tried,
} from "./fixtures/room.ts"

const MINUTE_MS = 60_000
openedForAll()

test("what is made is off until it was tried and switched on; then a real event runs it", async () => {
  const one = await made(lookInto)
  assert.equal(faultOf(await manager("switchOn", one)), "untested")
  await file(true)
  assert.equal((await listed())[0]?.isOn, false)
  await tried(one)
  done(await manager("switchOn", one))
  const before = (await tasks()).length
  await file(false)
  await file(true)
  const [run] = await ended(one, 1)
  assert.deepEqual([run?.result, run?.event], ["done", "complaints.filed"])
  assert.equal(run?.about?.field, "complaint")
  const [task, ...others] = (await tasks()).slice(0, (await tasks()).length - before)
  assert.deepEqual(others, [])
  assert.deepEqual([task?.tier, task?.facts.patient], [3, "1001"])
  assert.equal(task?.context.willHappen, "Ring the patient back.")
  const [{ counts, last } = { counts: undefined, last: undefined }] = await listed()
  assert.deepEqual([counts?.heard, counts?.held, counts?.done], [2, 1, 1])
  assert.equal(last?.result, "done")
})

test("it acts before the gate as itself, and the audit log says which automation it was", async () => {
  const one = await switchedOn(lookInto)
  await file(true)
  await ended(one, 1)
  const acts = await actsOf(one)
  assert.deepEqual(
    acts.map(({ what, phase, patient, decision }) => [what, phase, patient, decision?.row]),
    [
      ["work-queue.assign", "before", "1001", "queue_work"],
      ["work-queue.assign", "after", "1001", "queue_work"],
    ],
  )
  assert.deepEqual(acts[0]?.actor, {
    ...{ kind: "system", module: "automations", schedule: one.automation },
  })
})

test("a test shows what held, what would be given and what the gate says, and does none of it", async () => {
  const clinical: Draft = {
    ...lookInto,
    does: {
      command: "work-queue.askClinical",
      input: { about: { constant: "Read the label again." }, patient: { field: "patient" } },
    },
  }
  await file(true)
  const one = await made(clinical)
  const { samples } = done<{ samples: { sample: string; atMs: number }[] }>(
    await manager("samples", { event: "complaints.filed" }),
  )
  const items = (await house().ask<{ items: Item[] }>("work-queue.list")).value.items.length
  const on = { sample: samples[0]?.sample }
  const trial = done<Trial>(await manager("test", { ...one, on }))
  assert.deepEqual(trial.conditions, [{ held: true, value: true }])
  assert.deepEqual(trial.input, { about: "Read the label again.", patient: "1001" })
  assert.deepEqual([trial.gate?.verdict, trial.gate?.tier], ["ask", 2])
  assert.equal(trial.gate?.row, "clinical_consultation")
  const calm = await tried(one, { ...filed, concernsSafety: false })
  assert.deepEqual([calm.holds, calm.conditions], [false, [{ held: false, value: false }]])
  assert.deepEqual(await actsOf(one), [])
  const after = (await house().ask<{ items: Item[] }>("work-queue.list")).value.items.length
  assert.equal(after, items)
  const seen = await house().audit.query({ patient: "1001" })
  assert.ok(seen.some(({ what }) => what === "automations.test"))
})

test("what the gate asks of a person waits for that person, with the automation's name", async () => {
  const one = await switchedOn({
    ...lookInto,
    name: "Read it again",
    does: {
      command: "work-queue.askClinical",
      input: { about: { constant: "Read the label again." }, patient: { field: "patient" } },
    },
  })
  await file(true)
  const [run] = await ended(one, 1)
  assert.ok(run?.item)
  assert.deepEqual([run.result, run.tier, run.row], ["waits", 2, "clinical_consultation"])
  const { context, state } = await itemOf(run.item)
  assert.equal(state, "open")
  assert.equal(context.willHappen, "Automation “Read it again: Read the label again.”")
  const { item } = run
  const early = await house().asStaff("manager", "work-queue.approve", { item })
  assert.equal(faultOf(early), "above_role")
  done(await house().asStaff("pharmacist", "work-queue.approve", { item }))
})

const renewal = { renewal: "renewal-of-an-example", patient: "1004", outcome: "denied" }
const tell: Draft = {
  ...lookInto,
  when: { event: "renewals.answered" },
  holds: [{ field: "outcome", test: { oneOf: ["denied"] } }],
  does: {
    command: "notifications.answer",
    input: { patient: { field: "patient" }, text: { constant: "Please call us." } },
  },
}

test("a text goes through notifications, to whoever asked, and after nothing nobody asked for", async () => {
  const one = await switchedOn(tell, renewal)
  const request = { rxNumber: "7001262" }
  const asked = await house().asStaff("technician", "renewals.request", request)
  const answer = { renewal: done<{ renewal: string }>(asked).renewal, outcome: "denied" }
  done(await house().asStaff("technician", "renewals.answer", answer))
  assert.equal((await ended(one, 1))[0]?.result, "done")
  const { value } = await house().ask<{ notices: { kind: string }[] }>("notifications.list", {
    patient: "1004",
  })
  assert.ok(value.notices.some(({ kind }) => kind === "answer"))
  const unasked = { ...tell, when: { event: "reminders.reminded" }, holds: [] }
  assert.equal(faultOf(await save(unasked)), "not_after_this")
})

test("the gate is asked anew each time: what it refuses or the module refuses is shown", async () => {
  const one = await switchedOn(
    {
      ...lookInto,
      when: { event: "pms.fillChanged" },
      holds: [],
      does: { command: "renewals.request", input: { rxNumber: { field: "rxNumber" } } },
    },
    { rxNumber: "7001234", patient: "1001", fill: "waiting_prescriber" },
  )
  const { host } = house()
  host.bus.publish("pms", "fillChanged", { rxNumber: "7001234", patient: "1001", fill: "queued" })
  const [run] = await ended(one, 1)
  assert.deepEqual([run?.result, run?.code], ["failed", "renewals.not_renewable"])
  assert.match(run?.says ?? "", /does not need a renewal/)
})

test("whoever changes it sees what others did, and what was changed has to be tried again", async () => {
  const one = await switchedOn(lookInto)
  const edited = done<Id>(await save({ ...lookInto, name: "Another name" }, one))
  assert.equal(edited.revision, one.revision + 1)
  const [kept] = await listed()
  assert.deepEqual([kept?.isOn, kept?.isTested], [false, false])
  assert.equal(faultOf(await save(lookInto, one)), "stale")
  assert.equal(faultOf(await manager("remove", one)), "stale")
  await tried(edited)
  done(await manager("switchOn", edited))
  done(await manager("switchOff", { automation: one.automation }))
  const { changes } = done<{ changes: Change[] }>(await manager("history"))
  const own = changes.filter(({ automation }) => automation === one.automation)
  assert.deepEqual(own.map(({ did }) => did).toReversed(), [
    ...["made", "tested", "switched_on", "edited", "tested", "switched_on", "switched_off"],
  ])
  assert.ok(own.every(({ by }) => by === "the-manager"))
})

test("a time of day is met once, in the pharmacy's own time zone, and not for a time before it was on", async () => {
  const at = (minutes: number): string => {
    const moment = new Date(noonMs + minutes * MINUTE_MS)
    return moment.toLocaleTimeString("en-GB", {
      ...{ timeZone: "America/Chicago", hour: "2-digit", minute: "2-digit" },
    })
  }
  const days = ["friday" as const]
  const fridge: Draft = {
    ...lookInto,
    when: { at: at(-30), days },
    holds: [],
    does: {
      command: "work-queue.assign",
      input: {
        forRole: { constant: "technician" },
        about: { constant: "Write down the fridge's temperature." },
      },
    },
  }
  const one = await switchedOn(fridge, {})
  await house().ask("automations.look")
  assert.deepEqual(await runsOf(one), [])
  const stored = house().store.collection("automations.automations").get(one.automation)
  const longOn = { ...Object(stored?.doc), onSinceMs: noonMs - 24 * 60 * MINUTE_MS }
  await house().store.write("automations", [
    { put: "automations", id: one.automation, doc: longOn },
  ])
  await house().ask("automations.look")
  await house().ask("automations.look")
  assert.deepEqual(
    (await runsOf(one)).map(({ result, event }) => [result, event]),
    [["done", "schedule"]],
  )
})
