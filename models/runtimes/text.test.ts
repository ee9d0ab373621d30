import assert from "node:assert/strict"
import { test } from "node:test"
import { clausesOf } from "./clauses.ts"
import { numbersOf } from "./kokoro-alphabet.ts"
import { asAmerican, phonemesOf } from "./phonemes.ts"
import { loopLength, withoutRepeats } from "./repetition.ts"
import { resample } from "./resample.ts"
import { separated } from "./whisper.ts"

test("the first clause is short, and the clauses together are the text", () => {
  const text =
    "Thank you, Maria. Your prescription is ready for pickup, it costs 4.50 dollars. Anything else?"
  const clauses = clausesOf(text)
  assert.equal(clauses[0], "Thank you, Maria.")
  assert.equal(clauses.join(" "), text)
  assert.equal(clauses.length, 3)
  assert.deepEqual(clausesOf("  "), [])
})

test("a long text without punctuation is broken between words", () => {
  const text = Array.from({ length: 80 }, (_, i) => `word${i}`).join(" ")
  const clauses = clausesOf(text)
  assert.equal(clauses.join(" "), text)
  assert.ok(clauses.every((clause) => clause.length <= 160))
})

test("espeak's American vowels become the voice's own letters", () => {
  assert.equal(asAmerican("nˈɜːs"), "nˈɜɹs")
  assert.equal(asAmerican("bˈɜːɹd"), "bˈɜɹd")
  assert.equal(asAmerican("wˈɔːɾɚ"), "wˈɔTəɹ")
  assert.equal(asAmerican("lˈɪɾə^l"), "lˈɪTᵊl")
  assert.equal(asAmerican("həlˈo^ʊ"), "həlˈO")
  assert.equal(asAmerican("d^ʒˈe^ɪ"), "ʤˈA")
})

test("phonemes keep the punctuation, and all of them have a number", async () => {
  const english = await phonemesOf("Dr. Rivera called at 3:45, right?", "en")
  assert.match(english, /,.*\?$/)
  assert.equal(numbersOf(english).length, [...english].length)
  const spanish = await phonemesOf("Su receta está lista, gracias.", "es")
  assert.match(spanish, /,.*\.$/)
  assert.equal(numbersOf(spanish).length, [...spanish].length)
})

test("a loop is cut, and digits said several times are not", () => {
  const digits = [7, 0, 0, 0, 0, 1, 1, 1, 1]
  assert.equal(loopLength(digits), 0)
  assert.equal(loopLength([5, ...Array.from({ length: 12 }, () => 9)]), 11)
  assert.equal(loopLength(Array.from({ length: 5 }, () => [1, 2, 3]).flat()), 12)
})

test("a sentence said twice in a row is kept once, a word said twice stays", () => {
  assert.equal(withoutRepeats("I need it. I need it. I need it."), "I need it.")
  assert.equal(withoutRepeats("Yes. Yes. It is me."), "Yes. Yes. It is me.")
})

test("an expected drug is freed of the word glued to it", () => {
  const prompt = "Atorvastatin, lisinopril."
  assert.equal(separated("a refill of myatorvastatin", prompt), "a refill of my atorvastatin")
  assert.equal(separated("my lisinopril", prompt), "my lisinopril")
})

test("down-sampling keeps a low tone and removes one that would fold back", () => {
  const tone = (hz: number) =>
    Float32Array.from({ length: 24_000 }, (_, i) => Math.sin((2 * Math.PI * hz * i) / 24_000))
  const loudness = (pcm: Float32Array) =>
    Math.sqrt(pcm.reduce((sum, sample) => sum + sample * sample, 0) / pcm.length)
  assert.equal(resample(tone(1_000), 24_000, 8_000).length, 8_000)
  assert.ok(Math.abs(loudness(resample(tone(1_000), 24_000, 8_000)) - Math.SQRT1_2) < 0.01)
  assert.ok(loudness(resample(tone(5_000), 24_000, 8_000)) < 0.01)
})
