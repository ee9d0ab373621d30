/** Second factors through their contracts: what is asked at the door, and what is used up. */
import assert from "node:assert/strict"
import { readFileSync } from "node:fs"
import { join } from "node:path"
import { test } from "node:test"
import { generate } from "otplib"
import { systemClock } from "#core/clock.ts"
import type { Reply } from "#core/module.ts"
import { type House, openHouse } from "../../test/house.ts"
import { Ceremonies } from "./ceremonies.ts"
import { freshCodes, withoutCode } from "./recovery-codes.ts"
import { stepOf } from "./totp.ts"

const only = ["staff-accounts", "sessions", "mfa"]
const password = "correct horse battery"
const settings = { "staff-accounts": { demoPassword: password } }
const STEP_MS = 30_000

const codeOf = (reply: Reply) => ("code" in reply ? reply.code : reply.kind)
const valueIn = (reply: Reply) => Object(reply).value

async function seat({ ask, host }: House, credentials: object) {
  const login = await ask<{ token: string }>("sessions.login", {
    user: "tech",
    password,
    ...credentials,
  })
  assert.equal(codeOf(login), "done")
  const { token } = login.value
  return async (name: string, input: unknown = {}): Promise<Reply> => {
    const actor = host.identities.actor({ token })
    assert.ok(actor)
    return host.desk.proposeAs(actor, { name, input, options: {} })
  }
}

/** Enrols one-time codes; answers the secret and the recovery codes. */
async function enrol(house: House) {
  const does = await seat(house, {})
  const { secret, uri } = valueIn(await does("mfa.startTotp"))
  assert.match(uri, /^otpauth:\/\/totp\//)
  assert.equal(codeOf(await does("mfa.addTotp", { code: "000000" })), "wrong_code")
  const code = await generate({ secret })
  const { recoveryCodes } = valueIn(await does("mfa.addTotp", { code }))
  return { secret, code, recoveryCodes }
}

test("with one-time codes on, the password alone opens nothing, and no code works twice", async (t) => {
  const house = await openHouse(t, { only, settings })
  const { ask } = house
  const { secret, code } = await enrol(house)
  const login = (more: object) => ask("sessions.login", { user: "tech", password, ...more })
  assert.equal(codeOf(await login({})), "second_factor")
  assert.equal(codeOf(await login({ code })), "wrong_code")
  // The code of the next half minute is right a little early.
  const epoch = Math.floor((systemClock.nowMs() + STEP_MS) / 1_000)
  const next = await generate({ secret, epoch })
  assert.equal(codeOf(await login({ code: next })), "done")
  assert.equal(codeOf(await login({ code: next })), "wrong_code")
})

test("wrong codes lock the account although the password is right", async (t) => {
  const house = await openHouse(t, { only, settings })
  await enrol(house)
  const tries: string[] = []
  for (let n = 0; n < 6; n++)
    tries.push(codeOf(await house.ask("sessions.login", { user: "tech", password, code: "12" })))
  assert.deepEqual(tries, [...Array<string>(5).fill("wrong_code"), "locked"])
})

test("there are ten recovery codes, each opens once, and none is kept in the clear", async (t) => {
  const house = await openHouse(t, { only, settings })
  const { recoveryCodes } = await enrol(house)
  assert.equal(new Set(recoveryCodes).size, 10)
  const [first, second] = recoveryCodes
  const does = await seat(house, { code: first })
  assert.equal(valueIn(await does("mfa.own")).recoveryCodesLeft, 9)
  const again = await house.ask("sessions.login", { user: "tech", password, code: first })
  assert.equal(codeOf(again), "wrong_code")

  const { recoveryCodes: renewed } = valueIn(await does("mfa.renewRecoveryCodes"))
  const old = await house.ask("sessions.login", { user: "tech", password, code: second })
  assert.equal(codeOf(old), "wrong_code")
  await seat(house, { code: renewed[0].toUpperCase() })
  const disk = ["store.db", "store.db-wal"].map((name) =>
    readFileSync(join(house.folder, name), "latin1"),
  )
  for (const code of [...recoveryCodes, ...renewed])
    assert.ok(![...disk, ...house.logged].some((text) => text.includes(code)))
})

test("the last factor takes its recovery codes along, and the password opens alone again", async (t) => {
  const house = await openHouse(t, { only, settings })
  const { recoveryCodes } = await enrol(house)
  const does = await seat(house, { code: recoveryCodes[0] })
  assert.equal(codeOf(await does("mfa.removeTotp")), "done")
  assert.equal(valueIn(await does("mfa.own")).recoveryCodesLeft, 0)
  await seat(house, {})
})

test("where a factor is required and overdue, nothing is open but enrolling one", async (t) => {
  const mfa = { isRequired: true, graceDays: 0 }
  const house = await openHouse(t, { only, settings: { ...settings, mfa } })
  const does = await seat(house, {})
  assert.equal((await does("dashboard.modules")).kind, "outage")
  assert.equal((await does("staff-accounts.list")).kind, "refused")
  const { secret } = valueIn(await does("mfa.startTotp"))
  assert.equal(codeOf(await does("mfa.addTotp", { code: await generate({ secret }) })), "done")
  assert.equal(codeOf(await does("mfa.removeTotp")), "last_factor")
})

test("within the grace everything is open, and one is told until when", async (t) => {
  const mfa = { isRequired: true, graceDays: 3 }
  const house = await openHouse(t, { only, settings: { ...settings, mfa } })
  const manager = await house.ask("sessions.login", { user: "manager", password })
  const { view } = valueIn(await house.ask("sessions.look", { token: valueIn(manager).token }))
  assert.deepEqual(view.lacks, [])
  assert.ok(view.enrolByMs > systemClock.nowMs())
})

test("a manager resets the factors of somebody who lost them", async (t) => {
  const house = await openHouse(t, { only, settings })
  await enrol(house)
  assert.equal((await house.asStaff("technician", "mfa.reset", { user: "tech" })).kind, "refused")
  assert.equal((await house.asStaff("manager", "mfa.reset", { user: "tech" })).kind, "done")
  await seat(house, {})
})

test("a passkey that nobody knows, or that signed something else, opens nothing", async (t) => {
  const house = await openHouse(t, { only, settings })
  const clientData = {
    type: "webauthn.get",
    challenge: "AAAA",
    origin: "https://elsewhere.example",
  }
  const encoded = Buffer.from(JSON.stringify(clientData)).toString("base64url")
  const response = { clientDataJSON: encoded, authenticatorData: "AAAA", signature: "AAAA" }
  const passkey = { id: "AAAA", rawId: "AAAA", type: "public-key", response }
  const login = await house.ask("sessions.loginWithPasskey", { passkey })
  assert.equal(codeOf(login), "wrong")
  const does = await seat(house, {})
  await does("mfa.startPasskey")
  const made = { clientDataJSON: encoded, attestationObject: "AAAA" }
  const added = await does("mfa.addPasskey", {
    name: "A key",
    passkey: { id: "AAAA", rawId: "AAAA", type: "public-key", response: made },
  })
  assert.equal(codeOf(added), "not_accepted")
})

test("a challenge is good once", () => {
  const ceremonies = new Ceremonies(systemClock)
  const challenge = ceremonies.open()
  assert.equal(ceremonies.close("another"), false)
  assert.equal(ceremonies.close(challenge), true)
  assert.equal(ceremonies.close(challenge), false)
})

test("a one-time code is right half a minute early or late and not later", async () => {
  const secret = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
  const nowMs = 1_800_000_000_000
  const at = (offsetMs: number) => generate({ secret, epoch: (nowMs + offsetMs) / 1_000 })
  const step = async (offsetMs: number, usedStep?: number) =>
    stepOf({ secret, code: await at(offsetMs), nowMs, usedStep })
  assert.equal(await step(0), nowMs / STEP_MS)
  assert.equal(await step(-STEP_MS), nowMs / STEP_MS - 1)
  assert.equal(await step(STEP_MS), nowMs / STEP_MS + 1)
  assert.equal(await step(3 * STEP_MS), undefined)
  assert.equal(await step(0, nowMs / STEP_MS), undefined)
})

test("a recovery code is read as it was written down, with its look-alikes", async () => {
  const { codes, set } = await freshCodes()
  const [first = ""] = codes
  assert.match(first, /^[0-9a-z]{5}-[0-9a-z]{5}$/)
  const upper = first.toUpperCase().replace("-", " ")
  const typed = ` ${upper.replaceAll("0", "O").replaceAll("1", "l")}`
  assert.equal((await withoutCode(set, typed))?.hashes.length, 9)
  assert.equal(await withoutCode(set, "00000-00000"), undefined)
})
