import assert from "node:assert/strict"
import { test } from "node:test"
import { numbersOf } from "./kokoro-alphabet.ts"
import { asAmerican, phonemesOf } from "./phonemes.ts"

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
