/**
 * Telling the patient that the prescriber has answered: by text, else by a person's call. The text
 * names no drug and no prescriber, because anybody may read it.
 */
import { Outage } from "#core/fault.ts"
import { pms } from "#core/pms.ts"
import { callbacks } from "../callbacks/contract.ts"
import { messaging } from "../messaging/contract.ts"
import { storeInfo } from "../store-info/contract.ts"
import type { Outcome, Renewal } from "./contract.ts"
import type { Here } from "./needs.ts"

type Language = "en" | "es"

const texts: Readonly<Record<"good" | "bad", Readonly<Record<Language, string>>>> = {
  good: {
    en: "{pharmacy}: a prescription we asked about for you can be filled again. Call {phone}.",
    es: "{pharmacy}: una receta por la que preguntamos ya se puede surtir. Llame al {phone}.",
  },
  bad: {
    en: "{pharmacy}: there is an answer about a prescription of yours. Please call {phone}.",
    es: "{pharmacy}: hay una respuesta sobre una receta suya. Por favor llame al {phone}.",
  },
}

export async function tellPatient(
  { patient, renewal }: Renewal,
  outcome: Outcome,
  context: Here,
): Promise<void> {
  const { call } = context
  const found = await call(pms, "getPatient", { patient })
  if (!found.ok) return
  const { language = "en", phones } = found.value
  const [to] = phones
  const kind = outcome === "approved" ? "good" : "bad"
  const isTold = to !== undefined && (await isSent(to, texts[kind][language], renewal, context))
  if (isTold) return
  const about = "The prescriber has answered a renewal request. Tell the patient."
  const owed = { patient, about, forRole: "technician", ...(to ? { phone: to } : {}) } as const
  await call(callbacks, "promise", owed, { key: `${renewal}:callback` })
}

/** A carrier that is down, or a patient who wants no texts: then a person calls. */
async function isSent(
  to: string,
  text: string,
  renewal: string,
  { call, log }: Here,
): Promise<boolean> {
  const place = await call(storeInfo, "location", {})
  if (!place.ok) return false
  const { name, phone } = place.value
  const body = text.replace("{pharmacy}", name).replace("{phone}", phone)
  try {
    const reply = await call(messaging, "send", { to, text: body }, { key: `${renewal}:told` })
    return reply.ok
  } catch (trouble) {
    if (!(trouble instanceof Outage)) throw trouble
    log.warn("a patient was not told by text", { code: trouble.code })
    return false
  }
}
