/** Entries of the log put together: what was announced, and what became of it, as one act. Pure. */
import { Compile } from "typebox/compile"
import { Actor } from "#core/actor.ts"
import type { AuditEntry } from "#core/ports.ts"

export interface Act extends Omit<AuditEntry, "phase" | "act" | "actor"> {
  /** Undefined when the log holds somebody this version does not know. */
  readonly actor: Actor | undefined
}

export interface Period {
  readonly fromMs: number
  readonly beforeMs: number
}

const actors = Compile(Actor)

/** Acts that began in the period, in order. Their ends may come a little later. */
export function actsOf(entries: readonly AuditEntry[], { fromMs, beforeMs }: Period) {
  const begun = new Map<string, Act>()
  for (const { phase, act, actor, ...entry } of entries) {
    const before = begun.get(act)
    if (phase === "after" && before) begun.set(act, ended(before, entry))
    const isInPeriod = entry.atMs >= fromMs && entry.atMs < beforeMs
    if (phase === "after" || !isInPeriod) continue
    const known = actors.Check(actor) ? actor : undefined
    begun.set(phase === "event" ? `${act} ${entry.seq}` : act, { ...entry, actor: known })
  }
  return [...begun.values()]
}

/** Its place and its text are those of the announcement; its outcome and cost came afterwards. */
function ended(before: Act, { outcome, left }: Pick<Act, "outcome" | "left">): Act {
  const both = before.left && { ...before.left, ...left }
  return {
    ...before,
    ...(outcome === undefined ? {} : { outcome }),
    ...(both ? { left: both } : {}),
  }
}

/** Whether it was let through and done, so far as the log says. */
export function isDone({ decision, outcome }: Act): boolean {
  return (decision === undefined || decision.verdict === "allow") && outcome === "done"
}
