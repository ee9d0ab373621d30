/** Automations in a real house: real events, the real gate, the real queue. */
import assert from "node:assert/strict"
import { after, afterEach, before, test } from "node:test"
import { setImmediate } from "node:timers/promises"
import type { Reply } from "#core/module.ts"
import type { AuditEntry } from "#core/ports.ts"
import { type House, openHouse } from "../../test/house.ts"
import type { Item } from "../work-queue/contract.ts"
import type { Automation, Change, Draft, Run, Trial } from "./contract.ts"

const only = [
  ...["automations", "callbacks", "complaints", "consents", "drugs", "intent", "messaging"],
  ...["notifications", "outreach-policy", "patients", "pms", "prescribers", "renewals"],
  ...["store-info", "tier-rules", "work-queue"],
]
/** Friday 20 November 2026, noon in Austin. */
const noonMs = Date.UTC(2026, 10, 20, 18)
const MINUTE_MS = 60_000

const closers: (() => unknown)[] = []
let opened: House | undefined
const house = (): House => {
  assert.ok(opened)
  return opened
}
before(async () => {
  const cleanup = { after: (close: () => unknown) => void closers.push(close) }
  opened = await openHouse(cleanup, { only, today: "2026-11-20", nowMs: noonMs })
})
after(async () => {
  for (const close of closers) await close()
})
afterEach(async () => {
  for (const { automation, revision } of await listed())
    assert.equal((await manager("remove", { automation, revision })).kind, "done")
})

const manager = (name: string, input: object = {}): Promise<Reply> =>
  house().asStaff("manager", `automations.${name}`, input)

function done<T>(reply: Reply): T {
  assert.equal(reply.kind, "done", JSON.stringify(reply))
  return (reply as { value: T }).value
}

function faultOf(reply: Reply): string | undefined {
  return reply.kind === "fault" ? reply.code : undefined
}

async function listed(): Promise<readonly Automation[]> {
  return done<{ automations: Automation[] }>(await manager("list")).automations
}

interface Id {
  readonly automation: string
  readonly revision: number
}

/** A complaint that concerns safety is looked into by the manager within the hour. */
const lookInto: Draft = {
  name: "Look into it",
  when: { event: "complaints.filed" },
  holds: [{ field: "concernsSafety", test: { equals: true } }],
  does: {
    command: "work-queue.assign",
    input: {
      forRole: { constant: "manager" },
      about: { constant: "Ring the patient back." },
      dueInMinutes: { constant: 60 },
      patient: { field: "patient" },
    },
  },
  perHour: 20,
}
const filed = { complaint: "complaint-of-an-example", concernsSafety: true, patient: "1001" }

const save = (draft: Draft, before: Partial<Id> = {}): Promise<Reply> =>
  manager("save", { revision: 0, ...before, ...draft })

async function made(draft: Draft): Promise<Id> {
  return done(await save(draft))
}

async function tried(one: Id, example: object = filed): Promise<Trial> {
  return done(await manager("test", { ...one, on: { example } }))
}

async function switchedOn(draft: Draft, example: object = filed): Promise<Id> {
  const one = await made(draft)
  const trial = await tried(one, example)
  assert.ok(trial.gate, JSON.stringify(trial))
  return done(await manager("switchOn", one))
}

async function file(concernsSafety: boolean): Promise<void> {
  const words = "The label said two a day."
  const input = { conversation: "call-1", patient: "1001", words, concernsSafety }
  done(await house().asStaff("manager", "complaints.file", input))
}

async function runsOf({ automation }: Id): Promise<readonly Run[]> {
  return done<{ runs: Run[] }>(await manager("runs", { automation })).runs
}

/** The runs of an automation, once so many have ended. */
async function ended(one: Id, count: number): Promise<readonly Run[]> {
  for (;;) {
    const runs = (await runsOf(one)).filter(({ result }) => result !== "begun")
    if (runs.length >= count) return runs
    await setImmediate()
  }
}

async function itemOf(item: string): Promise<Item> {
  return done(await house().asStaff("manager", "work-queue.get", { item }))
}

async function tasks(): Promise<readonly Item[]> {
  const { value } = await house().ask<{ items: Item[] }>("work-queue.list")
  return value.items.filter(({ row }) => row === "task")
}

async function actsOf({ automation }: Id): Promise<readonly AuditEntry[]> {
  const entries = await house().audit.query({ limit: 1_000 })
  return entries.filter(({ actor }) => Object(actor).schedule === automation)
}

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
