/** The demo pharmacy is whole: every state is there, nobody in it could be real. */
import assert from "node:assert/strict"
import { readFileSync } from "node:fs"
import { test } from "node:test"
import { castPharmacy } from "./cast.ts"
import { lookAlikes } from "./drugs.ts"
import { makePharmacy } from "./generate.ts"
import { checkCodes, fillCodes } from "./records.ts"

const today = "2026-11-20"
const pharmacy = makePharmacy({ seed: 7, today })

test("200 patients live in households that share 100 fictional phone numbers", () => {
  const phones = pharmacy.patients.flatMap((patient) => patient.phones)
  assert.equal(pharmacy.patients.length, 200)
  assert.ok(phones.every((phone) => /^51255501\d\d$/.test(phone)))
  assert.ok(new Set(phones).size < phones.length / 2)
})

test("nobody lives where the postal service delivers", () => {
  assert.ok(pharmacy.patients.every(({ zip }) => /^771\d\d$/.test(zip)))
})

test("ids and prescription numbers are given once", () => {
  const ids = new Set(pharmacy.patients.map(({ id }) => id))
  const numbers = new Set(pharmacy.scripts.map(({ number }) => number))
  assert.equal(ids.size, pharmacy.patients.length)
  assert.equal(numbers.size, pharmacy.scripts.length)
  assert.ok(pharmacy.scripts.every(({ patientId }) => ids.has(patientId)))
})

test("every state of a prescription and of a fill is there, and every schedule and severity", () => {
  const { scripts } = pharmacy
  const has = (values: readonly string[]) => [...new Set(values)].sort()
  assert.deepEqual(has(scripts.map(({ check }) => check)), has(checkCodes))
  assert.deepEqual(has(scripts.map(({ fill }) => fill)), has(fillCodes))
  assert.deepEqual(has(scripts.map(({ drug }) => drug.schedule)), ["0", "2", "3", "4", "5", "6"])
  const severities = scripts.flatMap(({ alerts }) => alerts.map(({ severity }) => severity))
  assert.deepEqual(has(severities), ["1", "2", "3", "4"])
})

test("a controlled drug is never simply refillable", () => {
  const controlled = pharmacy.scripts.filter(({ drug }) => /[2-5]/.test(drug.schedule))
  assert.ok(controlled.length > 0)
  assert.ok(controlled.every(({ check }) => check !== "OK"))
})

test("every look-alike pair is found within one patient", () => {
  const drugsOf = new Map<string, string[]>()
  for (const { patientId, drug } of pharmacy.scripts) {
    drugsOf.set(patientId, [...(drugsOf.get(patientId) ?? []), drug.name])
  }
  const missing = lookAlikes.filter(
    (pair) =>
      ![...drugsOf.values()].some((names) =>
        pair.every((drug) => names.some((name) => name.startsWith(drug))),
      ),
  )
  assert.deepEqual(missing, [])
})

test("the same seed and day make the same pharmacy, another seed another one", () => {
  assert.deepEqual(makePharmacy({ seed: 7, today }), pharmacy)
  assert.notDeepEqual(makePharmacy({ seed: 8, today }).patients, pharmacy.patients)
})

test("the cast stays the same whatever the seed, and README has each of them", () => {
  const readme = readFileSync(`${import.meta.dirname}/README.md`, "utf8")
  const { patients, scripts } = castPharmacy(today)
  const other = makePharmacy({ seed: 8, today })
  assert.deepEqual(other.patients.slice(0, patients.length), patients)
  for (const { firstName, lastName, bornOn, phones, zip, id } of patients) {
    const line = phones[0]?.slice(-2)
    const row = readme.split("\n").find((it) => it.startsWith(`| ${firstName} ${lastName} |`))
    assert.ok(row, `${firstName} has no row`)
    assert.ok(row.includes(`| ${bornOn} | ${line} | ${zip} |`), `${firstName}'s row differs`)
    const mine = scripts.filter(({ patientId }) => patientId === id)
    const drug = (name: string) => name.split(" ")[0]
    for (const one of mine) assert.ok(row.includes(`${one.number} ${drug(one.drug.name)}`))
  }
})
