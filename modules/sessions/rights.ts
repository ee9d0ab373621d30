/**
 * Rights taken in an emergency. They end by themselves; who took them, which and why stays on file,
 * and a manager other than the taker looks at it.
 */
import type { Staff } from "#core/actor.ts"
import { staffAccounts } from "../staff-accounts/contract.ts"
import type { Rights } from "./contract.ts"
import type { Here } from "./needs.ts"

const MINUTE_MS = 60_000
const LISTED_MAX = 200
const RECENT_MAX = 10

/** The rights somebody holds at the moment beside their own. */
export async function openRights(user: string, context: Here): Promise<Rights | undefined> {
  const { clock, store } = context
  const recent = { where: { user }, orderBy: "untilMs", descending: true, limit: RECENT_MAX }
  const found = await store.rights.find(recent)
  const nowMs = clock.nowMs()
  return found.map(({ doc }) => doc).find((one) => one.untilMs > nowMs && !one.endedAtMs)
}

export type Hindrance = "prove_again" | "own_role" | "already_taken" | "unlicensed"

/** Why somebody may not take a role's rights; undefined when they may. */
export async function hindrance(
  role: Rights["role"],
  { person, role: acting, lacks, glass }: Staff,
  context: Here,
): Promise<Hindrance | undefined> {
  if (lacks?.includes("proof")) return "prove_again"
  if (glass || (await openRights(person, context))) return "already_taken"
  if (role === acting) return "own_role"
  if (role !== "pharmacist") return undefined
  const account = await context.call(staffAccounts, "standing", { user: person })
  const untilMs = account.ok ? account.value.licensedUntilMs : undefined
  return (untilMs ?? 0) > context.clock.nowMs() ? undefined : "unlicensed"
}

export interface Wanted {
  readonly role: Rights["role"]
  readonly reason: string
  readonly minutes: number
}

export async function take(wanted: Wanted, staff: Staff, context: Here): Promise<Rights> {
  const { clock, emit, log, newId, ports, store } = context
  const { role, reason, minutes } = wanted
  const fromMs = clock.nowMs()
  const rights: Rights = {
    ...{ glass: newId(), user: staff.person, own: staff.role, role, reason, fromMs },
    untilMs: fromMs + minutes * MINUTE_MS,
  }
  await store.rights.put(rights.glass, rights, 0)
  await ports.signIn.note("break_glass.taken", `${staff.role}>${role} ${rights.glass}`, staff)
  log.warn("rights were taken in an emergency", { own: staff.role, role })
  emit("rightsChanged", { glass: rights.glass, isNew: true })
  return rights
}

export async function finish(rights: Rights, endedAtMs: number, context: Here): Promise<void> {
  const { emit, ports, store } = context
  const { glass, user: person, own: role } = rights
  await store.rights.change(glass, (doc) => ({ ...doc, endedAtMs }))
  await ports.signIn.note("break_glass.ended", glass, { kind: "staff", person, role })
  emit("rightsChanged", { glass, isNew: false })
}

/** Writes down the end of what ran out; the host let nobody use it any more from that moment. */
export async function finishWhatRanOut(context: Here): Promise<void> {
  const { clock, store } = context
  const nowMs = clock.nowMs()
  const recent = { orderBy: "untilMs", descending: true, limit: LISTED_MAX }
  for (const { doc } of await store.rights.find({ ...recent, before: { untilMs: nowMs } }))
    if (doc.endedAtMs === undefined) await finish(doc, doc.untilMs, context)
}

export async function listed({ store }: Here): Promise<Rights[]> {
  const found = await store.rights.find({ orderBy: "fromMs", descending: true, limit: LISTED_MAX })
  return found.map(({ doc }) => doc)
}
