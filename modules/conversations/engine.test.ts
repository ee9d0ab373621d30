import assert from "node:assert/strict"
import { test } from "node:test"
import fc from "fast-check"
import { Outage } from "#core/fault.ts"
import type { Reply } from "#core/module.ts"
import type { Prescription } from "#core/pms.ts"
import type { IntentName } from "../../intent/contract.ts"
import { hear, silence, transferFailed } from "./engine.ts"
import type { State } from "./state.ts"
import { type Heard, Talk } from "./talk.ts"
import { nameOf } from "./tell.ts"
import { beginning } from "./turns.ts"
import type { Proven, World } from "./world.ts"

const prescription = (rxNumber: string, drugName: string): Prescription => ({
  ...{ rxNumber, drugName, patient: "p1", schedule: "none", fill: "picked_up", readAtMs: 0 },
})

interface Happened {
  readonly proposed: string[]
  readonly promised: string[]
  readonly reported: string[]
  readonly left: string[]
}

interface Surroundings {
  readonly isOpen?: boolean
  readonly proven?: Proven
  readonly reply?: (name: string) => Reply
  readonly profile?: readonly Prescription[]
  readonly reportFails?: boolean
}

const answers: Readonly<Record<string, () => unknown>> = {
  "refills.check": () => ({ eligibility: "refillable", drugName: "a drug" }),
  "prescriptions.status": () => prescription("7000001", "one"),
}
const done = (name: string): Reply => ({
  kind: "done",
  value: answers[name]?.() ?? { ticket: "t", duplicate: false },
})

/** A world of plain answers, which notes what is asked of it. */
function worldWith(around: Surroundings): World & { readonly happened: Happened } {
  const { isOpen = true, proven = { state: "passed", patient: "p1" }, reply = done } = around
  const { profile = [prescription("7000001", "one"), prescription("7000002", "two")] } = around
  const happened: Happened = { proposed: [], promised: [], reported: [], left: [] }
  return {
    happened,
    understand: async () => assert.fail("understood before"),
    phrase: async () => assert.fail("phrased after"),
    bears: () => true,
    maySay: async () => true,
    propose: async (name, _, { key }) => {
      happened.proposed.push(`${name} ${key}`)
      return reply(name)
    },
    offerIdentity: async () => proven,
    sendCode: async () => undefined,
    whoIs: async () => ({ name: "a name", verifiedBy: ["zip"] }),
    profile: async () => profile,
    matchDrugs: async (text, _, candidates) => ({
      meant: candidates.filter((one) => text.includes(one.drugName)).map((one) => one.rxNumber),
      unclear: [],
      leftOut: [],
      exact: [],
      namesOther: false,
    }),
    lawOn: async () => undefined,
    namesControlled: async (text) => text.includes("controlled"),
    describe: async (plainName) => ({ plainName, isSensitive: false }),
    opening: async () => ({ isOpen, today: { on: "2026-11-20", spans: [] }, week: [] }),
    location: async () => ({
      spokenName: "The Pharmacy",
      address: "1 Street",
      phone: "+15125550197",
    }),
    reportEmergency: async (_, family) => {
      if (around.reportFails) throw new Outage("module_down")
      happened.reported.push(family)
    },
    warnPharmacist: async () => undefined,
    leaveTask: async (_, { words }) => void happened.left.push(words),
    stopTexts: async (phone) => void happened.left.push(phone),
    leaveQuestion: async ({ from }, { about }) => void happened.left.push(`${about} ${from}`),
    promiseCallback: async (_, about) => void happened.promised.push(about),
    localTime: () => ({ day: "today", time: "17:00" }),
  }
}

/** Greeted, and asked how one may help. */
const stateOf = (change: Partial<State> = {}): State => ({
  ...structuredClone(beginning),
  question: [{ reply: "ask.request" }],
  ...{ conversation: "c1", channel: "phone", language: "en", openedAtMs: 0, isRecording: true },
  ...change,
})

const said = (text: string, change: Partial<Heard> = {}): Heard => ({
  ...{ text, source: "typed", confidence: 1, wishes: [], slots: {}, language: "en" },
  ...{ objectsToRecording: false, ...change },
})

const wish = (intent: IntentName, text: string, change: Partial<Heard> = {}): Heard =>
  said(text, { wishes: [{ intent, confidence: 0.95 }], ...change })

const yes = wish("yes", "yes", { slots: { yesNo: "yes" } })
const no = wish("no", "no", { slots: { yesNo: "no" } })

/** One turn after the other, as they would be saved and read again in between. */
async function converse(state: State, around: Surroundings, ...turns: readonly Heard[]) {
  const world = worldWith(around)
  let talk = new Talk(state, world)
  for (const heard of turns) {
    talk = new Talk(state, world)
    await hear(talk, heard)
    remember(talk)
  }
  return { talk, state, happened: world.happened, replies: talk.lines.map(({ reply }) => reply) }
}

function remember({ state, lines, expect, next, transfer }: Talk): void {
  const turn = { ...state.turn, turn: state.turn.turn + 1, expect, next }
  state.turn = transfer ? { ...turn, transfer } : turn
  state.said = lines
}

test("danger is answered before anything else, whatever was asked", async () => {
  const emergency = { family: "anaphylaxis", certainty: "certain" } as const
  for (const mode of ["tasks", "identity", "message", "alarm"] as const) {
    const heard = wish("refill", "a refill, my throat closes", { emergency })
    const { talk, replies, happened } = await converse(stateOf({ mode }), {}, heard)
    assert.equal(replies[0], "emergency.anaphylaxis", mode)
    assert.equal(talk.transfer?.isEmergency, true)
    assert.deepEqual(happened.reported, ["anaphylaxis"])
  }
})

test("an emergency is answered also when it cannot be written down", async () => {
  const heard = said("help", { emergency: { family: "violence", certainty: "certain" } })
  const around = { reportFails: true }
  const { talk, replies, happened } = await converse(stateOf(), around, heard)
  assert.equal(replies[0], "emergency.violence")
  assert.equal(talk.next, "transfer")
  assert.deepEqual(happened.promised, ["emergency"])
})

test("only a clear no takes back what may have been danger, and the wish beside it goes on", async () => {
  const emergency = { family: "heart_stroke_breathing", certainty: "possible" } as const
  const doubtful = wish("hours", "are you open, I have no chest pain", { emergency })
  const { replies, happened } = await converse(stateOf(), {}, doubtful, no)
  assert.ok(happened.proposed[0]?.startsWith("store-info.hours"), replies.join())
  for (const answer of [yes, said("well"), said("")]) {
    const { talk } = await converse(stateOf(), {}, doubtful, answer)
    assert.equal(talk.transfer?.isEmergency, true)
  }
})

test("silence to the question about danger brings a person", async () => {
  const state = stateOf({ mode: "alarm", danger: "self_harm" })
  const world = worldWith({})
  for (const _ of [1, 2]) {
    const talk = new Talk(state, world)
    await silence(talk, "silent")
    remember(talk)
  }
  assert.deepEqual(world.happened.reported, ["self_harm"])
})

test("who spoke and was not understood is given to a person when they fall silent, not hung up on", async () => {
  const state = stateOf()
  const world = worldWith({})
  const nexts: string[] = []
  for (const kind of ["silent", "unintelligible", "silent", "silent", "silent"] as const) {
    const talk = new Talk(state, world)
    await silence(talk, kind)
    remember(talk)
    nexts.push(talk.next)
  }
  assert.deepEqual(nexts, ["listen", "listen", "listen", "listen", "transfer"])
})

test("nothing is asked a third time: after two re-asks a person takes over", async () => {
  const mumble = said("mumble")
  const request = wish("refill", "a refill")
  const { talk } = await converse(stateOf(), {}, request, mumble, mumble)
  assert.equal(talk.next, "listen")
  const over = await converse(stateOf(), {}, request, mumble, mumble, mumble)
  assert.equal(over.talk.next, "transfer")
})

test("an answer that brings the proof no further is asked for twice and no oftener", async () => {
  const birthday = said("march 14", { slots: { datesOfBirth: ["1958-03-14"] } })
  const around = { proven: { state: "ask_name" } } as const
  const refillIt = wish("refill", "a refill")
  const { talk } = await converse(stateOf(), around, refillIt, birthday, birthday)
  assert.equal(talk.next, "listen")
  const over = await converse(stateOf(), around, refillIt, birthday, birthday, birthday)
  assert.equal(over.talk.next, "transfer")
})

test("a wish that is only guessed at is asked again, not begun", async () => {
  const guessed = said("hm", { wishes: [{ intent: "refund", confidence: 0.4 }] })
  const { replies, happened } = await converse(stateOf(), {}, guessed)
  assert.deepEqual(replies, ["ask.rephrase"])
  assert.deepEqual(happened.proposed, [])
})

test("once something was done, any clear no to more ends the call", async () => {
  const noMore = said("no can't you", { wishes: [{ intent: "no", confidence: 0.9 }] })
  const after = await converse(stateOf(), {}, wish("hours", "are you open"), noMore)
  assert.equal(after.talk.next, "hang_up")
  const first = await converse(stateOf(), {}, noMore)
  assert.equal(first.talk.next, "listen")
})

test("a yes to a question that was not heard yet is none", async () => {
  const early = { ...yes, beforeQuestion: true }
  const { replies, happened } = await converse(stateOf(), {}, wish("refill", "one"), early)
  assert.deepEqual(replies, ["refill.confirm"])
  assert.ok(!happened.proposed.some((name) => name.startsWith("refills.request")))
})

test("whoever asks for time is given it, and the question stands", async () => {
  const wait = said("hold on, let me get my bottle", { slots: { aside: "waits" } })
  const { talk, state, replies } = await converse(stateOf(), {}, wish("refill", "one"), wait)
  assert.deepEqual(replies, ["wait.take_time"])
  assert.ok(talk.isWaiting)
  assert.equal(talk.expect, "yes_no")
  assert.equal(state.reasks, 0)
})

test("nobody is hung up on or given away for a guess", async () => {
  const guess = (intent: IntentName) =>
    said("the blue one", { wishes: [{ intent, confidence: 0.4 }] })
  for (const intent of ["goodbye", "person"] as const) {
    const { talk } = await converse(stateOf(), {}, guess(intent))
    assert.equal(talk.next, "listen", intent)
  }
})

test("a person is never refused, and after hours takes a message", async () => {
  const person = wish("person", "get me the pharmacist")
  const open = await converse(stateOf(), {}, person)
  assert.equal(open.talk.transfer?.to, "pharmacist")
  const closed = await converse(stateOf(), { isOpen: false }, person, said("please call me"))
  assert.deepEqual(closed.happened.promised, ["message"])
  const silent = await converse(stateOf({ from: "+15125550100" }), { isOpen: false }, person, no)
  assert.deepEqual(silent.happened.promised, ["call"])
})

test("nobody in danger is left with the request for a message alone", async () => {
  const heard = said("help", { emergency: { family: "self_harm", certainty: "certain" } })
  const { state } = await converse(stateOf(), {}, heard)
  const talk = new Talk(state, worldWith({}))
  transferFailed(talk)
  assert.equal(talk.lines[0]?.reply, "emergency.general_alone")
})

test("a refill is submitted only after a yes, and each under a key of its own", async () => {
  const { happened } = await converse(stateOf(), {}, wish("refill", "one and two"), yes)
  const requests = happened.proposed.filter((name) => name.startsWith("refills.request"))
  assert.deepEqual(requests, ["refills.request c1:1:0", "refills.request c1:1:1"])
  const refused = await converse(stateOf(), {}, wish("refill", "one and two"), no)
  assert.ok(!refused.happened.proposed.some((name) => name.startsWith("refills.request")))
})

const noFact = { module: "store-info", code: "no_fact", says: "none" }
const lacking = (): Reply => ({ kind: "fault", ...noFact })
const asked = wish("store_fact", "do you rent walkers", { slots: { topics: ["equipment"] } })

test("what the pharmacy has not said of itself is left to a person with the number given", async () => {
  const around = { reply: lacking }
  const from = "+15125550100"
  const given = said("it is", { slots: { digits: "15125550144" } })
  const { happened, replies } = await converse(stateOf({ from }), around, asked, given)
  assert.deepEqual(happened.left, ["equipment +15125550144"])
  assert.deepEqual(replies, ["callback.promised", "ask.anything_else"])
  const same = await converse(stateOf({ from }), around, asked, said("this one"))
  assert.deepEqual(same.happened.left, ["equipment +15125550100"])
  const withheld = await converse(stateOf(), around, asked, said("this one"))
  assert.deepEqual(withheld.happened.left, [])
  assert.deepEqual(withheld.replies, ["ask.not_understood", "message.ask_phone"])
})

test("a question about the pharmacy that is one of health goes to the pharmacist", async () => {
  const words = "which shot is best for me"
  const health = wish("store_fact", words, { slots: { topics: ["vaccines"] } })
  const { happened } = await converse(stateOf(), {}, health)
  assert.deepEqual(happened.proposed, ["work-queue.askClinical c1:0:0"])
})

test("another language is taken up with what everybody is told first, once", async () => {
  const state = stateOf({ toldIn: ["en"] })
  const spanish = said("español", { language: "es" })
  const first = await converse(state, {}, spanish)
  assert.deepEqual(first.replies, ["disclosure.recording", "ask.request"])
  assert.equal(state.language, "es")
  const back = await converse(state, {}, said("English please"), spanish)
  assert.deepEqual(back.replies, ["ask.request"])
})

test("a wish in another language is taken up at once, and danger before anything is told", async () => {
  const around = { proven: { state: "ask_name" } } as const
  const refill = wish("refill", "un refill", { language: "es" })
  const asked = await converse(stateOf(), around, refill)
  assert.deepEqual(asked.replies, ["disclosure.recording", "verify.needed", "verify.ask_name_dob"])
  const emergency = { family: "overdose_poison", certainty: "certain" } as const
  const danger = said("se tragó una pila", { language: "es", emergency })
  const alarmed = await converse(stateOf(), {}, danger)
  assert.equal(alarmed.replies[0], "emergency.overdose")
  assert.equal(alarmed.state.language, "es")
})

test("a prescription better left unnamed is unnamed in Spanish too", async () => {
  const state = stateOf({ language: "es" })
  const world = { ...worldWith({}), describe: async () => ({ plainName: "x", isSensitive: true }) }
  const name = await nameOf(new Talk(state, world), { drugName: "x", rxNumber: "7001234" })
  assert.equal(name, "receta que termina en 1234")
})

test("on what only sounds like a farewell nobody is hung up on", async () => {
  const [unsure, sure] = [0.6, 0.95].map((confidence) =>
    said("so we end", { wishes: [{ intent: "goodbye", confidence }] }),
  ) as [Heard, Heard]
  assert.deepEqual((await converse(stateOf(), {}, unsure)).replies, ["ask.rephrase"])
  assert.deepEqual((await converse(stateOf(), {}, sure)).replies, ["goodbye"])
})

test("what was locked out stays with people", async () => {
  const around = { proven: { state: "locked" } } as const
  const { talk, replies } = await converse(stateOf(), around, wish("status", "is it ready"))
  assert.deepEqual(replies, ["verify.failed_person", "person.connecting"])
  assert.equal(talk.state.caller.isVerified, false)
})

test("the world's failure is told, and somebody is promised to call", async () => {
  const reply = (): Reply => ({ kind: "outage", code: "pms_down", retryable: true, hint: "" })
  const { replies, happened } = await converse(stateOf(), { reply }, wish("refill", "one"))
  assert.ok(replies.includes("trouble.system"))
  assert.deepEqual(happened.promised, ["refill"])
})

const intents: readonly IntentName[] = [
  ...(["status", "refill", "hours", "transfer_in", "controlled", "clinical", "price"] as const),
  ...(["complaint", "person", "repeat", "yes", "no", "goodbye"] as const),
]

const utterance = fc.record({
  text: fc.constantFrom("", "one", "two", "the other one", "a long story about a wrong label"),
  wishes: fc.array(
    fc.record({
      intent: fc.constantFrom(...intents),
      confidence: fc.constantFrom(0.3, 0.6, 0.95),
    }),
    {
      maxLength: 2,
    },
  ),
  slots: fc.record(
    {
      yesNo: fc.constantFrom("yes" as const, "no" as const),
      all: fc.constant(true),
      choice: fc.constantFrom(1 as const, "other" as const),
      rxNumbers: fc.constantFrom("7000001", "7999999").map((one) => [one]),
      forSomeoneElse: fc.constant(true),
    },
    { requiredKeys: [] },
  ),
  objectsToRecording: fc.boolean(),
})
const kinds = ["ask_name", "ask_third", "passed", "failed", "locked"] as const

test("no sequence of words leaves a caller without an answer, or asked a fourth time", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(utterance, { minLength: 1, maxLength: 12 }),
      fc.constantFrom(...kinds),
      fc.boolean(),
      async (utterances, kind, isOpen) => {
        const state = stateOf()
        const proven = kind === "passed" ? { state: kind, patient: "p1" } : { state: kind }
        const world = worldWith({ isOpen, proven })
        for (const { text, ...rest } of utterances) {
          const talk = new Talk(state, world)
          await hear(talk, said(text, rest))
          assert.ok(talk.lines.length > 0, "silence")
          assert.ok(state.reasks <= 2, "asked again and again")
          if (talk.next === "listen") assert.ok(state.question.length > 0)
          remember(talk)
          if (talk.next === "transfer" || talk.next === "hang_up") return
        }
      },
    ),
  )
})
