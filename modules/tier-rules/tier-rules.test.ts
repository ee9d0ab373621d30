/** The tier rules through their contract, in the real house with the real gate. */
import assert from "node:assert/strict"
import { type TestContext, test } from "node:test"
import type { Reply } from "#core/module.ts"
import type { Rule } from "#core/rule.ts"
import { type House, openHouse } from "../../test/house.ts"

interface Change {
  readonly revision: number
  readonly by: string
  readonly reason: string
  readonly rules: readonly Rule[]
}

async function openDesk(t: TestContext) {
  const house = await openHouse(t, { only: ["tier-rules", "work-queue"] })
  const manager = (name: string, input: object = {}) =>
    house.asStaff("manager", `tier-rules.${name}`, input)
  return {
    house,
    manager,
    async listed() {
      return done<{ rules: readonly Rule[]; revision: number }>(await manager("list"))
    },
    async history() {
      return done<{ changes: readonly Change[] }>(await manager("history")).changes
    },
  }
}

function done<T>(reply: Reply): T {
  assert.ok(reply.kind === "done")
  return reply.value as T
}

function faultOf(reply: Reply): string | undefined {
  return reply.kind === "fault" ? reply.code : undefined
}

const verified = {
  kind: "caller",
  conversation: "call-1",
  channel: "phone",
  identity: "verified",
  patient: "1001",
} as const
const refill = {
  actor: verified,
  action: "refill_request",
  facts: { patient: "1001", schedule: "none", eligibility: "refillable", confidence: 0.6 },
} as const

/** The same rules without the one that asks a technician when the understanding was unsure. */
function withoutLowConfidence(rules: readonly Rule[]): readonly Rule[] {
  return rules.map((rule) => (rule.name === "low_confidence" ? { ...rule, enabled: false } : rule))
}

test("rules are listed in the order they speak, and as delivered they are the first of the history", async (t) => {
  const { history, listed } = await openDesk(t)
  const { revision, rules } = await listed()
  assert.equal(revision, 0)
  assert.equal(rules.length, 10)
  const priorities = rules.map(({ priority }) => priority)
  assert.deepEqual(
    priorities,
    priorities.toSorted((a, b) => b - a),
  )
  assert.deepEqual(
    (await history()).map((change) => [change.revision, change.reason, change.rules.length]),
    [[0, "As delivered.", 10]],
  )
})

test("a set that is put in force counts from the next request on, with who and why", async (t) => {
  const { history, listed, manager } = await openDesk(t)
  const before = done<{ verdict: string; rules: string[] }>(await manager("whatIf", refill))
  assert.deepEqual([before.verdict, before.rules], ["ask", ["low_confidence"]])

  const { revision, rules } = await listed()
  const change = { rules: withoutLowConfidence(rules), revision, reason: "Too many questions." }
  assert.deepEqual(done(await manager("replace", change)), { revision: 1 })
  const after = done<{ verdict: string; tier: number }>(await manager("whatIf", refill))
  assert.deepEqual([after.verdict, after.tier], ["allow", 0])
  assert.equal((await listed()).revision, 1)
  const [last] = await history()
  assert.deepEqual(
    [last?.revision, last?.by, last?.reason],
    [1, "the-manager", "Too many questions."],
  )
})

test("of two who edit the same revision, one is told that the other was first", async (t) => {
  const { history, listed, manager } = await openDesk(t)
  const { revision, rules } = await listed()
  const change = { rules: withoutLowConfidence(rules), revision, reason: "Too many questions." }
  const replies = await Promise.all([manager("replace", change), manager("replace", change)])
  assert.deepEqual(replies.map(faultOf).toSorted(), ["stale", undefined])
  assert.equal(faultOf(await manager("replace", change)), "stale")
  assert.equal((await history()).length, 2)
})

test("a rule that must stand can be neither left out nor switched off, and nothing changes", async (t) => {
  const { history, listed, manager } = await openDesk(t)
  const { revision, rules } = await listed()
  const without = rules.filter(({ name }) => name !== "controlled_substance")
  const off = rules.map((rule) => ({ ...rule, enabled: rule.name !== "emergency" }))
  for (const unlawful of [without, off]) {
    const change = { rules: unlawful, revision, reason: "In the way." }
    assert.equal(faultOf(await manager("replace", change)), "unlawful")
  }
  assert.deepEqual(await listed(), { revision, rules })
  assert.equal((await history()).length, 1)
})

test("a set without a reason is not taken", async (t) => {
  const { listed, manager } = await openDesk(t)
  const { revision, rules } = await listed()
  assert.equal(faultOf(await manager("replace", { rules, revision, reason: "" })), "invalid_input")
})

test("nobody but a manager reads, edits or tries the rules", async (t) => {
  const { house } = await openDesk(t)
  for (const command of ["list", "history"])
    for (const reply of await everybodyElse(house, `tier-rules.${command}`))
      assert.equal(reply.kind, "refused")
})

function everybodyElse(house: House, name: string): Promise<readonly Reply[]> {
  return Promise.all([
    house.asStaff("pharmacist", name),
    house.asStaff("technician", name),
    house.asStaff("operator", name),
    house.asCaller("1001", name, {}),
  ])
}

test("a set that is not in force is tried out, and nothing is kept of it", async (t) => {
  const { listed, manager } = await openDesk(t)
  const { rules } = await listed()
  const tried = { ...refill, rules: withoutLowConfidence(rules) }
  assert.equal(done<{ verdict: string }>(await manager("whatIf", tried)).verdict, "allow")
  assert.equal(done<{ verdict: string }>(await manager("whatIf", refill)).verdict, "ask")
  assert.equal((await listed()).revision, 0)
})
