/**
 * What the texts say. Anybody may read a telephone: they name no drug, no condition, no price and
 * no number of a prescription, and each says how to stop. Spanish without the accents that make
 * a carrier cut a text in two.
 */
import type { Kind } from "./contract.ts"

export type Language = "en" | "es"
/** What a text may be about: a copy for a caregiver says less than the patient's own. */
export type Form = Exclude<Kind, "answer"> | "copy" | "bare"

const stop: Readonly<Record<Language, string>> = {
  en: "Reply STOP to end texts.",
  es: "Responda ALTO para no recibir textos.",
}

const forms: Readonly<Record<Form, Readonly<Record<Language, string>>>> = {
  ready: {
    en: "You have a prescription ready for pickup. Questions? {phone}.",
    es: "Tiene una receta lista para recoger. Preguntas: {phone}.",
  },
  copy: {
    en: "A prescription is ready for someone you pick up for. Questions? {phone}.",
    es: "Hay una receta lista para alguien por quien usted recoge. Preguntas: {phone}.",
  },
  refill_reminder: {
    en: "A prescription of yours is due for a refill soon. Call {phone}.",
    es: "Pronto le toca surtir una receta. Llame al {phone}.",
  },
  pickup_reminder: {
    en: "A prescription is still waiting for you here. Questions? {phone}.",
    es: "Todavia tenemos una receta lista para usted. Preguntas: {phone}.",
  },
  bare: {
    en: "Please call us at {phone}.",
    es: "Por favor llame al {phone}.",
  },
}

interface Pharmacy {
  readonly name: string
  readonly phone: string
}

export function textOf(form: Form, language: Language, { name, phone }: Pharmacy): string {
  return `${name}: ${forms[form][language].replace("{phone}", written(phone))} ${stop[language]}`
}

export function answerOf(answer: string, language: Language, { name, phone }: Pharmacy): string {
  const call = language === "en" ? `Questions? ${written(phone)}.` : `Preguntas: ${written(phone)}.`
  return `${name}: ${answer.trim()} ${call} ${stop[language]}`
}

/** As people here write it. */
function written(phone: string): string {
  return phone.replace(/^\+1(\d{3})(\d{3})(\d{4})$/, "$1-$2-$3")
}
