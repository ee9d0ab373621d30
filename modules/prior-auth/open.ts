/** Opening one: once for a prescription, however often the payer or the patient asks. */
import type { Actor } from "#core/actor.ts"
import { pms } from "#core/pms.ts"
import type { Claim } from "../insurance/contract.ts"
import { workQueue } from "../work-queue/contract.ts"
import type { PriorAuth, Step } from "./contract.ts"
import { dayHere, type Here } from "./needs.ts"

interface Wanted {
  readonly patient: string
  readonly rxNumber: string
  readonly claim?: Claim
  /** The payer's, when a reject is what opens it. */
  readonly codes?: string[]
}

/** Undefined when the prescription is not the patient's. */
export async function open(wanted: Wanted, context: Here): Promise<PriorAuth | undefined> {
  const { emit, newId, store } = context
  const { patient, rxNumber, ...refused } = wanted
  const named = await namesOf(wanted, context)
  if (!named) return undefined
  const [before] = await store.auths.find({ where: { rxNumber, isOver: false }, limit: 1 })
  if (before) {
    const { doc } = before
    const update = { ...refused, isWaiting: true }
    if (refused.codes) await store.auths.change(doc.priorAuth, (one) => ({ ...one, ...update }))
    return doc
  }
  const priorAuth = newId()
  const opened = {
    ...{ priorAuth, patient, rxNumber, ...named, ...refused },
    state: "open",
    openedOn: dayHere(context),
  } as const
  const isRefused = refused.codes !== undefined
  const steps = stepped({}, "opened", context)
  const doc = { ...opened, isOver: false, ...(isRefused && { isWaiting: true }), steps }
  await store.auths.put(priorAuth, doc, 0)
  await task(doc, "Prepare the letter to the plan, send it, and note that it was sent.", context)
  emit("changed", { priorAuth, patient, state: "open" })
  return doc
}

/** Whose it is and of what, as the pharmacy system says; undefined when it is not the patient's. */
export async function namesOf(
  { patient, rxNumber }: Pick<Wanted, "patient" | "rxNumber">,
  { call }: Here,
): Promise<{ drugName: string; patientName?: string } | undefined> {
  const found = await call(pms, "getPrescription", { rxNumber })
  if (!found.ok || found.value.patient !== patient) return undefined
  const { drugName } = found.value
  const person = await call(pms, "getPatient", { patient })
  if (!person.ok) return { drugName }
  const { firstName, lastName } = person.value
  return { drugName, patientName: `${firstName} ${lastName}` }
}

const STEPS_MAX = 100

/** The steps so far and one more, the newest last. */
export function stepped(
  { steps = [] }: Pick<PriorAuth, "steps">,
  did: Step["did"],
  { actor, clock }: Here,
): Step[] {
  const step = { did, by: nameOf(actor), atMs: Math.round(clock.nowMs()) }
  return [...steps, step].slice(-STEPS_MAX)
}

function nameOf(actor: Actor): string {
  if (actor.kind === "staff") return actor.person
  return actor.kind === "system" ? actor.module : actor.kind
}

/** One thing for a technician to do; the same thing is asked for once. */
export async function task(of: PriorAuth, willHappen: string, context: Here): Promise<void> {
  await taskOf({ ...of, id: of.priorAuth, row: "prior_auth_submission" }, willHappen, context)
}

interface Task {
  /** Of the case, or of the fill that waits. */
  readonly id: string
  readonly row: "prior_auth_submission" | "insurance_question"
  readonly patient: string
  readonly patientName?: string
  readonly drugName?: string
}

export async function taskOf(of: Task, willHappen: string, { call }: Here): Promise<void> {
  const { id, row, patient, patientName, drugName } = of
  const context = {
    ...{ patient, willHappen, case: { of: "prior-auth", id } as const },
    ...(patientName === undefined ? {} : { patientName }),
    ...(drugName === undefined ? {} : { drugName }),
  }
  const item = { tier: 1 as const, row, rules: [], context }
  await call(workQueue, "add", item, { key: `${id}:${willHappen}` })
}

/** What a demo has on file. */
export async function openDemo(context: Here): Promise<void> {
  const { clock, config, store } = context
  const submittedOn = dayHere(context, -2)
  for (const [at, about] of config.demo.entries()) {
    // Ids stand open on the disk, so none is made of a prescription's number.
    const priorAuth = `demo-${at}`
    if (await store.auths.get(priorAuth)) continue
    const sent = { openedOn: submittedOn, submittedOn, how: "fax" } as const
    const dueAtMs = Math.round(clock.nowMs()) + DAY_MS
    const doc = { priorAuth, ...about, ...sent, dueAtMs, isOver: false }
    await store.auths.put(priorAuth, { ...doc, state: "submitted" }, 0)
  }
}

const DAY_MS = 86_400_000
