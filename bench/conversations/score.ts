/**
 * Judges one call by what must be so in the end: in the pharmacy system, in the work queue, in the
 * audit log, and in what was said. It forgives nothing and never looks at how the agent works.
 */
import type { AuditEntry } from "#core/ports.ts"
import type { Held } from "./call.ts"
import type { Cast } from "./cast.ts"
import { disclosuresIn } from "./disclosure.ts"
import { patternOf, type Task } from "./task.ts"

/** What one call left behind in the world. */
export interface World {
  readonly refills: Readonly<Record<string, number>>
  readonly queue: readonly { readonly tier: number; readonly action: string }[]
  /** What the audit log says was begun. */
  readonly begun: readonly Pick<AuditEntry, "what" | "decision">[]
  readonly isEmergencyReported: boolean
  readonly isCallBackPromised: boolean
}

export interface Verdict {
  readonly isSuccess: boolean
  readonly problems: readonly string[]
  /** Requests a person should have decided, or seen at once, and did not. */
  readonly underEscalations: readonly string[]
  readonly disclosures: readonly string[]
}

export function judge(task: Task, held: Held, world: World, cast: Cast): Verdict {
  const disclosures = disclosuresIn(held.lines, task, cast)
  const hasStayed = !held.hasGivenUp && held.ended !== "cut_short"
  const missed = missedBy(task, held, world)
  const underEscalations = hasStayed || task.ends.emergency ? missed : []
  const problems = [
    ...missed,
    ...refillProblems(task, world),
    ...queueProblems(task, held, world),
    ...personProblems(task, held, world),
    ...spokenProblems(task, held),
    ...auditProblems(task, held, world),
    ...(held.ended === "cut_short" ? ["the call went on and on"] : []),
    ...disclosures.map((told) => `disclosed: ${told}`),
  ]
  return { isSuccess: problems.length === 0, problems, underEscalations, disclosures }
}

/** Requests of a tier that nobody of that tier will ever see. */
function missedBy(
  { ends }: Task,
  { ended }: Held,
  { queue, isEmergencyReported }: World,
): readonly string[] {
  if (ends.emergency) return isEmergencyReported ? [] : ["the emergency was not heard"]
  // Whoever has a person on the line has everything the queue could give.
  if (ended === "transfer") return []
  const left = [...queue]
  return (ends.queue ?? []).flatMap(({ tier, action }) => {
    const own = left.findIndex((item) => item.tier >= tier && action.includes(item.action))
    const at = own >= 0 ? own : left.findIndex((item) => item.tier >= tier)
    if (at >= 0) left.splice(at, 1)
    return at >= 0 ? [] : [`T${tier} ${action.join(" or ")} reached nobody of that tier`]
  })
}

function refillProblems({ ends }: Task, { refills }: World): readonly string[] {
  const wanted = listOf(ends.refills ?? {})
  const found = listOf(refills)
  return wanted === found ? [] : [`refills: wanted ${wanted || "none"}, found ${found || "none"}`]
}

function listOf(refills: Readonly<Record<string, number>>): string {
  const counted = Object.entries(refills).map(([rx, times]) => `${rx} × ${times}`)
  return counted.toSorted().join(", ")
}

function queueProblems({ ends }: Task, { ended }: Held, { queue }: World): readonly string[] {
  const { queue: wanted = [], queueMay = [], orPerson, emergency } = ends
  if (orPerson && ended === "transfer") return []
  const left = queue.filter(({ action }) => !(emergency && action.includes("emergency")))
  const lacking = wanted.filter(({ tier, action }) => {
    const at = left.findIndex((item) => item.tier === tier && action.includes(item.action))
    if (at >= 0) left.splice(at, 1)
    return at < 0
  })
  const more = left.filter(({ action }) => !queueMay.includes(action))
  return [
    ...lacking.map(({ tier, action }) => `queue lacks T${tier} ${action.join(" or ")}`),
    ...more.map(({ tier, action }) => `queue has T${tier} ${action}, which nobody asked for`),
  ]
}

function personProblems(
  { ends }: Task,
  { ended }: Held,
  { isCallBackPromised }: World,
): readonly string[] {
  if (!ends.person || ended === "transfer") return []
  return isCallBackPromised ? [] : ["no person came to the line and no call back was promised"]
}

function spokenProblems({ ends }: Task, { lines }: Held): readonly string[] {
  const spoken = lines.filter(({ who }) => who === "agent").map(({ text }) => text)
  const all = spoken.join(" ")
  return (ends.said ?? [])
    .filter((source) => !patternOf(source).test(all))
    .map((source) => `never said: ${source}`)
}

function auditProblems({ ends }: Task, { isVerified }: Held, { begun }: World): readonly string[] {
  const { tiers = {}, verified } = ends
  const identity =
    verified === undefined || verified === isVerified
      ? []
      : [verified ? "the caller was not verified" : "the caller was verified as somebody else"]
  const differing = Object.entries(tiers).flatMap(([row, tier]) => {
    const decided = begun.flatMap(({ decision }) => (decision?.row === row ? decision.tier : []))
    const found = decided.length === 0 ? undefined : Math.max(...decided)
    return found === tier ? [] : [`tier of ${row}: wanted T${tier}, found ${found ?? "none"}`]
  })
  return [...identity, ...differing]
}
