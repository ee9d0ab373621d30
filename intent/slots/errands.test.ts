import assert from "node:assert/strict"
import { test } from "node:test"
import { errandIn } from "./errands.ts"

const said = {
  no_texts: [
    "I want to stop getting text messages",
    "please stop texting me",
    "don't text me anymore",
    "I don't want any more texts from you",
    "take me off your text list",
    "how do I unsubscribe from these messages",
    "no more texts, please",
    "ya no me manden mensajes",
    "no quiero recibir más mensajes",
  ],
  new_contact: [
    "I have a new address",
    "I need to update my phone number",
    "my last name has changed",
    "we just moved",
    "I've got a new number",
    "tengo una nueva dirección",
    "quiero cambiar mi número de teléfono",
    "me mudé",
  ],
  cancel: [
    "actually, cancel that",
    "can you cancel my refill",
    "cancel the order for my lisinopril prescription",
    "don't fill it",
    "cancele mi pedido, por favor",
    "cancélelo",
  ],
  text_when_ready: [
    "can you text me when it's ready",
    "let me know when my prescription is ready",
    "send me a text once it's filled",
    "will I get a text when it is ready",
    "¿me manda un mensaje cuando esté lista?",
    "avíseme cuando estén listas",
  ],
  own_record: [
    "I need my prescription history for my taxes",
    "can you print out a list of my medications",
    "what medicines am I on",
    "can I get a copy of my records",
    "I need a copy of my vaccination record",
    "necesito el comprobante de vacunación de mi hijo",
    "¿qué medicinas tomo?",
    "necesito mi historial",
  ],
  auto_refill: [
    "I want to set up automatic refills",
    "can you refill it automatically",
    "can you sync all my medications to the same day",
    "que me surtan automáticamente la receta",
  ],
  few_meanwhile: [
    "can you give me a few pills until my doctor calls back",
    "could I get a couple of days' worth of tablets to hold me over",
    "I need an emergency supply of my insulin",
    "just enough to tide me over the weekend",
    "¿me puede dar unas pastillas hasta que me llame el doctor?",
    "necesito unas dosis de emergencia",
  ],
  not_arrived: [
    "I never got my delivery",
    "my package hasn't arrived yet",
    "where is my delivery",
    "I still haven't received the package you mailed",
    "my delivery didn't come yesterday",
    "nunca me llegó el paquete",
    "mi pedido todavía no llega",
    "¿dónde está mi entrega?",
  ],
  off_record: [
    "take it off my profile",
    "can you remove the lisinopril from my list",
    "quítelo de mi expediente",
  ],
} as const

for (const [errand, all] of Object.entries(said))
  for (const words of all)
    test(`“${words}” is for ${errand}`, () => {
      assert.equal(errandIn(words)?.kind, errand)
    })

for (const words of [
  "what's your address",
  "did you get a new address",
  "I want to stop by, are you open",
  "when will it be ready",
  "let me know if my prescription is ready",
  "can you let me know when it will be ready",
  "I got a text that it's ready",
  "I got a text message from you",
  "I need a refill of my prescription",
  "I changed my insurance",
  "I just moved here and I'd like my metformin transferred",
  "I take my medications every day",
  "what medications are you out of",
  "I need all my medications refilled",
  "what is the number of my prescription",
  "can I cancel",
  "I never got my refund",
  "do you do delivery",
  "can you get me through to the pharmacist",
  "I have a few pills left",
  "I only have a few pills left until my appointment",
  "I've got a couple of days until I run out",
  "I have just a few days till I leave",
  "me quedan pocas pastillas hasta que vea al doctor",
  "how many pills until my next refill",
  "I didn't get my medicine last time and I take the bus to work",
  "¿hacen entregas?",
  "the doctor cancelled my appointment",
  "¿cuál es su dirección?",
  "no recibí el mensaje",
])
  test(`“${words}” is none`, () => {
    assert.equal(errandIn(words), undefined)
  })
