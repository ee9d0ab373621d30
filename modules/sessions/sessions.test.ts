/** Locks, fresh proofs, closed doors and rights for an emergency, through the contracts. */
import assert from "node:assert/strict"
import { test } from "node:test"
import type { Staff } from "#core/actor.ts"
import type { Reply } from "#core/module.ts"
import { type House, openHouse } from "../../test/house.ts"

const only = ["staff-accounts", "sessions", "mfa", "work-queue"]
const password = "correct horse battery"
const settings = { "staff-accounts": { demoPassword: password } }

const codeOf = (reply: Reply) => ("code" in reply ? reply.code : reply.kind)

/** Somebody who signed in, and what they send from then on. */
async function seat({ ask, host }: House, user: string) {
  const { token } = (await ask<{ token: string }>("sessions.login", { user, password })).value
  const actor = () => host.identities.actor({ token }) as Staff | undefined
  return {
    token,
    actor,
    async does(name: string, input: unknown = {}): Promise<Reply> {
      const who = actor()
      assert.ok(who, "nobody is signed in")
      return host.desk.proposeAs(who, { name, input, options: {} })
    },
    async looks() {
      const { value } = await ask<{ state: string; view?: { lacks: readonly string[] } }>(
        "sessions.look",
        { token },
      )
      return value
    },
  }
}

async function until(isSo: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await isSo())) await new Promise((resolve) => setImmediate(resolve))
}

test("a locked screen lets nothing through until the PIN, and five wrong ones end the session", async (t) => {
  const house = await openHouse(t, { only, settings })
  const { ask, audit } = house
  const tech = await seat(house, "tech")
  await tech.does("staff-accounts.setPin", { pin: "2719" })
  assert.equal(codeOf(await tech.does("sessions.lock")), "done")
  assert.equal(tech.actor(), undefined)
  assert.equal((await tech.looks()).state, "locked")

  const { token } = tech
  const wrong = await ask("sessions.unlock", { token, factor: { pin: "0000" } })
  assert.equal(codeOf(wrong), "wrong")
  assert.equal(codeOf(await ask("sessions.unlock", { token, factor: { pin: "2719" } })), "done")
  assert.equal(tech.actor()?.person, "tech")

  await tech.does("sessions.lock")
  const tries: string[] = []
  for (let n = 0; n < 5; n++)
    tries.push(codeOf(await ask("sessions.unlock", { token, factor: { password: "no" } })))
  assert.equal(tries.at(-1), "ended")
  assert.equal(codeOf(await ask("sessions.unlock", { token, factor: { password } })), "ended")
  const said = new Set(audit.query({ person: "tech" }).map(({ what }) => what))
  for (const what of ["signed_in", "session.locked", "session.unlock_refused", "session.unlocked"])
    assert.ok(said.has(what), what)
})

test("somebody who is noted to be there in the same moment opens no lock", async (t) => {
  const house = await openHouse(t, { only, settings })
  const tech = await seat(house, "tech")
  const { token } = tech
  for (let n = 0; n < 10; n++) {
    const keeps = [1, 2, 3].map(() => house.ask("sessions.keep", { token }))
    await Promise.all([tech.does("sessions.lock"), ...keeps])
    assert.equal(tech.actor(), undefined)
    await house.ask("sessions.unlock", { token, factor: { password } })
    assert.equal(tech.actor()?.person, "tech")
  }
  const keeping = house.ask("sessions.keep", { token })
  await Promise.all([house.ask("sessions.logout", { token }), keeping])
  assert.equal(tech.actor(), undefined)
})

test("a screen that nobody touches locks by itself, and the lock is in the log", async (t) => {
  const times = { idleMinutes: 0.02 }
  const house = await openHouse(t, { only, settings: { ...settings, sessions: times } })
  const tech = await seat(house, "tech")
  await until(() => tech.actor() === undefined)
  assert.equal((await tech.looks()).state, "locked")
  const locked = house.audit.query({ person: "tech", what: "session.locked" })
  assert.deepEqual(
    locked.map(({ outcome }) => outcome),
    ["idle"],
  )
  const { token } = tech
  await house.ask("sessions.keep", { token })
  assert.equal(tech.actor(), undefined, "hands at a locked keyboard unlock nothing")
  const unlocked = await house.ask("sessions.unlock", { token, factor: { password } })
  assert.equal(codeOf(unlocked), "done")
})

test("a decision at T2 asks for a fresh proof; a PIN is none, the password is", async (t) => {
  const times = { freshMinutes: 0.001 }
  const house = await openHouse(t, { only, settings: { ...settings, sessions: times } })
  const { actor, does, looks } = await seat(house, "pharmacist")
  const asked = await house.asCaller("1001", "work-queue.askClinical", { about: "May I?" })
  assert.equal(asked.kind, "asked")
  const { item } = asked as { item: string }
  await until(() => actor()?.lacks?.includes("proof") === true)
  assert.equal(codeOf(await does("work-queue.approve", { item })), "prove_again")
  assert.equal(codeOf(await does("work-queue.refuse", { item, reason: "No." })), "prove_again")
  assert.deepEqual((await looks()).view?.lacks, ["proof"])
  assert.equal(codeOf(await does("staff-accounts.setPin", { pin: "2719" })), "prove_again")
  assert.equal(codeOf(await does("sessions.prove", { factor: { pin: "2719" } })), "too_weak")
  assert.equal(codeOf(await does("sessions.prove", { factor: { password: "no" } })), "wrong")
  const proved = await does("sessions.prove", { factor: { password } })
  assert.equal(proved.kind, "done")
})

test("within the minutes that a proof counts, a decision is one act", async (t) => {
  const house = await openHouse(t, { only, settings })
  const { does } = await seat(house, "pharmacist")
  const asked = await house.asCaller("1001", "work-queue.askClinical", { about: "May I?" })
  const { item } = asked as { item: string }
  assert.equal((await does("work-queue.approve", { item })).kind, "done")
})

test("a pharmacist whose licence ended decides nothing at T2, from that moment on", async (t) => {
  const house = await openHouse(t, { only, settings })
  const { actor, does } = await seat(house, "pharmacist")
  const asked = await house.asCaller("1001", "work-queue.askClinical", { about: "May I?" })
  const { item } = asked as { item: string }
  const licence = { number: "TX-1", state: "TX", expiresOn: "2020-01-31" }
  await house.asStaff("manager", "staff-accounts.setLicence", { user: "pharmacist", licence })
  await until(() => actor()?.lacks?.includes("licence") === true)
  assert.equal(codeOf(await does("work-queue.approve", { item })), "unlicensed")
  await house.asStaff("manager", "staff-accounts.setLicence", { user: "pharmacist" })
  assert.equal(codeOf(await does("work-queue.approve", { item })), "unlicensed")
})

test("a password that a manager set opens one's own account only, until it is changed", async (t) => {
  const house = await openHouse(t, { only, settings })
  const before = await seat(house, "tech")
  const set = { user: "tech", password: "a lamp beside the river" }
  assert.equal((await house.asStaff("manager", "staff-accounts.setPassword", set)).kind, "done")
  await until(() => before.actor() === undefined)
  const login = await house.ask<{ token: string }>("sessions.login", set)
  const actor = () => house.host.identities.actor({ token: login.value.token }) as Staff
  assert.deepEqual(actor().lacks, ["set_up"])
  const does = (name: string, input: unknown = {}) =>
    house.host.desk.proposeAs(actor(), { name, input, options: {} })
  assert.equal((await does("work-queue.list")).kind, "refused")
  const change = (next: string) =>
    does("staff-accounts.changePassword", { password: set.password, next })
  assert.equal(codeOf(await change("tess nicholls is here")), "weak_password")
  assert.equal(codeOf(await change("too short")), "weak_password")
  assert.equal(codeOf(await change(set.password)), "same")
  assert.equal(codeOf(await change("seven quiet umbrellas")), "done")
  await until(() => actor().lacks === undefined)
  assert.equal((await does("work-queue.list")).kind, "done")
})

test("one sees one's own sessions and ends them, and nobody else's", async (t) => {
  const house = await openHouse(t, { only, settings })
  const [here, elsewhere] = [await seat(house, "tech"), await seat(house, "tech")]
  const manager = await seat(house, "manager")
  const listed = await here.does("sessions.own")
  assert.equal(listed.kind, "done")
  const { sessions } = (listed as { value: { sessions: { session: string; isThis: boolean }[] } })
    .value
  assert.equal(sessions.length, 2)
  const [other] = sessions.filter(({ isThis }) => !isThis)
  const session = other?.session
  assert.equal(codeOf(await manager.does("sessions.end", { session })), "unknown_session")
  assert.equal(codeOf(await here.does("sessions.end", { session })), "done")
  assert.equal(elsewhere.actor(), undefined)
  assert.equal(here.actor()?.person, "tech")
})

test("rights taken in an emergency are loud, reach no account, and are looked at by another", async (t) => {
  const house = await openHouse(t, { only, settings })
  const tech = await seat(house, "tech")
  const manager = await seat(house, "manager")
  const wanted = { role: "manager", reason: "The manager fell ill; a refund waits.", minutes: 15 }
  assert.equal((await tech.does("sessions.listRights")).kind, "refused")
  assert.equal(
    codeOf(await tech.does("sessions.takeRights", { ...wanted, role: "pharmacist" })),
    "unlicensed",
  )
  assert.equal(
    codeOf(await tech.does("sessions.takeRights", { ...wanted, role: "technician" })),
    "own_role",
  )
  const taken = await tech.does("sessions.takeRights", wanted)
  assert.equal(taken.kind, "done")
  const { glass } = (taken as { value: { glass: string } }).value
  assert.deepEqual(
    [tech.actor()?.role, tech.actor()?.glass],
    ["manager", { id: glass, own: "technician" }],
  )
  assert.equal(codeOf(await tech.does("sessions.takeRights", wanted)), "already_taken")
  assert.equal(
    (await tech.does("work-queue.askRefund", { about: "Twice.", patient: "1001" })).kind,
    "done",
  )
  assert.equal((await tech.does("staff-accounts.list")).kind, "refused")
  assert.equal((await tech.does("sessions.reviewRights", { glass })).kind, "refused")

  const listed = await manager.does("sessions.listRights")
  const { rights } = (listed as { value: { rights: { reason: string; user: string }[] } }).value
  assert.deepEqual([rights[0]?.user, rights[0]?.reason], ["tech", wanted.reason])
  assert.equal(codeOf(await manager.does("sessions.reviewRights", { glass })), "done")

  assert.equal(codeOf(await tech.does("sessions.giveBackRights")), "done")
  assert.deepEqual([tech.actor()?.role, tech.actor()?.glass], ["technician", undefined])
  const refund = house.audit.query({ person: "tech", what: "work-queue.askRefund" })
  assert.deepEqual(Object(refund[0]?.actor).glass, { id: glass, own: "technician" })
  for (const what of ["break_glass.taken", "break_glass.ended"])
    assert.equal(house.audit.query({ person: "tech", what }).length, 1, what)
})
