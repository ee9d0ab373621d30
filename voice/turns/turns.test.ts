import assert from "node:assert/strict"
import { test } from "node:test"
import { type Hearing, mayBeSpanish, needsCarefulEar, promptFor, settle } from "./agreement.ts"
import { judge } from "./barge-in.ts"
import { isEcho } from "./echo.ts"
import { waitMs } from "./endpointing.ts"
import { SpeechGate } from "./gate.ts"
import { afterKey, keysText } from "./keypad.ts"
import { heardText, MarkLedger } from "./ledger.ts"
import { digitsOf } from "./said.ts"

const FRAME_MS = 32

/** What the gate tells, over one probability a frame. */
function gateOver(probabilities: readonly number[]) {
  const gate = new SpeechGate()
  return probabilities.flatMap((it, at) => gate.push(it, at * FRAME_MS, FRAME_MS) ?? [])
}

const frames = (count: number, probability: number) => Array<number>(count).fill(probability)

test("speech has an onset where it began and a pause where it stopped", () => {
  const events = gateOver([...frames(5, 0.1), ...frames(20, 0.9), ...frames(10, 0.1)])
  assert.deepEqual(events, [
    { kind: "onset", atMs: 160 },
    { kind: "pause", atMs: 800, speechMs: 640 },
  ])
})

test("an onset is known within 100 ms, so that the agent is quiet within 250", () => {
  const gate = new SpeechGate()
  let known = 0
  for (let at = 0; at < 10 && known === 0; at++) {
    if (gate.push(0.9, at * FRAME_MS, FRAME_MS)) known = (at + 1) * FRAME_MS
  }
  assert.ok(known > 0 && known <= 100)
})

test("a click is no speech, and a voice between the thresholds neither starts nor ends it", () => {
  assert.deepEqual(gateOver([0.9, 0.9, 0.1, 0.9, 0.9, 0.1]), [])
  assert.deepEqual(gateOver(frames(20, 0.45)), [])
  assert.equal(gateOver([...frames(5, 0.9), ...frames(40, 0.4)]).length, 1)
})

test("digits are the same row however they are said", () => {
  for (const said of ["44075", "double four oh seven five", "4-4-0-7-5", "Four. Four, oh 75"]) {
    assert.equal(digitsOf(said), "44075", said)
  }
  assert.equal(digitsOf("cuatro cuatro cero siete cinco"), "44075")
})

const hearing = { speechMs: 900, expect: "request", vocabulary: [], language: "en" } as const

test("in Spanish the careful ear decides alone, and the quick one only whether it was a voice", () => {
  const spanish = { ...hearing, language: "es" } as const
  const careful = "siete siete uno cero uno"
  const heard = settle({ ...spanish, expect: "zip", quick: "see it, see it, 7 7 1 0 1", careful })
  assert.equal(heard?.text, careful)
  assert.equal(heard?.otherText, undefined)
  const noise = settle({ ...spanish, quick: "", careful: "gracias" })
  assert.ok(noise && heard && noise.confidence < heard.confidence)
  assert.equal(settle({ ...spanish, quick: "see", careful: undefined }), undefined)
  assert.equal(needsCarefulEar("yes_no", "See.", "es"), true)
  assert.match(promptFor("request", ["losartan"], "es") ?? "", /receta.*refill de mi losartan\.$/)
})

test("only words that the ears did not hear alike may have been Spanish", () => {
  const judged = (quick: string, careful: string, change: Partial<Hearing> = {}) =>
    mayBeSpanish({ ...hearing, quick, careful, ...change }, true)
  assert.equal(judged("Kiro of Larkonuna persona", "I have been there"), true)
  assert.equal(judged("when do you close", "When do you close?"), false)
  assert.equal(judged("maria lopes", "I am a lopper", { expect: "name" }), false)
  assert.equal(judged("una persona", "otra cosa", { language: "es" }), false)
})

test("late in a call, a whole sentence must sound like no English", () => {
  const judged = (quick: string, careful: string) =>
    mayBeSpanish({ ...hearing, expect: "date_of_birth", quick, careful }, false)
  assert.equal(judged("Me he homes at all most pills", "Meeho is a tall my fast, the us"), true)
  assert.equal(judged("the lipid air", "I live in there"), false)
  assert.equal(judged("March fourteenth nineteen fifty", "March 14th, 1950, nineteen"), false)
})

test("ears that agree are believed", () => {
  const settled = settle({ ...hearing, quick: "I need a refill.", careful: "i need a refill" })
  assert.equal(settled?.text, "i need a refill")
  assert.equal(settled?.otherText, undefined)
  assert.ok(settled && settled.confidence > 0.9)
})

test("ears that differ on a drug of the caller pass on both", () => {
  const settled = settle({
    ...hearing,
    vocabulary: ["hydroxyzine 25 mg", "hydralazine 25 mg"],
    quick: "refill my hydroxyzine",
    careful: "refill my hydralazine",
  })
  assert.equal(settled?.otherText, "refill my hydroxyzine")
  assert.ok(settled && settled.confidence < 0.6)
})

test("before it is known whose drugs are meant, what the other ear wrote goes along", () => {
  const heard = { quick: "a refill of my atorvastatin", careful: "a refill if my is a best in" }
  const unknown = settle({ ...hearing, ...heard })
  assert.equal(unknown?.otherText, heard.quick)
  assert.ok(unknown && unknown.confidence > 0.6)
  const known = settle({ ...hearing, ...heard, vocabulary: ["lisinopril"] })
  assert.equal(known?.otherText, undefined)
})

test("the quick ear is believed on digits and the careful one on words", () => {
  const digits = settle({
    ...hearing,
    expect: "rx_number",
    quick: "1234567",
    careful: "1 2 3 4 5 6 7",
  })
  assert.equal(digits?.text, "1234567")
  const words = settle({ ...hearing, quick: "the low start in", careful: "the losartan" })
  assert.equal(words?.text, "the losartan")
})

test("an ear that heard as many digits as were asked for is believed before one that did not", () => {
  const quick = "Seven, seven, one, the other one"
  const settled = settle({ ...hearing, expect: "zip", quick, careful: "7 7 1 0 1" })
  assert.equal(settled?.text, "7 7 1 0 1")
  assert.equal(settled?.otherText, quick)
})

test("words written over silence or noise are nothing", () => {
  assert.equal(settle({ ...hearing, quick: "", careful: "Thank you for watching!" }), undefined)
  assert.equal(settle({ ...hearing, speechMs: 60, quick: "yes", careful: "yes" }), undefined)
  assert.equal(settle({ ...hearing, quick: undefined, careful: undefined }), undefined)
})

test("words that only the careful ear wrote are doubted", () => {
  const settled = settle({ ...hearing, quick: "", careful: "cancel everything" })
  assert.ok(settled && settled.confidence < 0.5)
})

test("a sentence written again and again was said once", () => {
  const careful = "I need it. I need it. I need it."
  assert.equal(settle({ ...hearing, quick: "I need it", careful })?.text, "I need it.")
})

test("the careful ear is told drugs only where one may be said, and the caller's own last", () => {
  assert.match(
    promptFor("request", ["losartan", "metformin"], "en") ?? "",
    /refill.*losartan, metformin\.$/,
  )
  assert.equal(promptFor("rx_number", ["losartan"], "en"), undefined)
  assert.equal(promptFor("date_of_birth", ["losartan"], "en"), undefined)
})

test("an ear that goes round in circles has heard nothing; no, no, no is a no", () => {
  const over = { ...hearing, language: "es", quick: "kay" } as const
  assert.equal(settle({ ...over, careful: `¿Qué ${"es el que ".repeat(9)}es el` }), undefined)
  assert.equal(settle({ ...over, careful: "no no no no no no" })?.text, "no no no no no no")
})

test("the number that the careful ear was told of is heard only from somebody who speaks", () => {
  assert.doesNotMatch(promptFor("rx_number", ["losartan"], "es") ?? "losartan", /losartan/)
  const made = "El número es 8, 3, 2, 1, 5, 5, 5."
  const over = { ...hearing, expect: "rx_number", language: "es", careful: made } as const
  assert.equal(settle({ ...over, quick: "" }), undefined)
  assert.equal(settle({ ...over, quick: "L number, oh, choke" })?.text, made)
})

test("ears that heard quite different words are believed less", () => {
  const alike = settle({ ...hearing, quick: "I need a refill", careful: "I need a refill please" })
  const unlike = settle({ ...hearing, quick: "I worry fill", careful: "a refill, please" })
  assert.ok(alike && unlike && unlike.confidence < alike.confidence)
  assert.equal(unlike?.text, "a refill, please")
})

test("a plain yes or no needs no second ear; a long one, and any request, does", () => {
  assert.equal(needsCarefulEar("yes_no", "Yes.", "en"), false)
  assert.equal(needsCarefulEar("yes_no", "yes but not the losartan please", "en"), true)
  assert.equal(needsCarefulEar("yes_no", null, "en"), true)
  assert.equal(needsCarefulEar("request", "what are your hours", "en"), true)
})

test("a finished sentence is taken sooner than an unfinished one", () => {
  const finished = waitMs("request", "I need a refill.")
  assert.ok(finished < waitMs("request", "I need a refill and my"))
  assert.ok(finished < waitMs("request", undefined))
})

test("digits are waited for until all are there", () => {
  const some = waitMs("rx_number", "one two three")
  assert.ok(some >= 1_500)
  assert.ok(waitMs("rx_number", "one two three four five six seven") <= 300)
})

test("a yes is taken fast, a message is left room", () => {
  assert.ok(waitMs("yes_no", "yes") < waitMs("request", "yes"))
  assert.ok(waitMs("message", "please call me back.") >= 1_500)
})

const interruption = { expect: "request", isQuestionReached: false, ownSpeech: [] } as const

test("listening noises do not claim the floor, in both languages", () => {
  const hums = ["Mm-hm.", "MMHM", "M. M. H. M..", "uh huh"]
  for (const text of [...hums, "okay", "K..", "ajá", "sí, sí", "", "Yeah."]) {
    assert.equal(judge({ ...interruption, text }), "nothing", text)
  }
})

test("words claim the floor", () => {
  for (const text of ["wait", "no", "stop", "pharmacist", "espere", "yeah but the other one"]) {
    assert.equal(judge({ ...interruption, text }), "words", text)
  }
})

test("yes to a yes-or-no question that was reached is an answer", () => {
  const asked = { ...interruption, expect: "yes_no", isQuestionReached: true } as const
  assert.equal(judge({ ...asked, text: "Yes." }), "words")
  assert.equal(judge({ ...asked, isQuestionReached: false, text: "Yes." }), "nothing")
})

test("an echo is mostly our own words; two words are no echo", () => {
  const own = ["Your refill was sent to the pharmacy."]
  assert.ok(isEcho("refill was sent to the", own))
  assert.ok(!isEcho("the pharmacy", own))
  assert.ok(!isEcho("my refill was not what I asked", own))
})

test("a mark that comes back after a clear proves nothing", () => {
  const ledger = new MarkLedger()
  const heard = ledger.sent({ item: 1, ms: 500, isLast: false })
  const cleared = ledger.sent({ item: 1, ms: 900, isLast: true })
  assert.deepEqual(ledger.returned(heard), { item: 1, ms: 500, isLast: false })
  ledger.cleared()
  assert.equal(ledger.returned(cleared), undefined)
  assert.equal(ledger.returned("never sent"), undefined)
  const again = ledger.sent({ item: 1, ms: 900, isLast: true })
  assert.notEqual(again, cleared)
  assert.ok(ledger.returned(again))
  assert.equal(ledger.returned(again), undefined)
})

test("heard text is cut at a word", () => {
  assert.equal(heardText("one two three four", 500, 1_000), "one two")
  assert.equal(heardText("one two three four", 1_000, 1_000), "one two three four")
  assert.equal(heardText("one two three four", 10, 1_000), "")
})

test("keys are complete when the question's length is reached, or at the end key", () => {
  assert.equal(afterKey("1", "yes_no").isComplete, true)
  assert.equal(afterKey("1234", "zip").isComplete, false)
  assert.equal(afterKey("12345", "zip").isComplete, true)
  assert.equal(afterKey("1234567", "rx_number").isComplete, false)
  assert.equal(afterKey("1234567#", "rx_number").isComplete, true)
  assert.equal(keysText("1234567#"), "1234567")
  assert.equal(keysText("#"), "#")
})
