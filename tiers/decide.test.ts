/**
 * The gate's judgement, from three sides: the whole table of who may do what, one case for each
 * rule, and properties that hold for any question.
 */
import assert from "node:assert/strict"
import { test } from "node:test"
import fc from "fast-check"
import type { Actor, Caller, Lack, Role } from "#core/actor.ts"
import type { Decision, Facts, Question } from "#core/decision.ts"
import type { Rule } from "#core/rule.ts"
import { decide } from "./decide.ts"
import { matrix, rowOf } from "./matrix.ts"
import { defaultRules } from "./rules.ts"

const PATIENT = "patient-1"
const policy = { matrix, rules: defaultRules }

const plain: Facts = { patient: PATIENT, schedule: "none", eligibility: "refillable" }

const anonymous: Caller = {
  kind: "caller",
  conversation: "call-1",
  channel: "phone",
  identity: "anonymous",
}
const claimed: Caller = { ...anonymous, identity: "claimed" }
const verified: Caller = { ...anonymous, identity: "verified", patient: PATIENT }
const otherPatient: Caller = { ...verified, patient: "patient-2" }
const carer: Caller = { ...otherPatient, caresFor: [PATIENT] }
const staff = (role: Role): Actor => ({ kind: "staff", person: "person-1", role })
const partner = (...scopes: string[]): Actor => ({ kind: "partner", key: "key-1", scopes })
const system: Actor = { kind: "system", module: "reminders", schedule: "daily" }

function ask(actor: Actor, action: string, facts: Facts = plain, via?: string): Decision {
  return decide({ actor, action, facts, ...(via === undefined ? {} : { via }) }, policy)
}

/** Verdict and tier in a word: `allow0`, `ask2`, `refuse0`. */
const short = ({ verdict, tier }: Decision): string => `${verdict}${tier}`

/**
 * Row by row what each kind of actor is told: a for allow, q for ask, r for refuse, with the tier.
 * In order: an anonymous, a claimed and a verified caller, a carer with consent, another patient;
 * the technician, pharmacist, manager, operator; a partner with the scope, one without; a schedule.
 */
const asked: Readonly<Record<string, string>> = {
  status_inquiry: "r1 r1 a0 a0 r1 a0 a0 a0 r0 a0 r0 a0",
  refill_request: "q1 q1 a0 a0 q1 a0 a0 a0 r0 a0 r0 a0",
  store_hours: "a0 a0 a0 a0 a0 a0 a0 a0 r0 a0 a0 a0",
  transfer_request: "q1 q1 q1 q1 q1 a1 a1 a1 r1 q1 r1 q1",
  insurance_question: "q1 q1 q1 q1 q1 a1 a1 a1 r1 q1 r1 q1",
  prior_auth_submission: "q1 q1 q1 q1 q1 a1 a1 a1 r1 q1 r1 q1",
  new_rx_verification: "q2 q2 q2 q2 q2 q2 a2 q2 r2 q2 r2 q2",
  controlled_substance: "q2 q2 q2 q2 q2 q2 a2 q2 r2 q2 r2 q2",
  drug_interaction_override: "q2 q2 q2 q2 q2 q2 a2 q2 r2 q2 r2 q2",
  clinical_consultation: "q2 q2 q2 q2 q2 q2 a2 q2 r2 q2 r2 q2",
  price_adjustment: "q3 q3 q3 q3 q3 q3 q3 a3 r3 q3 r3 q3",
  refund: "q3 q3 q3 q3 q3 q3 q3 a3 r3 q3 r3 q3",
  complaint: "q3 q3 q3 q3 q3 q3 q3 a3 r3 q3 r3 q3",
  internal: "r0 r0 r0 r0 r0 r0 r0 r0 r0 r0 r0 a0",
  conversation: "a0 a0 a0 a0 a0 a0 a0 a0 r0 r0 r0 a0",
  verification: "a0 a0 a0 a0 a0 r0 r0 r0 r0 r0 r0 a0",
  queue_work: "r0 r0 r0 r0 r0 a0 a0 a0 r0 r0 r0 a0",
  queue_decide: "r0 r0 r0 r0 r0 a0 a0 a0 r0 r0 r0 r0",
  staff_view: "r0 r0 r0 r0 r0 a0 a0 a0 r0 r0 r0 a0",
  pharmacist_act: "r2 r2 r2 r2 r2 r2 a2 r2 r2 r2 r2 r2",
  stock_keeping: "r0 r0 r0 r0 r0 a0 a0 a0 r0 r0 r0 a0",
  controlled_stock: "r2 r2 r2 r2 r2 q2 a2 q2 r2 r2 r2 r2",
  purchase_order: "r3 r3 r3 r3 r3 q3 q3 a3 r3 r3 r3 r3",
  staff_admin: "r0 r0 r0 r0 r0 r0 r0 a0 r0 r0 r0 r0",
  operate: "r0 r0 r0 r0 r0 r0 r0 a0 a0 r0 r0 a0",
  sign_in: "a0 a0 a0 a0 a0 a0 a0 a0 a0 a0 a0 a0",
  own_account: "r0 r0 r0 r0 r0 a0 a0 a0 a0 r0 r0 r0",
  break_glass: "r0 r0 r0 r0 r0 a0 a0 a0 a0 r0 r0 r0",
  rule_change: "r0 r0 r0 r0 r0 r0 r0 a0 r0 r0 r0 r0",
  site_change: "r0 r0 r0 r0 r0 r0 r0 a0 a0 r0 r0 r0",
  audit_read: "r0 r0 r0 r0 r0 r0 r0 a0 r0 r0 r0 r0",
}

const letter = ({ verdict, tier }: Decision): string =>
  `${{ allow: "a", ask: "q", refuse: "r" }[verdict]}${tier}`

test("every row answers every kind of actor as the table says", () => {
  const actors: readonly ((action: string) => Actor)[] = [
    () => anonymous,
    () => claimed,
    () => verified,
    () => carer,
    () => otherPatient,
    () => staff("technician"),
    () => staff("pharmacist"),
    () => staff("manager"),
    () => staff("operator"),
    (action) => partner(action),
    () => partner(),
    () => system,
  ]
  const found = Object.fromEntries(
    matrix.map(({ action }) => [
      action,
      actors.map((actor) => letter(ask(actor(action), action))).join(" "),
    ]),
  )
  assert.deepEqual(found, asked)
})

test("the thirteen requests stand at the owner's tiers", () => {
  const tiers = matrix.filter((row) => row.kind === "request").map((row) => [row.action, row.tier])
  assert.deepEqual(tiers, [
    ["status_inquiry", 0],
    ["refill_request", 0],
    ["store_hours", 0],
    ["transfer_request", 1],
    ["insurance_question", 1],
    ["prior_auth_submission", 1],
    ["new_rx_verification", 2],
    ["controlled_substance", 2],
    ["drug_interaction_override", 2],
    ["clinical_consultation", 2],
    ["price_adjustment", 3],
    ["refund", 3],
    ["complaint", 3],
  ])
})

const wanting = (role: Role, ...lacks: Lack[]): Actor => ({
  ...{ kind: "staff", person: "person-1", role, lacks },
})

test("without a licence a pharmacist decides T1 and not T2; without a fresh proof nobody T2 or T3", () => {
  const [unlicensed, stale] = [wanting("pharmacist", "licence"), wanting("manager", "proof")]
  assert.equal(short(ask(unlicensed, "insurance_question")), "allow1")
  const held = ask(unlicensed, "clinical_consultation")
  assert.deepEqual([short(held), held.rules], ["ask2", ["lacks_licence"]])
  // They are asked to prove it, and nobody else is asked in their place.
  const unproved = ask(stale, "refund")
  assert.deepEqual([short(unproved), unproved.rules], ["refuse3", ["lacks_proof"]])
  assert.equal(short(ask(wanting("pharmacist", "proof"), "clinical_consultation")), "refuse2")
  const both = ask(wanting("pharmacist", "licence", "proof"), "clinical_consultation")
  assert.equal(short(both), "ask2")
  assert.equal(short(ask(wanting("pharmacist", "proof"), "status_inquiry")), "allow0")
})

test("who has yet to set up the account reaches that and nothing else", () => {
  const actor = wanting("manager", "set_up")
  for (const { action } of matrix) {
    const isTheirs = ["sign_in", "own_account"].includes(action)
    assert.equal(ask(actor, action).verdict, isTheirs ? "allow" : "refuse", action)
  }
})

test("rights taken in an emergency never change accounts, rules or the set-up", () => {
  const glass = { id: "glass-1", own: "technician" } as const
  const actor: Actor = { kind: "staff", person: "person-1", role: "manager", glass }
  assert.equal(short(ask(actor, "audit_read")), "allow0")
  assert.equal(short(ask(actor, "refund")), "allow3")
  for (const action of ["staff_admin", "rule_change", "site_change"])
    assert.equal(short(ask(actor, action)), "refuse0")
})

test("an action without a row is refused, and the answer says that no row decided", () => {
  const answer = ask(staff("pharmacist"), "dispense_everything")
  assert.deepEqual(answer, { verdict: "refuse", tier: 0, row: "none", rules: [] })
})

test("internal work is done for anybody when a module asks, and never directly", () => {
  assert.equal(short(ask(anonymous, "internal", plain, "verification")), "allow0")
  assert.equal(short(ask(staff("operator"), "internal", plain, "backups")), "allow0")
  assert.equal(short(ask(staff("manager"), "internal", plain)), "refuse0")
})

const raised: readonly [facts: Facts, rule: string, answer: string][] = [
  [{ emergency: true }, "emergency", "ask2"],
  [{ schedule: "CII" }, "controlled_substance", "ask2"],
  [{ schedule: "CV" }, "controlled_substance", "ask2"],
  [{ schedule: "unknown" }, "controlled_substance", "ask2"],
  [{ dur: "contraindicated" }, "dur_alert", "ask2"],
  [{ dur: "moderate" }, "dur_alert", "ask2"],
  [{ highAlert: true }, "high_alert_drug", "ask2"],
  [{ patient: "patient-2" }, "unverified_caller", "ask1"],
  [{ eligibility: "too_soon" }, "too_soon", "ask2"],
  [{ eligibility: "no_refills" }, "no_refills", "ask1"],
  [{ eligibility: "pharmacist_must_speak" }, "pharmacist_must_speak", "ask2"],
  [{ money: true }, "money", "ask3"],
  [{ confidence: 0.4 }, "low_confidence", "ask1"],
]

for (const [facts, rule, answer] of raised) {
  test(`a verified caller's refill with ${JSON.stringify(facts)} is raised by ${rule}`, () => {
    const decision = ask(verified, "refill_request", { ...plain, ...facts })
    assert.deepEqual([short(decision), decision.rules], [answer, [rule]])
  })
}

test("a minor alert, full confidence and a plain drug leave an eligible refill at T0", () => {
  const facts: Facts = { ...plain, dur: "minor", confidence: 1, highAlert: false, money: false }
  assert.equal(short(ask(verified, "refill_request", facts)), "allow0")
})

test("a refill about which patient, schedule or eligibility is not known asks a pharmacist", () => {
  for (const missing of ["patient", "schedule", "eligibility"] as const) {
    const { [missing]: _, ...rest } = plain
    const decision = ask(verified, "refill_request", rest)
    assert.deepEqual([short(decision), decision.rules], ["ask2", ["facts_missing"]])
  }
})

test("a manager cannot act where a pharmacist's licence is needed, even beside a T3 matter", () => {
  const facts: Facts = { ...plain, schedule: "CII", money: true }
  assert.equal(short(ask(staff("manager"), "refill_request", facts)), "ask2")
  assert.equal(short(ask(staff("pharmacist"), "refill_request", facts)), "ask3")
})

test("reasons are listed with the highest priority first", () => {
  const facts: Facts = { ...plain, confidence: 0.1, schedule: "CIII", emergency: true }
  assert.deepEqual(ask(verified, "refill_request", facts).rules, [
    "emergency",
    "controlled_substance",
    "low_confidence",
  ])
})

test("a rule that refuses outweighs every licence", () => {
  const rules: Rule[] = [
    ...defaultRules,
    {
      name: "no_refunds",
      priority: 50,
      enabled: true,
      when: { actions: ["refund"] },
      raises: { refuse: true },
      because: "This site gives no refunds by phone.",
    },
  ]
  const question: Question = { actor: staff("manager"), action: "refund", facts: plain }
  assert.equal(decide(question, { matrix, rules }).verdict, "refuse")
})

const anyRole = fc.constantFrom<Role>("technician", "pharmacist", "manager", "operator")
const anyActor = fc.oneof(
  fc.constantFrom<Actor>(anonymous, claimed, verified, otherPatient, carer, system),
  anyRole.map(staff),
  fc.subarray(matrix.map((row) => row.action)).map((scopes) => partner(...scopes)),
)
const anyAction = fc.constantFrom(...matrix.map((row) => row.action))
const anyVia = fc.constantFrom(undefined, "conversations")

/** Facts that can only make a request more delicate, each alone. */
const anySignal = fc.oneof(
  fc.constantFrom<Facts>({ emergency: true }, { highAlert: true }, { money: true }),
  fc
    .constantFrom("CI", "CII", "CIII", "CIV", "CV", "unknown")
    .map((schedule): Facts => ({ schedule: schedule as NonNullable<Facts["schedule"]> })),
  fc
    .constantFrom<NonNullable<Facts["dur"]>>("contraindicated", "major", "moderate")
    .map((dur): Facts => ({ dur })),
  fc
    .constantFrom<NonNullable<Facts["eligibility"]>>("too_soon", "no_refills", "on_hold")
    .map((eligibility): Facts => ({ eligibility })),
  fc.double({ min: 0, max: 0.69, noNaN: true }).map((confidence): Facts => ({ confidence })),
)

const anyQuestion = fc
  .record({ actor: anyActor, action: anyAction, via: anyVia, signals: fc.array(anySignal) })
  .map(
    ({ actor, action, via, signals }): Question => ({
      actor,
      action,
      facts: Object.assign({}, plain, ...signals),
      ...(via === undefined ? {} : { via }),
    }),
  )

const verdicts = ["allow", "ask", "refuse"]

/** True when `after` is at least as strict as `before`. */
function isAsStrict(before: Decision, after: Decision): boolean {
  const byVerdict = verdicts.indexOf(after.verdict) - verdicts.indexOf(before.verdict)
  return byVerdict > 0 || (byVerdict === 0 && after.tier >= before.tier)
}

test("no order of rules or facts changes a decision", () => {
  fc.assert(
    fc.property(
      anyQuestion,
      fc.shuffledSubarray([...defaultRules], { minLength: defaultRules.length }),
      (question, rules) => {
        const reversed: Facts = Object.fromEntries(Object.entries(question.facts).reverse())
        const shuffled = decide({ ...question, facts: reversed }, { matrix, rules })
        assert.deepEqual(shuffled, decide(question, policy))
      },
    ),
  )
})

test("one signal more never lowers a decision", () => {
  const quiet = (facts: Facts): Facts => ({ ...plain, ...facts })
  const kinds = ["emergency", "highAlert", "money", "schedule", "dur", "eligibility"] as const
  fc.assert(
    fc.property(anyQuestion, fc.constantFrom(...kinds), (question, kind) => {
      const { [kind]: _, ...rest } = question.facts
      const without = decide({ ...question, facts: quiet(rest) }, policy)
      assert.ok(isAsStrict(without, decide(question, policy)))
    }),
  )
})

test("one rule more never lowers a decision, and one switched off never raises it", () => {
  fc.assert(
    fc.property(anyQuestion, fc.subarray([...defaultRules]), (question, kept) => {
      const rules = defaultRules.map((rule) => ({ ...rule, enabled: kept.includes(rule) }))
      assert.ok(isAsStrict(decide(question, { matrix, rules }), decide(question, policy)))
    }),
  )
})

test("a rule that looks for something else changes nothing", () => {
  fc.assert(
    fc.property(anyQuestion, (question) => {
      const unrelated: Rule = {
        name: "elsewhere",
        priority: 999,
        enabled: true,
        when: { actions: ["no_such_action"] },
        raises: { refuse: true },
        because: "Never looked for.",
      }
      const rules = [unrelated, ...defaultRules]
      assert.deepEqual(decide(question, { matrix, rules }), decide(question, policy))
    }),
  )
})

test("a caller not verified for a record is never allowed to touch it, whatever the rules", () => {
  const strangers = fc.constantFrom<Caller>(anonymous, claimed, otherPatient)
  const records = fc.constantFrom(...matrix.filter((row) => row.record !== "none"))
  const rules = fc.subarray([...defaultRules])
  const property = fc.property(strangers, records, rules, anyVia, (actor, row, kept, via) => {
    const question = { actor, action: row.action, facts: plain, ...(via ? { via } : {}) }
    const decision = decide(question, { matrix, rules: kept })
    assert.notEqual(decision.verdict, "allow")
    assert.ok(decision.tier >= 1)
    assert.ok(decision.rules.includes("unverified_caller"))
    if (row.record === "shows") assert.equal(decision.verdict, "refuse")
  })
  fc.assert(property)
})

test("nobody but staff is ever allowed above T0", () => {
  fc.assert(
    fc.property(anyQuestion, (question) => {
      const decision = decide(question, policy)
      if (decision.verdict === "allow" && question.actor.kind !== "staff") {
        assert.equal(decision.tier, 0)
        assert.equal(rowOf(matrix, question.action)?.tier, 0)
      }
    }),
  )
})
