/**
 * Fills that wait for a payer. Where the pharmacy system tells what the payer said, its codes open
 * what they ask for; where it does not, a technician reads the answer there and notes its codes.
 */
import type { EventOf } from "#core/contract.ts"
import { Outage } from "#core/fault.ts"
import { pms } from "#core/pms.ts"
import { type Reject, rejectOf } from "../../pms-adapters/ncpdp/telecom/rejects.ts"
import type { Here } from "./needs.ts"
import { namesOf, open, stepped, task, taskOf } from "./open.ts"

const read = `The pharmacy system waits for the payer. Read the payer's answer there, and note its \
codes under prior authorisations.`
const refused = `The payer refused the claim. What it said, and what that asks for, stands under \
prior authorisations.`
const overtaken = `The fill went on without it. Close the prior authorisation, unless it is still \
wanted.`
const KNOWN_MAX = 100
/** What a payer says when it wants one, or has one in hand. */
const wantsOne: readonly string[] = ["start_prior_auth", "follow_prior_auth"]

/** Whether a prior authorisation is what the payer asks for. */
export function asksForOne(rejects: readonly Pick<Reject, "act">[]): boolean {
  return rejects.some(({ act }) => wantsOne.includes(act))
}

export async function hearFill(change: EventOf<typeof pms, "fillChanged">, context: Here) {
  const { patient, rxNumber, fill } = change
  // A status that nobody knows says nothing of the payer.
  if (fill === "unknown") return
  if (fill !== "waiting_payer") return goOn(rxNumber, context)
  const known = await casesOf(rxNumber, context)
  const rejects = await toldOf(rxNumber, context)
  // One claim opens one case: what is over of it is for a person to take up again.
  const isOver = known.some((doc) => doc.isOver && doc.isWaiting)
  if (asksForOne(rejects) && !isOver) {
    const codes = rejects.map(({ code }) => code)
    if (await open({ patient, rxNumber, codes }, context)) return waitIsOver(rxNumber, context)
  }
  if (known.some((doc) => !doc.isOver)) return
  await wait(change, rejects, context)
}

async function wait(
  { patient, rxNumber }: EventOf<typeof pms, "fillChanged">,
  rejects: Reject[],
  context: Here,
): Promise<void> {
  const { clock, emit, newId, store } = context
  const [before] = await store.waits.find({ where: { rxNumber }, limit: 1 })
  const named = await namesOf({ patient, rxNumber }, context)
  const sinceMs = Math.round(clock.nowMs())
  const begun = before?.doc ?? { wait: newId(), patient, rxNumber, ...named, sinceMs }
  const doc = { ...begun, ...(rejects.length > 0 && { rejects }) }
  await store.waits.put(doc.wait, doc, before?.version ?? 0)
  const willHappen = rejects.length > 0 ? refused : read
  await taskOf({ ...doc, id: doc.wait, row: "insurance_question" }, willHappen, context)
  emit("waitChanged", { wait: doc.wait })
}

/** What each code means that the pharmacy system tells; none where it tells none. */
async function toldOf(rxNumber: string, { call, offers }: Here): Promise<Reject[]> {
  if (!(await offers(pms, "claimRejects"))) return []
  try {
    const told = await call(pms, "claimRejects", { rxNumber })
    return told.ok ? told.value.codes.map(rejectOf) : []
  } catch (trouble) {
    // A technician reads there what can't be read from here.
    if (trouble instanceof Outage) return []
    throw trouble
  }
}

async function casesOf(rxNumber: string, { store }: Here) {
  return (await store.auths.find({ where: { rxNumber }, limit: KNOWN_MAX })).map(({ doc }) => doc)
}

/**
 * The claim was paid or given up, so that the next one that is refused is another. Whether one that
 * nothing was sent of is still wanted, a person says.
 */
async function goOn(rxNumber: string, context: Here): Promise<void> {
  for (const one of await casesOf(rxNumber, context)) {
    if (!one.isWaiting) continue
    const isOvertaken = one.state === "open"
    await context.store.auths.change(one.priorAuth, ({ isWaiting: _, ...doc }) =>
      isOvertaken ? { ...doc, steps: stepped(doc, "went_on", context) } : doc,
    )
    if (!isOvertaken) continue
    await task(one, overtaken, context)
    const { priorAuth, patient } = one
    context.emit("changed", { priorAuth, patient, state: "open" })
  }
  await waitIsOver(rxNumber, context)
}

/** The payer answered, or somebody has read what it said. */
export async function waitIsOver(rxNumber: string, { emit, store }: Here): Promise<void> {
  for (const { id } of await store.waits.find({ where: { rxNumber }, limit: 1 })) {
    await store.waits.remove(id)
    emit("waitChanged", { wait: id })
  }
}
