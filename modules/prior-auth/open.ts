/** Opening one: once for a prescription, however often the payer or the patient asks. */
import { pms } from "#core/pms.ts"
import type { Claim } from "../insurance/contract.ts"
import { workQueue } from "../work-queue/contract.ts"
import type { PriorAuth } from "./contract.ts"
import { dayHere, type Here } from "./needs.ts"

interface Wanted {
  readonly patient: string
  readonly rxNumber: string
  readonly claim?: Claim
}

/** Undefined when the prescription is not the patient's. */
export async function open(wanted: Wanted, context: Here): Promise<PriorAuth | undefined> {
  const { call, emit, newId, store } = context
  const { patient, rxNumber, claim } = wanted
  const found = await call(pms, "getPrescription", { rxNumber })
  if (!found.ok || found.value.patient !== patient) return undefined
  const [before] = await store.auths.find({ where: { rxNumber, isOver: false }, limit: 1 })
  if (before) {
    const { doc } = before
    if (claim) await store.auths.change(doc.priorAuth, (one) => ({ ...one, claim }))
    return doc
  }
  const priorAuth = newId()
  const opened = {
    priorAuth,
    patient,
    rxNumber,
    state: "open",
    openedOn: dayHere(context),
  } as const
  const doc = { ...opened, isOver: false, ...(claim && { claim }) }
  await store.auths.put(priorAuth, doc, 0)
  await task(doc, "Prepare the letter to the plan, send it, and note that it was sent.", context)
  emit("changed", { priorAuth, patient, state: "open" })
  return doc
}

/** One thing for a technician to do; the same thing is asked for once. */
export async function task(
  { priorAuth, patient, rxNumber }: Pick<PriorAuth, "priorAuth" | "patient" | "rxNumber">,
  willHappen: string,
  { call }: Here,
): Promise<void> {
  const found = await call(pms, "getPrescription", { rxNumber })
  const drugName = found.ok ? found.value.drugName : undefined
  const context = { patient, willHappen, ...(drugName === undefined ? {} : { drugName }) }
  const item = { tier: 1 as const, row: "prior_auth_submission", rules: [], context }
  await call(workQueue, "add", item, { key: `${priorAuth}:${willHappen}` })
}

/** What a demo has on file. */
export async function openDemo(context: Here): Promise<void> {
  const { clock, config, store } = context
  const submittedOn = dayHere(context, -2)
  for (const [at, { patient, rxNumber }] of config.demo.entries()) {
    // Ids stand open on the disk, so none is made of a prescription's number.
    const priorAuth = `demo-${at}`
    if (await store.auths.get(priorAuth)) continue
    const sent = { openedOn: submittedOn, submittedOn, how: "fax" } as const
    const dueAtMs = Math.round(clock.nowMs()) + DAY_MS
    const doc = { priorAuth, patient, rxNumber, ...sent, dueAtMs, isOver: false }
    await store.auths.put(priorAuth, { ...doc, state: "submitted" }, 0)
  }
}

const DAY_MS = 86_400_000
