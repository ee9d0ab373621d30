/** A letter to a plan: always a draft, with no name outside, and there without the cloud too. */
import assert from "node:assert/strict"
import { type TestContext, test } from "node:test"
import { startProvider } from "../../test/fixtures/providers.ts"
import { openHouse } from "../../test/house.ts"
import type { PriorAuthLetter } from "../contract.ts"

const packet = {
  drugName: "semaglutide",
  diagnosisCode: "E11.9",
  diagnosis: "type 2 diabetes",
  tried: [{ drugName: "metformin", outcome: "Quackenbush had nausea for six weeks" }],
  question: "Has Wilhelmina Quackenbush, born 03/14/1958, tried metformin?",
}
const about = {
  people: [
    { role: "patient", first: "Wilhelmina", last: "Quackenbush", dateOfBirth: "1958-03-14" },
    { role: "prescriber", first: "Ada", last: "Merriweather" },
  ],
  drugs: [],
}

async function openHere(t: TestContext, on: boolean) {
  const anthropic = await startProvider(t, "anthropic")
  const cloud = {
    on,
    anthropic: {
      model: "claude-haiku-5-5",
      baa: { confirmedOn: "2026-11-02", confirmedBy: "the owner" },
      apiKey: "env:ANTHROPIC_API_KEY",
      baseUrl: anthropic.baseUrl,
    },
  }
  const environment = { ANTHROPIC_API_KEY: "key-of-nobody" }
  const settings = { intent: { cloud } }
  const house = await openHouse(t, { only: ["intent"], settings, environment })
  const draft = async () =>
    (await house.ask<PriorAuthLetter>("intent.draftPriorAuth", { packet, about })).value
  return { anthropic, house, draft }
}

const worded = (reason: string, answer: string) => JSON.stringify({ reason, answer })

test("a model words the reasons, the facts are ours, and what left has no name in it", async (t) => {
  const { anthropic, house, draft } = await openHere(t, true)
  await anthropic.says(worded("Metformin was not borne.", "Yes, [PATIENT_1] tried it."))
  const letter = await draft()
  assert.deepEqual([letter.isDraft, letter.madeBy], [true, "model"])
  assert.match(letter.text, /^DRAFT\. Not sent\./)
  assert.match(letter.text, /E11\.9, type 2 diabetes\n/)
  assert.match(letter.text, /Yes, Wilhelmina Quackenbush tried it\./)
  const received = JSON.stringify(await anthropic.received())
  assert.doesNotMatch(received, /wilhelmina|quackenbush|merriweather|1958|E11/i)
  assert.match(received, /metformin/)
  const [before] = house.audit.query({ what: "cloud.ask" })
  assert.equal(before?.left?.purpose, "prior_auth_letter")
})

for (const [what, answer] of [
  ["a number that is not on file", worded("It helps 87 of a hundred.", "Yes.")],
  ["a placeholder nobody gave out", worded("For [PATIENT_7].", "Yes.")],
  ["an address of the net", worded("See https://example.com.", "Yes.")],
  ["a field too many", JSON.stringify({ reason: "So.", answer: "Yes.", send: true })],
] as const) {
  test(`${what} makes the wording none: the letter is the template`, async (t) => {
    const { anthropic, draft } = await openHere(t, true)
    await anthropic.says(answer)
    assert.equal((await draft()).madeBy, "rules")
  })
}

test("without the cloud the letter is a template, with places for a person to write", async (t) => {
  const { anthropic, draft } = await openHere(t, false)
  const letter = await draft()
  assert.deepEqual([letter.isDraft, letter.madeBy], [true, "rules"])
  assert.match(letter.text, /Patient: Wilhelmina Quackenbush, born 1958-03-14\n/)
  assert.match(letter.text, /- metformin: Quackenbush had nausea/)
  assert.match(letter.text, /\[Answer the question of the plan here\.\]/)
  assert.deepEqual(await anthropic.received(), [])
})
