/** Patients through their contract, in the real house, and the names people give. */
import assert from "node:assert/strict"
import { test } from "node:test"
import type { PatientRecord } from "#core/pms.ts"
import { openHouse } from "../../test/house.ts"
import { isLikelySameName, soundsLikeFullName } from "./same-name.ts"

const only = ["patients", "pms"]

test("a stated name and birthday find the patients they may mean", async (t) => {
  const house = await openHouse(t, { only })
  const match = async (firstName: string, lastName: string, ...datesOfBirth: string[]) => {
    const input = { firstName, lastName, datesOfBirth }
    const reply = await house.ask<{ patients: PatientRecord[] }>("patients.match", input)
    return reply.value.patients.map(({ patient }) => patient)
  }
  assert.deepEqual(await match("James", "Carter", "1958-03-14"), ["1001"])
  assert.deepEqual(await match("jim", "CARTER", "1958-03-14"), ["1001"])
  assert.deepEqual(await match("James", "Carter", "1958-04-13", "1958-03-14"), ["1001"])
  assert.deepEqual(await match("James", "Carter", "1958-03-14", "1958-03-14"), ["1001"])
  assert.deepEqual(await match("James", "Carter", "1958-03-15"), [])
  assert.deepEqual(await match("Grace", "Carter", "1958-03-14"), [])
  assert.deepEqual(await match("Anna", "Price", "1990-05-05"), ["1016"])
  assert.deepEqual(await match("Emma", "Price", "1990-05-05"), ["1017"])
})

test("a name heard badly is found by the number or the prescription, with the birthday", async (t) => {
  const house = await openHouse(t, { only })
  const match = async (whole: string, born: string, by: { phone?: string; rxNumber?: string }) => {
    const [firstName = "", lastName = ""] = whole.split(" ")
    const input = { firstName, lastName, datesOfBirth: [born], ...by }
    type Found = { patients: PatientRecord[]; isBySound: boolean }
    const { value } = await house.ask<Found>("patients.match", input)
    return { found: value.patients.map(({ patient }) => patient), isBySound: value.isBySound }
  }
  const [ours, theirs] = ["+15125550100", "+15125550113"]
  const james = { found: ["1001"], isBySound: true }
  const nobody = { found: [], isBySound: true }
  assert.deepEqual(await match("Yames Cárter", "1958-03-14", { phone: ours }), james)
  assert.deepEqual(await match("Chames Carta", "1958-03-14", { rxNumber: "7001235" }), james)
  assert.deepEqual(await match("Jamescarter Jamescarter", "1958-03-14", { phone: ours }), james)
  assert.deepEqual(await match("Yames Cárter", "1958-03-14", {}), nobody)
  assert.deepEqual(await match("Yames Cárter", "1958-03-14", { phone: theirs }), nobody)
  assert.deepEqual(await match("Yames Cárter", "1958-03-15", { phone: ours }), nobody)
  assert.deepEqual(await match("Zora Quill", "1958-03-14", { phone: ours }), nobody)
  const asWritten = { found: ["1001"], isBySound: false }
  assert.deepEqual(await match("James Carter", "1958-03-14", { phone: theirs }), asWritten)
})

test("staff see a patient as the pharmacy system has them; callers don't", async (t) => {
  const house = await openHouse(t, { only })
  const reply = await house.asStaff("technician", "patients.get", { patient: "1001" })
  assert.ok(reply.kind === "done")
  const { firstName, phones, zip } = reply.value as PatientRecord
  assert.deepEqual([firstName, phones, zip], ["James", ["+15125550100"], "77101"])
  const born = { lastName: "Carter", dateOfBirth: "1958-03-14" }
  assert.equal((await house.asStaff("technician", "patients.search", born)).kind, "done")
  const unknown = await house.asStaff("technician", "patients.get", { patient: "9999" })
  assert.equal(unknown.kind === "fault" && unknown.code, "unknown_patient")
  for (const [name, input] of [
    ["patients.get", { patient: "1001" }],
    ["patients.search", born],
    ["patients.match", { ...born, firstName: "James", datesOfBirth: ["1958-03-14"] }],
    ["patients.contact", { patient: "1001" }],
  ] as const)
    assert.equal((await house.asCaller("1001", name, input)).kind, "refused", name)
})

test("looking at a patient is in the audit log under that patient", async (t) => {
  const house = await openHouse(t, { only })
  await house.asStaff("technician", "patients.get", { patient: "1001" })
  const seen = await house.audit.query({ patient: "1001" })
  assert.ok(seen.some(({ what }) => what === "patients.get"))
})

test("other modules are told how a patient is reached and spoken to", async (t) => {
  const house = await openHouse(t, { only })
  const reply = await house.ask("patients.contact", { patient: "1015" })
  assert.deepEqual(reply.value, {
    phones: ["+15125550113"],
    language: "es",
    firstName: "Maria",
    lastName: "Lopez",
    dateOfBirth: "1964-09-27",
    zip: "77114",
  })
})

test("whoever shares a phone number is known by it, and nobody is by another", async (t) => {
  const house = await openHouse(t, { only })
  const at = async (phone: string) => {
    const reply = await house.ask<{ patients: PatientRecord[] }>("patients.atNumber", { phone })
    return reply.value.patients.map(({ patient }) => patient)
  }
  assert.ok((await at("+15125550113")).includes("1015"))
  assert.ok(!(await at("+15125550199")).includes("1015"))
})

test("what a patient prefers is kept, told to whoever reaches them, and seen by no caller", async (t) => {
  const house = await openHouse(t, { only })
  const patient = "1001"
  const preferences = {
    ...{ language: "es", channel: "sms" },
    quiet: { from: "20:00", until: "09:30" },
  }
  const kept = await house.asStaff("technician", "patients.prefer", { patient, preferences })
  assert.equal(kept.kind, "done")
  const shown = await house.asStaff("pharmacist", "patients.preferences", { patient })
  assert.deepEqual(shown, { kind: "done", value: preferences })
  const contact = await house.ask<Record<string, unknown>>("patients.contact", { patient })
  const { language, channel, quiet } = contact.value
  assert.deepEqual({ language, channel, quiet }, preferences)
  const asked = { patient, preferences }
  assert.equal((await house.asCaller(patient, "patients.prefer", asked)).kind, "refused")
})

test("a pharmacy system that is down is an outage, not an unknown patient", async (t) => {
  const house = await openHouse(t, { only })
  await house.pmsFault({ mode: "down" })
  assert.equal((await house.ask("patients.contact", { patient: "1001" })).kind, "outage")
})

test("short forms, accents and one slip of the ear are the same name", () => {
  for (const [said, written] of [
    ["Bob", "Robert"],
    ["Cathy", "Katherine"],
    ["María", "Maria"],
    ["Jon", "John"],
    ["Steven", "Stephen"],
    ["MARY ANN", "Maryann"],
  ] as const)
    assert.ok(isLikelySameName(said, written), `${said} and ${written}`)
})

test("other names are other people", () => {
  for (const [said, written] of [
    ["Anna", "Emma"],
    ["James", "Grace"],
    ["Robert", "William"],
    ["", "James"],
    ["...", "James"],
    ["Maria", "Mario Alberto"],
  ] as const)
    assert.ok(!isLikelySameName(said, written), `${said} and ${written}`)
})

test("a full name is known by its sound, joined or split or with a word more; another is not", () => {
  for (const [heard, written] of [
    ["Proberta Ayes", "Robert Hayes"],
    ["Robertalles", "Robert Hayes"],
    ["Peterlane Asi", "Peter Lane"],
    ["Jorge Fernandes", "Jorge Fernández"],
    ["Li Wu", "Li Wu"],
  ] as const)
    assert.ok(soundsLikeFullName(heard, written), `${heard} for ${written}`)
  for (const [heard, written] of [
    ["Grace Carter", "James Carter"],
    ["Susan Hayes", "Robert Hayes"],
    ["Robert", "Robert Hayes"],
    ["Hayes", "Robert Hayes"],
    ["Li Wo", "Li Wu"],
    [" ", "Li Wu"],
  ] as const)
    assert.ok(!soundsLikeFullName(heard, written), `${heard} for ${written}`)
})
