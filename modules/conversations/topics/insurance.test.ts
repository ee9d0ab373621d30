/** Which words bring a card, and which ask about one. */
import assert from "node:assert/strict"
import { test } from "node:test"
import { bringsCard } from "./insurance.ts"

test("who has a new card is asked for it, in English and in Spanish", () => {
  for (const words of [
    "I have a new insurance card",
    "my insurance changed, can I give you the new card",
    "I need to update my insurance",
    "I want to add my secondary insurance",
    "can I read you my new card over the phone",
    "tengo una tarjeta nueva del seguro",
    "cambié de aseguranza",
    "necesito actualizar mi seguro",
  ])
    assert.ok(bringsCard(words), words)
})

test("who asks what is covered, or why something was refused, is passed on", () => {
  for (const words of [
    "I have a question about my insurance coverage",
    "does my insurance cover Ozempic",
    "what's my copay with the new insurance",
    "do you take my new insurance",
    "my claim was rejected and I have a new card",
    "mi seguro rechazó la receta",
    "aceptan mi seguro nuevo",
    "do you take my insurance",
  ])
    assert.equal(bringsCard(words), false, words)
})
