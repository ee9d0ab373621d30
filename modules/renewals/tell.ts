/**
 * Telling the patient that the prescriber has answered: notifications says when and how, and has a
 * person call where nothing may be written. Anybody may read it, so it names nobody and no drug.
 */
import { pms } from "#core/pms.ts"
import { notifications } from "../notifications/contract.ts"
import type { Outcome, Renewal } from "./contract.ts"
import type { Here } from "./needs.ts"

const texts = {
  good: {
    en: "A prescription we asked about for you can be filled again.",
    es: "Una receta por la que preguntamos ya se puede surtir.",
  },
  bad: {
    en: "There is an answer about a prescription of yours. Please call us.",
    es: "Hay una respuesta sobre una receta suya. Por favor llame a la farmacia.",
  },
} as const

export async function tellPatient(
  { patient, renewal }: Renewal,
  outcome: Outcome,
  { call }: Here,
): Promise<void> {
  const found = await call(pms, "getPatient", { patient })
  if (!found.ok) return
  const { language = "en" } = found.value
  const text = texts[outcome === "approved" ? "good" : "bad"][language]
  await call(notifications, "answer", { patient, text }, { key: `${renewal}:told` })
}
