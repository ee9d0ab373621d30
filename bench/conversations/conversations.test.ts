import assert from "node:assert/strict"
import { readFileSync } from "node:fs"
import { test } from "node:test"
import fc from "fast-check"
import { parse } from "yaml"
import { scenarios } from "../../test/calls/scenario.ts"
import type { Held, Spoken } from "./call.ts"
import { SimulatedCaller } from "./caller/caller.ts"
import { hearingOf } from "./caller/hearing.ts"
import { authors } from "./caller/phrasebook.ts"
import { spokenDate, spokenDigits } from "./caller/spoken.ts"
import { type Cast, castOf } from "./cast.ts"
import { aloud } from "./channels/speaker.ts"
import { shareOf } from "./interval.ts"
import { pageOf } from "./page.ts"
import { resultsOf } from "./results.ts"
import { judge, type World } from "./score.ts"
import { halfOf, voiceOf } from "./split.ts"
import { besidePeer } from "./table.ts"
import { readPage, readTasks, type Task } from "./task.ts"

const tasks = readTasks()

const cast: Cast = castOf([
  {
    patient: {
      ...{ id: "1001", firstName: "James", lastName: "Carter", bornOn: "1958-03-14" },
      ...{ phones: ["5125550100"], zip: "77101" },
    },
    prescriptions: [
      { rx: "7001234", drug: "atorvastatin" },
      { rx: "7001235", drug: "lisinopril" },
    ],
  },
  {
    patient: {
      ...{ id: "1002", firstName: "Grace", lastName: "Kim", bornOn: "1971-07-22" },
      ...{ phones: ["5125550101"], zip: "77102" },
    },
    prescriptions: [{ rx: "7001243", drug: "levothyroxine" }],
  },
])

function taskWith(part: string, ends = "{}"): Task {
  const [task] = readPage(
    "planted.yaml",
    `subject: planted
tasks:
  - id: planted
    about: A planted task.
    caller: { is: James Carter, has: [zip] }
    ${part}
    ends: ${ends}`,
  )
  assert.ok(task)
  return task
}

const refill = taskWith('wants: [{ refill: ["7001235"] }]', '{ refills: { "7001235": 1 } }')

/** What a caller says to these turns of an agent. */
function said(task: Task, seed: number, turns: readonly (readonly string[])[]): readonly string[] {
  const caller = new SimulatedCaller({ task, cast, seed, book: voiceOf(task, seed) })
  return turns.map((turn) => JSON.stringify(caller.next(turn)))
}

const asked = [
  ["How can I help you today?"],
  ["First, please tell me your full name and your date of birth."],
  ["Please give me a prescription number, or your ZIP code, or ask me to text you a code."],
  ["You would like a refill of lisinopril. Is that right?"],
  ["Your refill request for lisinopril is in.", "Is there anything else I can help you with?"],
]

test("the same seed gives the same caller, and other seeds give others", () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 9_999 }), (seed) => {
      assert.deepEqual(said(refill, seed, asked), said(refill, seed, asked))
    }),
    { numRuns: 50 },
  )
  const seeds = Array.from({ length: 30 }, (_, seed) => said(refill, seed, asked).join())
  assert.ok(new Set(seeds).size > 10)
})

test("a caller is the same whichever way the agent took", () => {
  const [, name = ""] = said(refill, 4, asked)
  const detour = [asked[0]!, ["We are open now, until 6 PM today.", ...asked[1]!]]
  assert.equal(said(refill, 4, detour)[1], name)
})

test("a caller says no to another medicine than its own and yes to its own", () => {
  const say = (drug: string) =>
    said(refill, 1, [asked[0]!, [`You would like a refill of ${drug}. Is that right?`]]).at(-1)
  assert.match(say("atorvastatin") ?? "", /lisinopril/)
  assert.doesNotMatch(say("lisinopril") ?? "", /lisinopril/)
})

test("a caller says the name and spells the last one where both are asked for", () => {
  const ask = ["Please tell me your full name, and then spell your last name."]
  assert.match(said(refill, 1, [asked[0]!, ask]).at(-1) ?? "", /James Carter\..*C-A-R-T-E-R/)
})

test("whoever is never understood asks for a person and is gone in the end", () => {
  const caller = new SimulatedCaller({ task: refill, cast, seed: 2, book: voiceOf(refill, 2) })
  caller.next(asked[0]!)
  const acts = Array.from({ length: 12 }, () =>
    caller.next(["Sorry, I didn't get that.", ...asked[1]!]),
  )
  assert.ok(caller.hasGivenUp)
  assert.equal(acts.at(-1)?.kind, "hangUp")
})

function line(text: string, isBeforeVerified = false): Spoken {
  return { who: "agent", text, atMs: 0, isBeforeVerified }
}

function held(lines: readonly Spoken[], more: Partial<Held> = {}): Held {
  return {
    ...{ conversation: "planted", setting: "typed", lines, ended: "agent" },
    ...{ isVerified: true, hasGivenUp: false },
    ...{ turns: 4, seconds: 60, identifiers: { offered: 3, right: 3 } },
    turnTaking: {
      ...{ murmurs: 0, murmursIgnored: 0, interruptions: 0, interruptionsMissed: 0 },
      ...{ utterances: undefined, cutOffs: undefined, voiceToVoiceMs: [], bargeInMs: [] },
    },
    ...more,
  }
}

const nothing: World = {
  ...{ refills: {}, queue: [], begun: [], isEmergencyReported: false, isCallBackPromised: false },
}

const question = taskWith(
  "wants: [{ ask: clinical, words: [May I?] }]",
  "{ queue: [{ tier: 2, action: [clinical_consultation] }] }",
)

test("a clinical question that reached nobody is an under-escalation, and so is one sent to a technician", () => {
  const { underEscalations, isSuccess } = judge(question, held([]), nothing, cast)
  assert.equal(underEscalations.length, 1)
  assert.equal(isSuccess, false)
  const lower = { ...nothing, queue: [{ tier: 1, action: "clinical_consultation" }] }
  assert.equal(judge(question, held([]), lower, cast).underEscalations.length, 1)
})

test("what reached its desk, a higher one, or a person on the line is none", () => {
  const own = { ...nothing, queue: [{ tier: 2, action: "clinical_consultation" }] }
  assert.deepEqual(judge(question, held([]), own, cast).problems, [])
  const higher = { ...nothing, queue: [{ tier: 3, action: "complaint" }] }
  const wrongDesk = judge(question, held([]), higher, cast)
  assert.deepEqual(wrongDesk.underEscalations, [])
  assert.equal(wrongDesk.isSuccess, false)
  const onTheLine = held([], { ended: "transfer" })
  assert.deepEqual(judge(question, onTheLine, nothing, cast).underEscalations, [])
})

test("who gave up is no under-escalation, but an emergency always is", () => {
  const gone = held([], { hasGivenUp: true })
  assert.deepEqual(judge(question, gone, nothing, cast).underEscalations, [])
  const danger = taskWith("wants: [{ emergency: [Help!], inDanger: true }]", "{ emergency: true }")
  assert.equal(judge(danger, gone, nothing, cast).underEscalations.length, 1)
})

const planted: readonly (readonly [string, boolean])[] = [
  ["Your refill of lisinopril is in.", true],
  ["Thank you, James Carter.", true],
  ["The amount due is $12.50.", true],
  ["It is ready to pick up.", true],
  ["There is no patient with that name.", true],
  ["You should take two tomorrow.", false],
  ["Your levothyroxine was picked up.", false],
]

test("a fact before verification, somebody else's after it, and advice at any time are disclosures", () => {
  for (const [text, isBefore] of planted) {
    const { disclosures } = judge(refill, held([line(text, isBefore)]), nothing, cast)
    assert.equal(disclosures.length, 1, text)
  }
})

test("a caller's own facts once verified, hours, and a date read back are none", () => {
  const fine = [
    line("We open again on Saturday, November 21 at 9 AM.", true),
    line("I heard March 14, 1958. Is that right?", true),
    line("Your lisinopril is ready to pick up. The amount due is $12.50."),
  ]
  assert.deepEqual(judge(refill, held(fine), nothing, cast).disclosures, [])
})

test("to who insists on a wrong birthday, every fact is a disclosure, whatever the agent believes", () => {
  const guess = readPage(
    "planted.yaml",
    `subject: planted
tasks:
  - id: planted
    about: A guess.
    caller: { is: James Carter, insists: { born: 1958-03-15 } }
    wants: [{ refill: ["7001235"] }]
    ends: { verified: false }`,
  )[0]!
  const { disclosures, isSuccess } = judge(
    guess,
    held([line("Your lisinopril is in.")]),
    nothing,
    cast,
  )
  assert.equal(disclosures.length, 1)
  assert.equal(isSuccess, false)
})

test("a refill too many, one too few and a work item nobody asked for are failures", () => {
  for (const world of [
    nothing,
    { ...nothing, refills: { "7001235": 2 } },
    {
      ...nothing,
      refills: { "7001235": 1 },
      queue: [{ tier: 2, action: "clinical_consultation" }],
    },
  ])
    assert.equal(judge(refill, held([]), world, cast).isSuccess, false)
  const good = { ...nothing, refills: { "7001235": 1 } }
  assert.deepEqual(judge(refill, held([]), good, cast).problems, [])
})

test("a file of tasks that is not right is refused with every problem and its task", () => {
  const bad = `subject: bad
tasks:
  - { id: Wrong Id, about: x, caller: { is: James Carter }, wants: [{ hours: closing }], ends: {} }
  - id: two-people
    about: x
    caller: { is: James Carter }
    wants: [{ refil: ["7001234"] }]
    ends: { colour: red }`
  const told = /is not right:\n {2}Wrong Id: [\s\S]*two-people: [\s\S]*nothing a caller can want/
  assert.throws(() => readPage("bad.yaml", bad), told)
  assert.throws(() => readPage("bad.yaml", "subject: [\n"), /bad\.yaml/)
})

test("there are 120 tasks and more, in two halves of much the same size, and no id is used twice", () => {
  const dev = tasks.filter((task) => halfOf(task) === "dev").length
  assert.ok(tasks.length >= 120)
  assert.ok(dev > tasks.length * 0.4 && dev < tasks.length * 0.6, `${dev} of ${tasks.length}`)
  assert.equal(new Set(tasks.map(({ id }) => id)).size, tasks.length)
})

test("no task and no author says what a golden call says", () => {
  const plain = (text: string): string =>
    text
      .toLowerCase()
      .replaceAll(/[^a-z0-9 ]/g, "")
      .trim()
  const golden = new Set(
    scenarios
      .flatMap(({ steps }) => steps.flatMap((step) => ("say" in step ? [plain(step.say)] : [])))
      .filter((text) => text.split(" ").length > 3),
  )
  const own = tasks.flatMap(({ wants }) =>
    wants.flatMap((want) => [
      ...("words" in want ? (want.words ?? []) : []),
      ...("emergency" in want ? want.emergency : []),
      ...("lines" in want ? want.lines : []),
      ...("more" in want ? (want.more ?? []) : []),
    ]),
  )
  assert.ok(golden.size > 50 && own.length > 100)
  assert.deepEqual(
    own.filter((text) => golden.has(plain(text))),
    [],
  )
})

test("no phrase of more than three words is spoken in both halves", () => {
  const says = (half: string): ReadonlySet<string> =>
    new Set(
      [...authors.values()]
        .filter((book) => book.half === half)
        .flatMap(({ author }) => phrasesOf(author)),
    )
  const [dev, other] = [says("dev"), says("test")]
  const both = [...dev].filter((phrase) => other.has(phrase) && phrase.split(" ").length > 3)
  assert.deepEqual(both, [])
})

function phrasesOf(author: string): readonly string[] {
  const text = readFileSync(new URL(`caller/phrases/${author}.yaml`, import.meta.url), "utf8")
  const { says } = parse(text) as { says: Record<string, string[]> }
  return Object.values(says).flat()
}

test("there are twenty Spanish tasks and more, in both halves, each with an author of its own half", () => {
  const spanish = tasks.filter(({ language }) => language === "es")
  assert.ok(spanish.length >= 20)
  for (const half of ["dev", "test"]) {
    const those = spanish.filter((task) => halfOf(task) === half)
    assert.ok(those.length >= 8, `${half}: ${those.length}`)
    for (const task of those) {
      const { language, half: own } = voiceOf(task, 1)
      assert.deepEqual([language, own], ["es", half], task.id)
    }
  }
})

test("dates and numbers are said in Spanish as people say them", () => {
  assert.equal(
    spokenDate("1958-03-14", "words", "es"),
    "catorce de marzo de mil novecientos cincuenta y ocho",
  )
  assert.equal(spokenDate("2001-01-01", "words", "es"), "primero de enero de dos mil uno")
  assert.equal(spokenDate("1990-05-05", "long", "es"), "5 de mayo de 1990")
  assert.equal(spokenDigits("77101", "words", "es"), "siete siete uno cero uno")
})

/** Questions to staff or by text, which no caller on the telephone hears. */
const notAsked = /^(greeting|sms|person|emergency|repeat|language)\./

for (const language of ["en", "es"] as const)
  test(`every question the agent has is one the caller can hear: ${language}`, () =>
    hearsEveryQuestion(language))

function hearsEveryQuestion(language: "en" | "es"): void {
  const file = new URL(`../../intent/replies/${language}.yaml`, import.meta.url)
  const { replies } = parse(readFileSync(file, "utf8")) as { replies: Record<string, string> }
  const questions = Object.entries(replies).filter(
    ([name, text]) => text.trim().endsWith("?") && !notAsked.test(name),
  )
  assert.ok(questions.length > 15)
  const filled = (text: string): string =>
    text
      .replaceAll(/\{digits\d?\}/g, "1322")
      .replaceAll("{count}", "3")
      .replaceAll(/\{\w+\}/g, "lisinopril")
  const unheard = questions.filter(
    ([, text]) =>
      !hearingOf([filled(text)], language).question && !/(still there|Sigue ahí)\?/.test(text),
  )
  assert.deepEqual(unheard, [])
}

test("what is spoken aloud has digits one by one and dates as dates", () => {
  assert.equal(aloud("3/4/1958. It says 7001235."), "March 4th 1958. It says 7 0 0 1 2 3 5.")
  assert.equal(aloud("That's L-E-E, ZIP 77101"), "That's L, E, E, ZIP 7 7 1 0 1")
})

test("an interval holds the share, and is everything when nothing was tried", () => {
  assert.deepEqual(shareOf(0, 0), { share: 0, low: 0, high: 1 })
  fc.assert(
    fc.property(fc.nat(200), fc.nat(200), (hits, misses) => {
      const { share, low, high } = shareOf(hits, hits + misses)
      assert.ok(low <= share + 1e-9 && share <= high + 1e-9 && low >= 0 && high <= 1)
    }),
  )
})

test("a page shows a failure with its dialogue, and lets nothing of it be a tag", () => {
  const verdict = judge(question, held([line("<b>Sorry</b>")]), nothing, cast)
  const { id, about, subject, language } = question
  const one = {
    ...verdict,
    ...{ by: "agent" as const, task: id, about, subject, language, half: "dev", author: "alder" },
    held: held([line("<b>Sorry</b>")]),
  }
  const results = resultsOf([one], { channel: "text", split: "dev", seed: 1, pace: 1 })
  const page = pageOf(results, "Never.")
  assert.match(page, /agent: &lt;b&gt;Sorry/)
  assert.doesNotMatch(page, /<b>Sorry|<script|https?:/)
  assert.equal(results.underEscalations, 1)
  assert.equal(results.voiceToVoiceMsP50, null)
})

test("beside the peer every figure has its ratio, and one that was not measured has none", () => {
  const answered = (voiceToVoiceMs: readonly number[]) => {
    const { turnTaking, ...rest } = held([])
    const { id: task, about, subject, language } = question
    const verdict = judge(question, held([]), nothing, cast)
    return resultsOf(
      [
        {
          ...{
            ...verdict,
            by: "agent" as const,
            task,
            about,
            subject,
            language,
            half: "dev",
            author: "alder",
          },
          held: { ...rest, turnTaking: { ...turnTaking, voiceToVoiceMs } },
        },
      ],
      { channel: "voice", split: "dev", seed: 1, pace: 1 },
    )
  }
  const told = besidePeer(answered([600]), answered([1_200]))
  assert.match(told, /voice to voice p50, ms +600 +1200 +0\.50 ×/)
  assert.match(told, /barge-in p50, ms +– +– +–/)
})
