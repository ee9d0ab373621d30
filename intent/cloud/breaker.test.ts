/** The breaker under every order of questions, answers, failures and waits. */
import assert from "node:assert/strict"
import { test } from "node:test"
import fc from "fast-check"
import {
  type Breaker,
  closedBreaker,
  FAILURES_MAX,
  letThrough,
  type Pass,
  REST_MS,
  settle,
  type Verdict,
} from "./breaker.ts"

type Move =
  | { readonly do: "ask" }
  | { readonly do: "wait"; readonly byMs: number }
  /** One of the questions that are out, whichever, comes back. */
  | { readonly do: "settle"; readonly which: number; readonly went: Verdict["went"] }

const move: fc.Arbitrary<Move> = fc.oneof(
  fc.constant({ do: "ask" } as const),
  fc.record({ do: fc.constant("wait" as const), byMs: fc.integer({ min: 1, max: 2 * REST_MS }) }),
  fc.record({
    do: fc.constant("settle" as const),
    which: fc.nat(20),
    went: fc.constantFrom("well" as const, "badly" as const, "undecided" as const),
  }),
)

interface Moment {
  readonly before: Breaker
  readonly after: Breaker
  readonly nowMs: number
  readonly out: readonly Pass[]
  readonly let?: boolean
}

function play(moves: readonly Move[], look: (moment: Moment) => void): void {
  let breaker = closedBreaker
  let nowMs = 0
  const out: Pass[] = []
  for (const one of moves) {
    const before = breaker
    let passed: ReturnType<typeof letThrough>
    if (one.do === "wait") nowMs += one.byMs
    if (one.do === "ask") {
      passed = letThrough(breaker, nowMs)
      if (passed) {
        breaker = passed.next
        out.push(passed.pass)
      }
    }
    if (one.do === "settle" && out.length > 0) {
      const [pass = "usual"] = out.splice(one.which % out.length, 1)
      breaker = settle(breaker, { pass, went: one.went, nowMs })
    }
    look({ before, after: breaker, nowMs, out, ...(one.do === "ask" && { let: !!passed }) })
  }
}

const moves = fc.array(move, { maxLength: 200 })

test("an open breaker lets nothing through before its time, and one question at a time after", () => {
  fc.assert(
    fc.property(moves, (all) =>
      play(all, ({ before, nowMs, out, let: isLet }) => {
        if (before.state === "open" && nowMs < before.untilMs) assert.notEqual(isLet, true)
        if (before.state === "half_open") assert.notEqual(isLet, true)
        assert.ok(out.filter((pass) => pass === "probe").length <= 1)
      }),
    ),
  )
})

test("a breaker is never stuck: after a rest it lets a question through, or one is out", () => {
  fc.assert(
    fc.property(moves, (all) =>
      play(all, ({ after, nowMs, out }) => {
        assert.ok(out.includes("probe") || letThrough(after, nowMs + REST_MS) !== undefined)
      }),
    ),
  )
})

test("a breaker opens only when something failed, and never rests longer than its rest", () => {
  fc.assert(
    fc.property(moves, (all) =>
      play(all, ({ before, after, nowMs }) => {
        if (after.state === "open") assert.ok(after.untilMs <= nowMs + REST_MS)
        if (before.state === "closed" && after.state === "open")
          assert.equal(before.failures, FAILURES_MAX - 1)
      }),
    ),
  )
})

test("so many failures in a row open it, and one good answer in between starts the count again", () => {
  const settleAll = (went: readonly Verdict["went"][]): Breaker =>
    went.reduce<Breaker>(
      (breaker, one) => settle(breaker, { pass: "usual", went: one, nowMs: 0 }),
      closedBreaker,
    )
  const failures = new Array<"badly">(FAILURES_MAX - 1).fill("badly")
  assert.equal(settleAll([...failures, "badly"]).state, "open")
  assert.equal(settleAll([...failures, "well", ...failures]).state, "closed")
})

test("a probe that comes back well closes it, and one that fails keeps it open for another rest", () => {
  const probing: Breaker = { state: "half_open" }
  assert.deepEqual(settle(probing, { pass: "probe", went: "well", nowMs: 5 }), closedBreaker)
  assert.deepEqual(settle(probing, { pass: "probe", went: "badly", nowMs: 5 }), {
    state: "open",
    untilMs: 5 + REST_MS,
  })
})
