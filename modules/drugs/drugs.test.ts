/** Drugs through their contract, and what the table must keep true. */
import assert from "node:assert/strict"
import { test } from "node:test"
import { openHouse } from "../../test/house.ts"
import { namesControlled } from "./controlled.ts"
import { drugs } from "./table.ts"

test("a caller's drug is found by its brand, and a label is described for a voice", async (t) => {
  const house = await openHouse(t, { only: ["drugs"] })
  const candidates = [
    { rxNumber: "7001234", drugName: "atorvastatin 20 mg tablet" },
    { rxNumber: "7001235", drugName: "lisinopril 10 mg tablet" },
  ]
  const found = await house.ask("drugs.match", { text: "my Lipitor please", candidates })
  const one = ["7001234"]
  const expected = { meant: one, unclear: [], leftOut: [], exact: one, namesOther: false }
  assert.deepEqual(found.value, expected)

  const describe = async (drugName: string) =>
    (await house.ask("drugs.describe", { drugName })).value
  const plain = { isHighAlert: false, isSensitive: false }
  for (const [label, plainName] of [
    ["atorvastatin 20 mg tablet", "atorvastatin"],
    ["ATORVASTATIN CALCIUM 20MG TAB", "atorvastatin"],
    ["Lipitor 20 mg", "Lipitor"],
    ["metoprolol succinate ER 50 mg tablet", "metoprolol succinate"],
    ["albuterol inhaler 90 mcg", "albuterol"],
  ] as const)
    assert.partialDeepStrictEqual(await describe(label), {
      ...{ plainName, schedule: "none", ...plain },
      genericNames: [
        label.startsWith("Lip")
          ? "atorvastatin"
          : plainName.replace(" succinate", "").toLowerCase(),
      ],
    })
  assert.deepEqual(await describe("zorbifan 3 mg tablet"), { plainName: "zorbifan", ...plain })
  assert.deepEqual(await describe("oxycodone 5 mg tablet"), {
    plainName: "oxycodone",
    schedule: "CII",
    isHighAlert: true,
    isSensitive: false,
    genericNames: ["oxycodone"],
  })
  assert.deepEqual(await describe("buprenorphine-naloxone 8-2 mg film"), {
    plainName: "buprenorphine-naloxone",
    schedule: "CIII",
    isHighAlert: true,
    isSensitive: true,
    genericNames: ["buprenorphine-naloxone"],
  })
})

test("what words name is found by brand and generic name, misspelt too, and look-alikes together", async (t) => {
  const house = await openHouse(t, { only: ["drugs"] })
  const named = async (text: string) => {
    const found = await house.ask<{ groups: { plainName: string; genericName: string }[][] }>(
      ...(["drugs.named", { text }] as const),
    )
    return found.value.groups.map((group) => group.map((one) => Object.values(one).join("/")))
  }
  assert.deepEqual(await named("do you have Lipitor or amoxicillin"), [
    ["atorvastatin/Lipitor"],
    ["amoxicillin/amoxicillin"],
  ])
  assert.deepEqual(await named("tienen amoxicilina"), [["amoxicillin/amoxicillin"]])
  assert.deepEqual(await named("are you open on Sunday"), [])
})

test("a combination counts as its gravest part, and no part that is not known counts as harmless", async (t) => {
  const house = await openHouse(t, { only: ["drugs"] })
  const scheduleOf = async (drugName: string) =>
    (await house.ask<{ schedule?: string }>("drugs.describe", { drugName })).value.schedule
  assert.equal(await scheduleOf("carisoprodol-aspirin-codeine 200 mg tablet"), "CII")
  assert.equal(await scheduleOf("amlodipine-benazepril 5-20 mg capsule"), "none")
  assert.equal(await scheduleOf("amlodipine-zorbifan 5-20 mg capsule"), undefined)
})

test("no name stands for two drugs", () => {
  const letters = drugs.flatMap(({ sounds }) => sounds.map((sound) => sound.letters))
  assert.deepEqual(
    letters.filter((one, at) => letters.indexOf(one) !== at),
    [],
  )
})

test("every opioid and insulin is on high alert, and every drug for HIV is sensitive", () => {
  const grave = drugs.filter(
    ({ uses, schedule }) =>
      uses.includes("insulin") || (uses.includes("pain") && schedule !== "none"),
  )
  assert.ok(grave.length >= 15)
  assert.deepEqual(
    grave.filter(({ isHighAlert }) => !isHighAlert).map(({ name }) => name),
    [],
  )
  const hiv = drugs.filter(({ uses }) => uses.includes("hiv"))
  assert.ok(hiv.length >= 5 && hiv.every(({ isSensitive }) => isSensitive))
})

for (const [text, isNamed] of [
  ["I lost my bottle of oxycodone and nobody helps me", true],
  ["my Adderal never came", true],
  ["perdí mi frasco de oxicodona", true],
  ["me robaron las pastillas para dormir", true],
  ["where are my pain pills", true],
  ["you gave me the wrong lisinopril", false],
  ["forty minutes on the phone, this is ridiculous", false],
  ["esperé cuarenta minutos y nadie me contestó", false],
] as const)
  test(`"${text}" is about ${isNamed ? "a" : "no"} controlled drug`, () => {
    assert.equal(namesControlled(text), isNamed)
  })
