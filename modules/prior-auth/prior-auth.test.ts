/** Prior authorisations through their contract, with a payer in a process of its own. */
import assert from "node:assert/strict"
import { fork } from "node:child_process"
import { once } from "node:events"
import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { type TestContext, test } from "node:test"
import { fileURLToPath } from "node:url"
import type { Reply } from "#core/module.ts"
import type { Cleanup, House } from "../../test/house.ts"
import type { PriorAuth, Wait } from "./contract.ts"
import { noonMs, openDesk } from "./fixtures/desk.ts"

const PAYER = fileURLToPath(new URL("../../simulators/payer/main.ts", import.meta.url))
const DAY_MS = 86_400_000

/** James Carter's atorvastatin; the payer of the simulator wants to be asked about this product. */
const james = "1001"
const atorvastatin = "7001234"
const claim = {
  ...{ rxNumber: atorvastatin, product: "99999000101", quantity: "30", fillNumber: 1 },
  ...{ daysSupply: 30, writtenOn: "2026-08-01", ingredientCents: 90_000, grossDueCents: 90_500 },
}
const refused = { patient: james, rxNumber: atorvastatin, codes: ["75"], claim }
const given = {
  ...{ diagnosisCode: "E78.5", question: "Was a generic tried?" },
  tried: [{ drugName: "simvastatin", outcome: "Muscle pain." }],
}

async function done<T>(reply: Promise<Reply>): Promise<T> {
  const answer = await reply
  assert.ok(answer.kind === "done", JSON.stringify(answer))
  return answer.value as T
}

const by = (house: House, name: string, input: object) =>
  house.asStaff("technician", `prior-auth.${name}`, input)
const codeOf = (reply: Reply) => ("code" in reply ? reply.code : reply.kind)

interface Answered {
  readonly priorAuth?: string
  readonly rejects: readonly { readonly who: string; readonly act: string }[]
}

async function opened(house: House, input: object = refused): Promise<string> {
  const { priorAuth } = await done<{ priorAuth: string }>(by(house, "takeReject", input))
  return priorAuth
}

async function submitted(house: House): Promise<string> {
  const priorAuth = await opened(house)
  const { text } = await done<{ text: string }>(by(house, "prepare", { priorAuth, ...given }))
  const letter = text.replaceAll(/DRAFT[^\n]*/g, "").replaceAll(/\[[^\]]*\]/g, "As on file.")
  await done(by(house, "submit", { priorAuth, letter, how: "fax" }))
  return priorAuth
}

async function tasks(house: House): Promise<readonly string[]> {
  const listed = await done<{ items: { row: string; context: { willHappen?: string } }[] }>(
    house.asStaff("technician", "work-queue.list", { patient: james }),
  )
  const mine = listed.items.filter(({ row }) => row === "prior_auth_submission")
  return mine.map(({ context }) => context.willHappen ?? "")
}

test("from the payer's question to the plan's answer, each step is a person's", async (t) => {
  const house = await openDesk(t)

  await t.test("a reject that is about something else opens none; 75 opens one, once", async () => {
    const other = await done<Answered>(by(house, "takeReject", { ...refused, codes: ["70"] }))
    assert.equal(other.priorAuth, undefined)
    assert.deepEqual(
      other.rejects.map(({ who, act }) => [who, act]),
      [["prescriber", "ask_for_alternative"]],
    )
    const first = await opened(house)
    assert.equal(await opened(house), first)
    assert.equal((await tasks(house)).length, 1)
    const theirs = await by(house, "takeReject", { ...refused, patient: "1002" })
    assert.equal(codeOf(theirs), "unknown_rx")
  })

  await t.test("a draft that nobody went over is not taken for a letter", async () => {
    const priorAuth = await opened(house)
    const drafted = done<{ text: string; madeBy: string }>(
      by(house, "prepare", { priorAuth, ...given }),
    )
    const { text, madeBy } = await drafted
    assert.equal(madeBy, "rules")
    assert.match(text, /simvastatin: Muscle pain/)
    const sent = await by(house, "submit", { priorAuth, letter: text, how: "fax" })
    assert.equal(codeOf(sent), "still_a_draft")
    await submitted(house)
    const again = await by(house, "submit", { priorAuth, letter: "A letter.", how: "fax" })
    assert.equal(codeOf(again), "not_open")
  })

  await t.test("its patient hears how it stands, and nobody else does", async () => {
    const ask = (who: string | undefined) =>
      house.asCaller(who, "prior-auth.status", { patient: james })
    const { found } = await done<{ found: PriorAuth[] }>(ask(james))
    assert.deepEqual(
      found.map(({ state, rxNumber }) => [state, rxNumber]),
      [["submitted", atorvastatin]],
    )
    for (const who of ["1002", undefined]) assert.equal((await ask(who)).kind, "refused")
  })

  await t.test(
    "an answer gives the next task, and without a switch the claim goes by hand",
    async () => {
      const [one] = (await done<{ found: PriorAuth[] }>(by(house, "list", { patient: james })))
        .found
      const { priorAuth = "" } = one ?? {}
      assert.equal(codeOf(await by(house, "resubmit", { priorAuth })), "not_approved")
      await done(by(house, "answer", { priorAuth, isApproved: true, number: "123456" }))
      assert.ok((await tasks(house)).some((task) => task.startsWith("The plan approved it.")))
      assert.equal(codeOf(await by(house, "resubmit", { priorAuth })), "by_hand")
      const again = await by(house, "answer", { priorAuth, isApproved: false })
      assert.equal(codeOf(again), "not_submitted")
      await done(by(house, "notePaid", { priorAuth }))
      assert.equal(codeOf(await by(house, "notePaid", { priorAuth })), "not_approved")
      const over = await done<{ found: PriorAuth[] }>(by(house, "list", { isOver: true }))
      assert.deepEqual(
        over.found.map(({ state }) => state),
        ["paid"],
      )
    },
  )

  await t.test("what is on file names nobody in the log", () => {
    const told = house.logged.join("\n")
    for (const secret of ["Muscle pain", "E78.5", atorvastatin]) assert.ok(!told.includes(secret))
  })
})

test("every step is kept with who took it, and a letter as it was edited so far", async (t) => {
  const house = await openDesk(t)
  const keptOf = (priorAuth: string) => done<PriorAuth>(by(house, "get", { priorAuth }))

  await t.test("a caller's own wish for one waits for a technician", async () => {
    const wish = { patient: james, rxNumber: "7001235" }
    const asked = await house.asCaller(james, "prior-auth.request", wish)
    assert.deepEqual([asked.kind, asked.kind === "asked" && asked.tier], ["asked", 1])
  })

  await t.test("from the reject to the paid claim", async () => {
    const priorAuth = await submitted(house)
    await done(by(house, "answer", { priorAuth, isApproved: true }))
    await done(by(house, "notePaid", { priorAuth }))
    const { codes, patientName, steps } = await keptOf(priorAuth)
    assert.deepEqual([codes, patientName], [["75"], "James Carter"])
    assert.deepEqual(
      steps?.map(({ did }) => did),
      ["opened", "drafted", "submitted", "approved", "paid"],
    )
    assert.ok(steps?.every(({ by }) => by === "the-technician"))
  })

  await t.test("a letter that was edited is kept, and a new draft begins anew", async () => {
    const wanted = { patient: james, rxNumber: "7001235" }
    const { priorAuth } = await done<{ priorAuth: string }>(by(house, "request", wanted))
    await done(by(house, "prepare", { priorAuth, ...given }))
    for (const letter of ["Dear plan,", "Dear plan, please."])
      await done(by(house, "edit", { priorAuth, letter }))
    const kept = await keptOf(priorAuth)
    assert.deepEqual([kept.edited, kept.packet?.diagnosisCode], ["Dear plan, please.", "E78.5"])
    assert.deepEqual(
      kept.steps?.map(({ did }) => did),
      ["opened", "drafted", "edited"],
    )
    await done(by(house, "prepare", { priorAuth, ...given }))
    assert.equal((await keptOf(priorAuth)).edited, undefined)
  })
})

test("once approved the claim goes again with its number, and a lost answer bills once", async (t: TestContext) => {
  const child = fork(PAYER, [], { stdio: ["ignore", "ignore", "inherit", "ipc"] })
  t.after(() => child.disconnect())
  const [{ url }] = (await once(child, "message")) as [{ url: string }]
  const line = { url: `${url}/telecom`, token: "env:PAYER_TOKEN" }
  const house = await openDesk(t, { insurance: { switch: line } })
  const card = { patient: james, bin: "999901", group: "DEMO1", member: "ZX0001001" }
  await done(house.asStaff("technician", "insurance.addCoverage", { ...card, place: "instead" }))
  const priorAuth = await submitted(house)
  await done(by(house, "answer", { priorAuth, isApproved: true, number: "123456" }))
  const fault = { fault: "cut", times: 1 }
  await fetch(`${url}/faults`, { method: "POST", body: JSON.stringify(fault) })
  assert.equal((await by(house, "resubmit", { priorAuth })).kind, "outage")
  for (let tries = 0; tries < 2; tries++) {
    const answer = await done<{ isPaid: boolean }>(by(house, "resubmit", { priorAuth }))
    assert.equal(answer.isPaid, true)
  }
  const seen = (await (await fetch(`${url}/seen`)).json()) as { codes: string[]; paid: number }
  assert.deepEqual(seen, { codes: ["B1", "B1"], paid: 1 })
})

test("a fill that waits for the payer is put before a technician, who notes what it said", async (t) => {
  const house = await openDesk(t)
  const fill = (rxNumber: string, fill: string) => {
    house.host.bus.publish("pms", "fillChanged", { rxNumber, patient: james, fill })
  }
  const waits = async () =>
    (await done<{ found: { wait: string; rxNumber: string }[] }>(by(house, "waits", {}))).found
  /** What is heard is heard in its turn: the last one done is the last one sent. */
  const until = async (isSo: (rxNumbers: readonly string[]) => boolean) => {
    while (!isSo((await waits()).map(({ rxNumber }) => rxNumber)));
  }
  const asked = async () => {
    const listed = await done<{ items: { context: { case?: { id: string } } }[] }>(
      house.asStaff("technician", "work-queue.list", { patient: james }),
    )
    return listed.items.map(({ context }) => context.case?.id)
  }
  for (let times = 0; times < 2; times++) fill(atorvastatin, "waiting_payer")
  await until((rxNumbers) => rxNumbers.includes(atorvastatin))
  const [{ wait = "" } = {}] = await waits()
  assert.deepEqual((await done<{ found: [] }>(by(house, "list", {}))).found, [])
  fill("7001235", "waiting_payer")
  await until((rxNumbers) => rxNumbers.length === 2)
  assert.equal((await asked()).filter((id) => id === wait).length, 1)

  const priorAuth = await opened(house, { patient: james, rxNumber: atorvastatin, codes: ["75"] })
  await until((rxNumbers) => !rxNumbers.includes(atorvastatin))
  assert.ok((await asked()).includes(priorAuth), "the task names its case")
  fill("7001235", "in_process")
  await until((rxNumbers) => rxNumbers.length === 0)
})

/**
 * A house and the payer of its pharmacy system. The house reads there by itself too, so that all a
 * test tells it may come a second time, and late.
 */
async function openPayer(t: Cleanup) {
  const house = await openDesk(t)
  const turn = async (control: string, body: object) => {
    await fetch(`${house.pmsUrl}/${control}`, { method: "POST", body: JSON.stringify(body) })
  }
  const moved = (rx: string, fill: string) => {
    house.host.bus.publish("pms", "fillChanged", { rxNumber: rx, patient: james, fill })
  }
  const cases = async () =>
    (await done<{ found: PriorAuth[] }>(by(house, "list", { patient: james }))).found
  const waits = async () => (await done<{ found: Wait[] }>(by(house, "waits", {}))).found
  return {
    ...{ house, cases, waits },
    async untilNothingWaits() {
      while ((await waits()).length > 0);
    },
    /** The payer refuses, and whoever asks the pharmacy system finds so. */
    refuseSilently: (rx: string, codes: readonly unknown[]) => turn("claims", { rx, codes }),
    /** The payer refuses, and the pharmacy system says that the fill waits for it. */
    async refuse(rx: string, codes: readonly unknown[]) {
      await turn("claims", { rx, codes })
      moved(rx, "waiting_payer")
    },
    async pay(rx: string) {
      await turn("fills", { rx, code: "20" })
      moved(rx, "in_process")
    },
    /** Events are heard in their turn: what this one leaves behind, all before it have done. */
    async heard() {
      moved(lastHeard, "waiting_payer")
      while (!(await waits()).some(({ rxNumber }) => rxNumber === lastHeard));
      moved(lastHeard, "in_process")
      while ((await waits()).some(({ rxNumber }) => rxNumber === lastHeard));
    },
  }
}

/** James Carter's metformin, whose claim nobody refuses. */
const lastHeard = "7001236"
const lisinopril = "7001235"

test("a refused claim that wants a prior authorisation opens one by itself, once", async (t) => {
  const { house, cases, heard, pay, refuse, untilNothingWaits, waits } = await openPayer(t)

  await t.test("with the codes as the pharmacy system told them", async () => {
    for (let times = 0; times < 3; times++) await refuse(atorvastatin, [75, " zz9 "])
    await heard()
    const [opened, ...more] = await cases()
    assert.deepEqual(more, [])
    assert.deepEqual([opened?.state, opened?.codes], ["open", ["75", "ZZ9"]])
    assert.deepEqual(
      opened?.steps?.map(({ did, by }) => [did, by]),
      [["opened", "prior-auth"]],
    )
    assert.deepEqual(await waits(), [])
    assert.equal((await tasks(house)).length, 1)
  })

  await t.test("and again for the same claim no other, also when it is over", async () => {
    const priorAuth = await submitted(house)
    await done(by(house, "answer", { priorAuth, isApproved: false }))
    for (let times = 0; times < 2; times++) await refuse(atorvastatin, ["3W"])
    await heard()
    assert.equal((await cases()).length, 1)
    const [wait, ...more] = await waits()
    assert.deepEqual(more, [])
    assert.deepEqual(
      wait?.rejects?.map(({ code, act }) => [code, act]),
      [["3W", "follow_prior_auth"]],
    )
  })

  await t.test("while the next claim opens another", async () => {
    await pay(atorvastatin)
    await heard()
    await untilNothingWaits()
    await refuse(atorvastatin, ["75"])
    await heard()
    assert.deepEqual((await cases()).map(({ state }) => state).toSorted(), ["denied", "open"])
  })

  await t.test(
    "and one that the fill overtook is put before a technician, who closes it",
    async () => {
      await pay(atorvastatin)
      await heard()
      const overtaken = (await cases()).find(({ state }) => state === "open")
      assert.equal(overtaken?.steps?.at(-1)?.did, "went_on")
      assert.ok((await tasks(house)).some((task) => task.startsWith("The fill went on without it")))
      const closing = { priorAuth: overtaken?.priorAuth, reason: "Paid by another plan." }
      await done(by(house, "close", closing))
      assert.equal(codeOf(await by(house, "close", closing)), "over")
      const states = (await cases()).map(({ state }) => state)
      assert.deepEqual(states.toSorted(), ["denied", "not_needed"])
      const status = house.asCaller(james, "prior-auth.status", { patient: james })
      assert.deepEqual(
        (await done<{ found: { state: string }[] }>(status)).found.map(({ state }) => state),
        ["denied"],
      )
    },
  )
})

test("a claim that was refused with other codes goes to a technician, with the codes", async (t) => {
  const payer = await openPayer(t)
  const { house, cases, heard, pay, refuse, waits } = payer
  await refuse(lisinopril, ["70"])
  await refuse(lisinopril, ["mr", "ZZ9"])
  await heard()
  assert.deepEqual(await cases(), [])
  const [wait, ...more] = await waits()
  assert.deepEqual(more, [])
  assert.deepEqual(
    wait?.rejects?.map(({ code, who }) => [code, who]),
    [
      ["MR", "prescriber"],
      ["ZZ9", "technician"],
    ],
  )
  const listed = await done<{ items: { context: { willHappen?: string } }[] }>(
    house.asStaff("technician", "work-queue.list", { patient: james }),
  )
  const told = listed.items.filter(({ context }) => context.willHappen?.startsWith("The payer ref"))
  assert.equal(told.length, 1)
  await pay(lisinopril)
  await payer.untilNothingWaits()

  await t.test("and what the pharmacy system tells by itself opens one", async () => {
    // The first look there ever only finds where its list of changes ends: it has to say more.
    for (let looks = 0; (await cases()).length === 0; looks++)
      if (looks % 100 === 0) await payer.refuseSilently(lisinopril, ["75"])
    assert.deepEqual((await cases())[0]?.codes, ["75"])
  })
})

test("a plan that is late is put before a technician, once", async (t) => {
  const folder = mkdtempSync(join(tmpdir(), "mortar-prior-auth-"))
  t.after(() => rmSync(folder, { recursive: true, force: true, maxRetries: 10 }))
  const closers: (() => unknown)[] = []
  const first = await openDesk({ after: (run) => void closers.push(run) }, { folder })
  await submitted(first)
  await first.ask("prior-auth.look")
  assert.equal((await tasks(first)).filter((task) => task.includes("late")).length, 0)
  for (const close of closers.toReversed()) await close()
  const house = await openDesk(t, { folder, nowMs: noonMs + 4 * DAY_MS })
  for (let looks = 0; looks < 2; looks++) await house.ask("prior-auth.look")
  assert.equal((await tasks(house)).filter((task) => task.includes("late")).length, 1)
})
