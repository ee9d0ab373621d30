/** Accounts and sessions through their contracts. */
import assert from "node:assert/strict"
import { readFileSync } from "node:fs"
import { join } from "node:path"
import { test } from "node:test"
import type { Staff } from "#core/actor.ts"
import { openHouse } from "../../test/house.ts"

const only = ["staff-accounts", "sessions", "mfa"]
const password = "correct horse battery"
const settings = { "staff-accounts": { demoPassword: password } }

interface Session {
  readonly token: string
  readonly role: string
}

test("a right password opens a session that the host knows, until it is closed", async (t) => {
  const { ask, host } = await openHouse(t, { only, settings })
  const reply = await ask<Session>("sessions.login", { user: "pharmacist", password })
  const { token, role } = reply.value
  assert.equal(role, "pharmacist")
  const { session, ...actor } = host.identities.actor({ token }) as Staff
  assert.ok(session)
  assert.deepEqual(actor, { kind: "staff", person: "pharmacist", role: "pharmacist" })
  await ask("sessions.logout", { token })
  assert.equal(host.identities.actor({ token }), undefined)
})

test("a wrong password and a user that does not exist are answered alike", async (t) => {
  const { ask } = await openHouse(t, { only, settings })
  const wrong = await ask("sessions.login", { user: "pharmacist", password: "not the password" })
  const nobody = await ask("sessions.login", { user: "nobody", password })
  assert.equal(wrong.kind, "fault")
  assert.deepEqual(wrong, nobody)
})

test("five wrong passwords lock the account, also for the right one", async (t) => {
  const { ask } = await openHouse(t, { only, settings })
  for (let tries = 0; tries < 5; tries++)
    await ask("sessions.login", { user: "tech", password: "not the password" })
  const reply = await ask("sessions.login", { user: "tech", password })
  assert.equal((reply as { code?: string }).code, "locked")
})

test("closing an account ends its open sessions", async (t) => {
  const { ask, asStaff, host } = await openHouse(t, { only, settings })
  const { token } = (await ask<Session>("sessions.login", { user: "tech", password })).value
  assert.equal((await asStaff("manager", "staff-accounts.disable", { user: "tech" })).kind, "done")
  while (host.identities.actor({ token })) await new Promise((resolve) => setImmediate(resolve))
  const again = await ask("sessions.login", { user: "tech", password })
  assert.equal(again.kind, "fault")
})

test("who signed in and who was not let in stands in the audit log", async (t) => {
  const { ask, audit } = await openHouse(t, { only, settings })
  await ask("sessions.login", { user: "manager", password })
  await ask("sessions.login", { user: "tech", password: "not the password" })
  const [signedIn] = audit.query({ person: "manager" })
  assert.equal(signedIn?.what, "signed_in")
  const refused = audit.query({}).find(({ what }) => what === "sign_in.refused")
  assert.equal(refused?.outcome, "tech")
})

test("only a manager makes accounts", async (t) => {
  const { asStaff } = await openHouse(t, { only, settings })
  const account = { user: "new.one", fullName: "Nora Newell", role: "technician", password }
  for (const role of ["technician", "pharmacist", "operator"] as const)
    assert.equal((await asStaff(role, "staff-accounts.create", account)).kind, "refused")
  assert.equal((await asStaff("manager", "staff-accounts.create", account)).kind, "done")
})

test("neither password nor token stands anywhere on the disk or in the log", async (t) => {
  const { ask, folder, logged } = await openHouse(t, { only, settings })
  const { token } = (await ask<Session>("sessions.login", { user: "tech", password })).value
  const disk = ["store.db", "store.db-wal"].map((name) =>
    readFileSync(join(folder, name), "latin1"),
  )
  for (const secret of [password, token]) {
    assert.equal(
      disk.some((bytes) => bytes.includes(secret)),
      false,
    )
    assert.equal(
      logged.some((line) => line.includes(secret)),
      false,
    )
  }
})

test("the last manager is neither demoted nor closed, also when two do it to each other at once", async (t) => {
  const { asStaff } = await openHouse(t, { only, settings })
  const becameOf = async (name: string, input: object) => {
    const reply = await asStaff("manager", `staff-accounts.${name}`, input)
    return reply.kind === "fault" ? reply.code : reply.kind
  }
  const manager = { user: "manager" }
  assert.equal(await becameOf("disable", manager), "last_manager")
  assert.equal(await becameOf("setRole", { ...manager, role: "technician" }), "last_manager")
  assert.equal(await becameOf("setRole", { ...manager, role: "manager" }), "done")
  assert.equal(await becameOf("setRole", { user: "operator", role: "manager" }), "done")
  const both = [becameOf("disable", manager), becameOf("disable", { user: "operator" })]
  assert.deepEqual((await Promise.all(both)).toSorted(), ["done", "last_manager"])
  // Whichever of the two is left can say so.
  const list = await asStaff("manager", "staff-accounts.list")
  assert.ok(list.kind === "done")
  const { accounts } = list.value as { accounts: readonly { role: string; isDisabled: boolean }[] }
  const open = accounts.filter(({ role, isDisabled }) => role === "manager" && !isDisabled)
  assert.equal(open.length, 1)
})

test("who is missing is counted without a name, and the demo's accounts do not count", async (t) => {
  const { asStaff } = await openHouse(t, { only, settings })
  const staffing = async () => {
    const reply = await asStaff("operator", "staff-accounts.staffing")
    assert.ok(reply.kind === "done")
    return reply.value as { missing: unknown; temporary: number }
  }
  assert.deepEqual((await staffing()).missing, ["pharmacist", "manager", "demo_closed"])
  const hire = (user: string, role: string, licence?: object) =>
    asStaff("manager", "staff-accounts.create", {
      ...{ user, fullName: `${user} Okafor`, role, password: "a phrase of nine green lanterns" },
      ...(licence && { licence }),
    })
  await hire("dana", "manager")
  await hire("henry", "pharmacist", { number: "1", state: "TX", expiresOn: "2020-01-01" })
  assert.deepEqual((await staffing()).missing, ["pharmacist", "second_manager", "demo_closed"])
  const licence = { number: "2", state: "TX", expiresOn: "2090-01-01" }
  await hire("ines", "pharmacist", licence)
  const now = await staffing()
  assert.deepEqual(now.missing, ["second_manager", "demo_closed"])
  assert.equal(now.temporary, 3)
  assert.equal((await asStaff("technician", "staff-accounts.staffing")).kind, "refused")
})
