/** What becomes of one that was sent: late plans, approvals that run out, and the patient told. */
import { pms } from "#core/pms.ts"
import { notifications } from "../notifications/contract.ts"
import type { PriorAuth } from "./contract.ts"
import { dayHere, type Here } from "./needs.ts"
import { task } from "./open.ts"

const AT_ONCE = 500

export async function look(context: Here): Promise<void> {
  const { clock, config, store } = context
  const today = dayHere(context)
  const waiting = await store.auths.find({ where: { state: "submitted" }, limit: AT_ONCE })
  for (const { doc } of waiting) {
    const isLate = doc.dueAtMs !== undefined && doc.dueAtMs <= clock.nowMs()
    if (!isLate || doc.lateToldOn !== undefined) continue
    await task(doc, "The plan is late with its answer. Ask it, and note what it says.", context)
    await store.auths.change(doc.priorAuth, (one) => ({ ...one, lateToldOn: today }))
  }
  const soon = dayHere(context, config.renewDays)
  for (const state of ["approved", "paid"] as const)
    for (const { doc } of await store.auths.find({ where: { state }, limit: AT_ONCE })) {
      const isEnding = doc.validUntil !== undefined && doc.validUntil <= soon
      if (!isEnding || doc.endToldOn !== undefined) continue
      await task(doc, "The plan's approval ends soon. Ask for it anew in time.", context)
      await store.auths.change(doc.priorAuth, (one) => ({ ...one, endToldOn: today }))
    }
}

/** Anybody may read it, so it names nobody, no drug and no plan. */
const texts = {
  en: "There is news about a prescription of yours. Please call us.",
  es: "Hay noticias sobre una receta suya. Por favor llame a la farmacia.",
} as const

export async function tellPatient({ patient, priorAuth }: PriorAuth, { call }: Here) {
  const found = await call(pms, "getPatient", { patient })
  if (!found.ok) return
  const text = texts[found.value.language ?? "en"]
  await call(notifications, "answer", { patient, text }, { key: `${priorAuth}:told` })
}
