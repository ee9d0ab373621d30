/** A card by photo: a link that works once, and what comes in by it. Knows a link by its hash. */
import { randomBytes } from "node:crypto"
import type { FaultCode, Input } from "#core/contract.ts"
import { tokenHash } from "#core/token.ts"
import { messaging } from "../messaging/contract.ts"
import { patients } from "../patients/contract.ts"
import { workQueue } from "../work-queue/contract.ts"
import type { insurance } from "./contract.ts"
import type { Here } from "./needs.ts"
import { photoTypeOf } from "./photo.ts"

const TOKEN_BYTES = 18
const MINUTE_MS = 60_000

type Command = "textLink" | "takePhoto"
type Able<C extends Command> = Here & { fail(code: FaultCode<typeof insurance, C>): never }

export async function textLink(
  { patient, to }: Input<typeof insurance, "textLink">,
  { actor, call, clock, config, fail, store }: Able<"textLink">,
) {
  const isTheirs =
    actor.kind !== "caller" || actor.patient === patient || actor.caresFor?.includes(patient)
  if (!isTheirs) return fail("not_theirs")
  const token = randomBytes(TOKEN_BYTES).toString("base64url")
  const expiresAtMs = Math.round(clock.nowMs() + config.linkMinutes * MINUTE_MS)
  await store.links.put(tokenHash(token), { patient, expiresAtMs, isUsed: false }, 0)
  const known = await call(patients, "contact", { patient })
  const language = known.ok ? (known.value.language ?? "en") : "en"
  const text = texts[language](config.spokenName, `${config.publicUrl}/card/${token}`)
  const sent = await call(messaging, "send", { to, text, patient })
  if (!sent.ok) return fail("opted_out")
  return { expiresAtMs }
}

/** Nothing about anybody, in case it reaches somebody else. */
const texts = {
  en: (pharmacy: string, link: string) =>
    `${pharmacy}: send us a photo of your card with this link. It works once: ${link}`,
  es: (pharmacy: string, link: string) =>
    `${pharmacy}: mándenos una foto de su tarjeta con este enlace. Sirve una vez: ${link}`,
} as const

export async function takePhoto(
  { token, base64 }: Input<typeof insurance, "takePhoto">,
  context: Able<"takePhoto">,
) {
  const { call, clock, emit, fail, newId, store } = context
  const id = tokenHash(token)
  const isOver = (link: { isUsed: boolean; expiresAtMs: number }) =>
    link.isUsed || link.expiresAtMs <= clock.nowMs()
  const link = (await store.links.get(id))?.doc
  if (!link || isOver(link)) return fail("link_over")
  if (base64 === undefined) return { isTaken: false }
  const type = photoTypeOf(base64)
  if (!type) return fail("not_a_photo")
  // Of two that come at once, one is taken.
  await store.links.change(id, (doc) =>
    isOver(doc) ? fail("link_over") : { ...doc, isUsed: true },
  )
  const photo = newId()
  const { patient } = link
  const atMs = Math.round(clock.nowMs())
  await store.photos.put(photo, { photo, patient, type, base64, atMs }, 0)
  await call(workQueue, "add", {
    tier: 1,
    row: "insurance_question",
    rules: [],
    context: {
      patient,
      willHappen: "A photo of an insurance card came in. Read it, and put the card on file.",
    },
  })
  emit("photoTaken", { photo, patient })
  return { isTaken: true }
}
