/**
 * Fills that wait for a payer. The pharmacy system tells that much and not what the payer said, so
 * nothing is opened by it: a technician reads the answer there and notes its codes here.
 */
import type { EventOf } from "#core/contract.ts"
import type { pms } from "#core/pms.ts"
import type { Here } from "./needs.ts"
import { namesOf, taskOf } from "./open.ts"

const read = `The pharmacy system waits for the payer. Read the payer's answer there, and note its \
codes under prior authorisations.`

export async function hearFill(change: EventOf<typeof pms, "fillChanged">, context: Here) {
  const { patient, rxNumber, fill } = change
  // A status that nobody knows says nothing of the payer.
  if (fill === "unknown") return
  if (fill !== "waiting_payer") return waitIsOver(rxNumber, context)
  const { clock, emit, newId, store } = context
  const [under] = await store.auths.find({ where: { rxNumber, isOver: false }, limit: 1 })
  if (under) return
  const [before] = await store.waits.find({ where: { rxNumber }, limit: 1 })
  const named = await namesOf(change, context)
  const sinceMs = Math.round(clock.nowMs())
  const doc = before?.doc ?? { wait: newId(), patient, rxNumber, ...named, sinceMs }
  if (!before) await store.waits.put(doc.wait, doc, 0)
  await taskOf({ ...doc, id: doc.wait, row: "insurance_question" }, read, context)
  emit("waitChanged", { wait: doc.wait })
}

/** The payer answered, or somebody has read what it said. */
export async function waitIsOver(rxNumber: string, { emit, store }: Here): Promise<void> {
  for (const { id } of await store.waits.find({ where: { rxNumber }, limit: 1 })) {
    await store.waits.remove(id)
    emit("waitChanged", { wait: id })
  }
}
