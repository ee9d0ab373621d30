import assert from "node:assert/strict"
import { existsSync, readdirSync } from "node:fs"
import { test } from "node:test"
import fc from "fast-check"
import { Type as t } from "typebox"
import { Value } from "typebox/value"
import { plain } from "../words.ts"
import { readYaml } from "../yaml-file.ts"
import { findReply, placeholdersOf, replyNames } from "./catalogue.ts"
import { bans, mustNeverBeSaid, spanishBans } from "./never-say.ts"
import { troubleWithGreeting } from "./own-greeting.ts"
import { fixedSentences, phraseLine } from "./phrase.ts"
import { placeholders } from "./placeholders.ts"
import { factsOf, greetingsOf, topicsInVain } from "./site-facts.ts"

const values: Readonly<Record<string, string | number>> = {
  pharmacy: "Willow Street Pharmacy",
  drug: "Lisinopril 10 mg",
  drugs: "Lisinopril 10 mg, Metformin 500 mg",
  address: "100 Willow Street, Austin",
  hours: "Monday to Friday: 9 AM to 6 PM; Saturday: 9 AM to 1 PM",
  day: "2026-11-21",
  time: "17:30",
  close: "18:00",
  money: 1_250,
  digits: "7012345",
  digits1: "2345",
  digits2: "8811",
  count: 3,
  refills: 2,
  phone: "+15125550100",
  fact: "Delivery costs $4.50, and our page is pharmacy.example.",
  greeting: "Welcome to The Pharmacy, and thank you for calling.",
}

const facts = {
  en: new Set([String(values.fact), String(values.greeting)]),
  es: new Set(["La entrega cuesta $4.", String(values.fact), String(values.greeting)]),
}

function valuesFor(name: string): Record<string, string | number> {
  const template = findReply(name, "en")?.template ?? ""
  return Object.fromEntries(placeholdersOf(template).map((key) => [key, values[key] ?? ""]))
}

test("every reply can be filled, written and spoken, in both languages", () => {
  for (const name of replyNames) {
    for (const language of ["en", "es"] as const) {
      const phrased = phraseLine({ reply: name, values: valuesFor(name) }, language, facts)
      assert.ok(phrased.ok, `${name} in ${language}`)
      assert.doesNotMatch(phrased.sentence.text, /[{}[\]]/, name)
      assert.doesNotMatch(phrased.sentence.spoken, /\d|[{}[\]$]/, name)
      assert.ok(phrased.sentence.text.length <= 400)
    }
  }
})

test("every placeholder has a kind, and the same ones in every language", () => {
  for (const name of replyNames) {
    const english = placeholdersOf(findReply(name, "en")?.template ?? "")
    for (const key of english) assert.ok(key in placeholders, `${name} holds {${key}}`)
    const spanish = placeholdersOf(findReply(name, "es")?.template ?? "")
    assert.deepEqual(new Set(spanish), new Set(english), name)
  }
})

test("a fact of the pharmacy is said word for word, and nothing but one passes for it", () => {
  const said = (fact: string, language: "en" | "es" = "en") => {
    const phrased = phraseLine({ reply: "fact.told", values: { fact } }, language, facts)
    return phrased.ok ? phrased.sentence.spoken : phrased.fault
  }
  assert.equal(
    said(String(values.fact)),
    "Delivery costs four dollars and fifty cents, and our page is pharmacy dot example.",
  )
  assert.equal(said("La entrega cuesta $4.", "es"), "La entrega cuesta cuatro dólares.")
  for (const other of ["La entrega cuesta $4.", "Delivery costs $3.", "Delivery costs", ""])
    assert.equal(said(other), "wrong_values", other)
})

test("what must never be said is not said because the site wrote it, and the topic is told of", () => {
  const fact = (topic: string, en: string) => ({
    ...{ topic, says: { en, es: "Sí." }, source: "the manager", since: "2026-01-02" },
  })
  const written = [
    fact("delivery", "Yes, we deliver."),
    fact("parking", "Your insurance will pay for parking."),
    fact("weather", "It is sunny."),
  ]
  assert.deepEqual([...factsOf(written).en], ["Yes, we deliver.", "It is sunny."])
  assert.deepEqual(topicsInVain(written), ["parking", "weather"])
})

test("a greeting of the pharmacy's own welcomes, and goes no further", () => {
  const fine = [
    "Welcome to Willow Street Pharmacy, your neighbors on the corner.",
    "Bienvenido a la farmacia Willow Street. Nos da gusto que llame.",
  ]
  for (const words of fine) assert.equal(troubleWithGreeting(words), undefined, words)
  const wrong = [
    ["number", "Willow Street Pharmacy, call 555-0199 at night."],
    ["address", "Willow Street Pharmacy, see www.willow.example."],
    ["medicine", "Willow Street Pharmacy, where lisinopril costs less."],
    ["medicine", "Farmacia Willow Street, aquí hay insulina."],
    ["never_say", "Willow Street Pharmacy, this is a guarantee."],
    ["never_say", "Hi, I'm a real pharmacist at Willow Street Pharmacy."],
  ] as const
  for (const [code, words] of wrong) assert.equal(troubleWithGreeting(words), code, words)
  const written = { en: "Welcome to Willow Street Pharmacy.", es: "Bienvenido, soy una persona." }
  const { en, es } = greetingsOf(written)
  assert.deepEqual([[...en], [...es]], [[written.en], []])
})

const repliesIn = (language: "en" | "es") =>
  readYaml(
    t.Object({ replies: t.Record(t.String(), t.String()) }),
    new URL(`./${language}.yaml`, import.meta.url),
  ).replies

test("every sentence can be said in Spanish", () => {
  assert.deepEqual(Object.keys(repliesIn("es")), [...replyNames])
})

test("the offer of the other language is made in that language", () => {
  const offered = (language: "en" | "es") => {
    const phrased = phraseLine({ reply: "language.offer" }, language)
    return phrased.ok ? [phrased.sentence.spoken, phrased.sentence.language] : phrased.fault
  }
  assert.deepEqual(offered("en"), ["Para español, oprima dos.", "es"])
  assert.deepEqual(offered("es"), ["For English, press two.", "en"])
})

test("disclosure and emergencies are protected from interruption, other replies are not", () => {
  for (const name of replyNames) {
    const isProtected = findReply(name, "en")?.protected
    if (/^(emergency|disclosure)\./.test(name)) assert.equal(isProtected, true, name)
    if (/^(status|hours|refill)\./.test(name)) assert.equal(isProtected, false, name)
  }
})

test("facts are written for the eye and spoken for the ear", () => {
  const said = (reply: string, given: Record<string, string | number>) => {
    const phrased = phraseLine({ reply, values: given }, "en")
    return phrased.ok ? [phrased.sentence.text, phrased.sentence.spoken] : phrased.fault
  }
  assert.deepEqual(said("status.ready", { drug: "Lisinopril 10 mg", money: 1_250 }), [
    "Your Lisinopril 10 mg is ready to pick up. The amount due is $12.50.",
    "Your Lisinopril ten milligrams is ready to pick up. " +
      "The amount due is twelve dollars and fifty cents.",
  ])
  assert.deepEqual(said("status.ready", { drug: "Lisinopril" }), [
    "Your Lisinopril is ready to pick up.",
    "Your Lisinopril is ready to pick up.",
  ])
  assert.deepEqual(
    said("status.promised", { drug: "Lisinopril", day: "2026-11-21", time: "17:30" }),
    [
      "Your Lisinopril is not ready yet. " +
        "The pharmacy system expects it on Saturday, November 21 at 5:30 PM.",
      "Your Lisinopril is not ready yet. " +
        "The pharmacy system expects it on Saturday, November twenty-first at five thirty PM.",
    ],
  )
  assert.deepEqual(said("hours.day_open", { day: "2026-12-03", hours: "9 AM to 12:30 PM" }), [
    "We are open on Thursday, December 3, 9 AM to 12:30 PM.",
    "We are open on Thursday, December third, nine AM to twelve thirty PM.",
  ])
  assert.deepEqual(
    said("refill.confirm_rx", { digits: "7012345" })[1],
    "You would like a refill of prescription number seven zero one, two three four five. " +
      "Is that right?",
  )
})

test("facts are written and spoken in Spanish as people there say them", () => {
  const said = (reply: string, given: Record<string, string | number>) => {
    const phrased = phraseLine({ reply, values: given }, "es")
    return phrased.ok ? [phrased.sentence.text, phrased.sentence.spoken] : phrased.fault
  }
  assert.deepEqual(said("status.ready", { drug: "Metformin", money: 2_150 }), [
    "Ya puede recoger su Metformin. El total a pagar es $21.50.",
    "Ya puede recoger su Metformin. El total a pagar es veintiún dólares con cincuenta centavos.",
  ])
  const due = { drug: "Metformin", day: "2026-11-21", time: "13:30" }
  assert.deepEqual(said("refill.submitted_ready", due), [
    "Ya quedó hecho el pedido de su Metformin. Según el sistema de la farmacia, debe estar listo " +
      "el sábado 21 de noviembre a la 1:30 PM.",
    "Ya quedó hecho el pedido de su Metformin. Según el sistema de la farmacia, debe estar listo " +
      "el sábado veintiuno de noviembre a la una y media de la tarde.",
  ])
  assert.equal(
    said("hours.now_open", { close: "19:15" })[1],
    "Estamos abiertos, hoy hasta las siete y cuarto de la noche.",
  )
  assert.equal(
    said("hours.day_closed", { day: "2026-12-01" })[1],
    "Estaremos cerrados el martes primero de diciembre.",
  )
  assert.equal(
    said("refill.confirm_all", { count: 21 })[1],
    "Quiere que le surtamos veintiuna recetas. ¿Es correcto?",
  )
})

test("a missing, superfluous or wrong value is refused", () => {
  const fault = (reply: string, given?: Record<string, string | number>) => {
    const phrased = phraseLine(given ? { reply, values: given } : { reply }, "en")
    return phrased.ok ? undefined : phrased.fault
  }
  assert.equal(fault("no.such_reply"), "unknown_reply")
  assert.equal(fault("status.in_process"), "wrong_values")
  assert.equal(fault("goodbye", { drug: "Lisinopril" }), "wrong_values")
  assert.equal(fault("hours.now_open", { close: "9" }), "wrong_values")
  assert.equal(fault("status.ready", { drug: "Lisinopril", money: 12.5 }), "wrong_values")
  assert.equal(fault("refill.too_soon", { drug: "Lisinopril", day: "2026-02-30" }), "wrong_values")
})

const advice = [
  "Take two tablets",
  "you should stop taking it",
  "it is safe to take with alcohol",
  "double your dose",
  "do not worry, nothing to worry about",
  "it interacts with aspirin",
  "your insurance will pay",
  "we have oxycodone in stock",
  "Mary is a patient",
  "I am a real person",
  "it works the same as Lipitor",
  "you are having a stroke",
  "tome dos tabletas",
  "deje de tomar esa medicina",
  "es seguro con alcohol",
  "no se preocupe",
  "su seguro la cubre",
  "Maria es paciente",
  "soy una persona",
  "es lo mismo que Lipitor",
  "usted tiene una infeccion",
]

test("no value can smuggle advice into any reply", () => {
  const withDrug = replyNames.filter((name) => "drug" in valuesFor(name))
  fc.assert(
    fc.property(
      fc.constantFrom(...withDrug),
      fc.constantFrom(...advice),
      fc.constantFrom("", "Lisinopril ", "Lisinopril. ", "Lisinopril, "),
      fc.constantFrom("en" as const, "es" as const),
      (name, sentence, before, language) => {
        const given = { ...valuesFor(name), drug: before + sentence }
        const phrased = phraseLine({ reply: name, values: given }, language)
        assert.equal(phrased.ok, false, before + sentence)
      },
    ),
    { numRuns: 500 },
  )
})

const forbidden: Readonly<Record<keyof typeof bans, string>> = {
  dose_change: "Please skip the next dose.",
  dose_amount: "Take one in the morning.",
  stop_taking: "You can stop taking that.",
  safety: "It is okay to drive.",
  safe_claim: "That medicine is safe.",
  interaction: "Those two interact.",
  side_effects: "That is a common side effect.",
  pregnancy: "In pregnancy that is avoided.",
  equivalence: "It is the same as the brand.",
  lab_reading: "Your blood pressure is high.",
  stock: "We have that in stock.",
  someone_a_patient: "She is a patient here.",
  coverage: "That will be covered.",
  is_human: "I am a real person.",
  legal: "You could sue them.",
  monitoring: "The PDMP shows two fills.",
  diagnosis: "You are having a stroke.",
}

const prohibido: Readonly<Record<keyof typeof spanishBans, string>> = {
  dose_change: "Sáltese la dosis de hoy.",
  dose_amount: "Tome dos pastillas.",
  stop_taking: "Ya puede dejar de tomarla; siga usando la crema.",
  safety: "Esa medicina es totalmente segura.",
  interaction: "Las puede tomar juntas.",
  side_effects: "Es uno de los efectos secundarios.",
  pregnancy: "Durante el embarazo no se recomienda.",
  equivalence: "Es lo mismo que la de marca.",
  lab_reading: "Su presión está alta.",
  stock: "La tenemos en existencia.",
  someone_a_patient: "Ella es paciente de aquí.",
  coverage: "Su seguro cubre esa medicina.",
  is_human: "Soy una persona.",
  legal: "Los puede demandar.",
  monitoring: "Lo dice el programa de monitoreo.",
  diagnosis: "Usted tiene una infección.",
}

test("each ban is red on a sentence that breaks it", () => {
  assert.deepEqual(Object.keys(forbidden).sort(), Object.keys(bans).sort())
  for (const [name, sentence] of Object.entries(forbidden)) {
    assert.match(sentence.toLowerCase(), bans[name] ?? /$^/, name)
    assert.equal(mustNeverBeSaid(sentence), true, name)
  }
})

test("each ban is red on a Spanish sentence that breaks it", () => {
  // Diagnoses, doses and the rest are banned in the same kinds; Spanish needs no second "safe".
  const kinds = Object.keys(bans).filter((name) => name !== "safe_claim")
  assert.deepEqual(Object.keys(spanishBans).sort(), kinds.sort())
  for (const [name, sentence] of Object.entries(prohibido)) {
    assert.match(plain(sentence), spanishBans[name] ?? /$^/, name)
    assert.equal(mustNeverBeSaid(sentence), true, name)
  }
})

test("the fixed replies are those without a value", () => {
  const fixed = fixedSentences("en")
  assert.ok(fixed.length > 60)
  assert.ok(fixed.every((sentence) => sentence.fixed))
  assert.ok(fixed.some((sentence) => sentence.reply === "emergency.heart"))
  assert.ok(!fixed.some((sentence) => sentence.reply === "status.in_process"))
})

const modules = new URL("../../modules/", import.meta.url)
const Contract = t.Object({
  name: t.String(),
  commands: t.Record(t.String(), t.Object({ faults: t.Record(t.String(), t.String()) })),
})

test("every fault of every module has a reply, and every reply named there exists", async () => {
  const replyOf = readYaml(
    t.Record(t.String(), t.String()),
    new URL("./faults.yaml", import.meta.url),
  )
  for (const reply of Object.values(replyOf)) assert.ok(replyNames.includes(reply), reply)
  const missing: string[] = []
  let looked = 0
  for (const folder of existsSync(modules) ? readdirSync(modules) : []) {
    const file = new URL(`${folder}/contract.ts`, modules)
    if (!existsSync(file)) continue
    for (const exported of Object.values(await import(file.href))) {
      if (!Value.Check(Contract, exported)) continue
      for (const code of Object.values(exported.commands).flatMap((c) => Object.keys(c.faults))) {
        looked += 1
        if (!(`${exported.name}.${code}` in replyOf)) missing.push(`${exported.name}.${code}`)
      }
    }
  }
  assert.deepEqual([...new Set(missing)], [], `of ${looked} faults`)
})
