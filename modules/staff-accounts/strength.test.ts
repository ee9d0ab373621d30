/** Which passwords and PINs are taken, how long wrong tries lock, and hashes of another day. */
import assert from "node:assert/strict"
import { argon2Sync } from "node:crypto"
import { test } from "node:test"
import { counted, endOf, type StoredAccount } from "./account.ts"
import { hashPassword, isDated, isPassword } from "./password.ts"
import { isWeakPassword, isWeakPin } from "./strength.ts"

const tess = { user: "tess", fullName: "Tess Nicholls" }

test("a long phrase is taken; what is short, named or tried first is not", () => {
  for (const good of ["correct horse battery", "siete paraguas callados", "ein Regal voller Uhren"])
    assert.equal(isWeakPassword(good, tess), false, good)
  const easy = [
    "Tr0ub4dor&3",
    "aaaaaaaaaaaaaaaaaaaaaaaa",
    "abababababababababab",
    "password1234567890!",
    "Welcome-Pharmacy-2026",
    "qwertyuiopasdfghjkl",
    "a letter for miss nicholls",
    "tess keeps her umbrella",
  ]
  for (const one of easy) assert.equal(isWeakPassword(one, tess), true, one)
})

test("a PIN neither repeats nor counts", () => {
  for (const good of ["2719", "0852", "135792"]) assert.equal(isWeakPin(good), false, good)
  for (const easy of ["0000", "1234", "9876", "22222222"]) assert.equal(isWeakPin(easy), true, easy)
})

test("four wrong tries are free, then the wait doubles up to an hour", () => {
  let account: StoredAccount = {
    ...{ ...tess, role: "technician", isDisabled: false, passwordHash: "" },
    ...{ wrongInARow: 0, lockedUntilMs: 0 },
  }
  const minutes = Array.from({ length: 13 }, () => {
    account = counted(account, 0)
    return account.lockedUntilMs / 60_000
  })
  assert.deepEqual(minutes, [0, 0, 0, 0, 1, 2, 4, 8, 16, 32, 60, 60, 60])
})

test("a licence ends with its last day where the pharmacy is", () => {
  const licence = { number: "TX-1", state: "TX", expiresOn: "2026-03-08" }
  const end = new Date(endOf(licence, "America/Chicago")).toISOString()
  assert.equal(end, "2026-03-09T04:59:59.999Z")
})

test("a hash of another cost still opens, and is known to be worth making anew", async () => {
  const salt = Buffer.alloc(16, 7)
  const cost = { memory: 8_192, passes: 3, parallelism: 1, tagLength: 32 }
  const hash = argon2Sync("argon2id", { message: Buffer.from("a phrase"), nonce: salt, ...cost })
  const old = `$argon2id$v=19$m=8192,t=3,p=1$${salt.toString("base64")}$${hash.toString("base64")}`
  assert.equal(await isPassword("a phrase", old), true)
  assert.equal(await isPassword("another phrase", old), false)
  assert.equal(isDated(old), true)
  const fresh = await hashPassword("a phrase")
  assert.equal(isDated(fresh), false)
  assert.equal(await isPassword("a phrase", fresh), true)
})
