/** One session: whether it is open, locked or over, and what the host is told of it. Pure. */
import { type Static, Type as t } from "typebox"
import { Role } from "#core/actor.ts"
import type { StaffGrant } from "#core/ports.ts"

export const Session = t.Object({
  session: t.String(),
  user: t.String(),
  role: Role,
  startedAtMs: t.Integer(),
  endsAtMs: t.Integer(),
  activeAtMs: t.Integer(),
  provedAtMs: t.Integer(),
  lockedAtMs: t.Optional(t.Integer()),
  wrongInARow: t.Integer({ minimum: 0 }),
  device: t.Optional(t.String()),
})
export type Session = Static<typeof Session>

export interface Times {
  /** A session ends so long after it began, whatever happens. */
  readonly lastsHours: number
  /** A screen locks when nobody did anything for so long. */
  readonly idleMinutes: number
  /** A proof counts so long for decisions that ask for a fresh one. */
  readonly freshMinutes: number
}

const MINUTE_MS = 60_000
const idleAtMs = ({ activeAtMs }: Session, { idleMinutes }: Times) =>
  Math.round(activeAtMs + idleMinutes * MINUTE_MS)

export function stateOf(doc: Session, times: Times, nowMs: number): "open" | "locked" | "gone" {
  if (doc.endsAtMs <= nowMs) return "gone"
  return doc.lockedAtMs !== undefined || idleAtMs(doc, times) <= nowMs ? "locked" : "open"
}

export function provedUntilMs({ provedAtMs }: Session, { freshMinutes }: Times): number {
  return Math.round(provedAtMs + freshMinutes * MINUTE_MS)
}

/** What somebody may do, as those who know say it. */
export interface Standing {
  readonly role: Role
  readonly licensedUntilMs?: number
  readonly mustSetUp: boolean
  readonly glass?: { readonly id: string; readonly role: Role; readonly untilMs: number }
}

/** The host forgets it by itself when nobody comes to say that somebody is still there. */
export function grantOf(doc: Session, standing: Standing, times: Times): StaffGrant {
  const { role, licensedUntilMs, mustSetUp, glass } = standing
  return {
    person: doc.user,
    role,
    session: doc.session,
    expiresAtMs: Math.min(doc.endsAtMs, idleAtMs(doc, times)),
    provedUntilMs: provedUntilMs(doc, times),
    mustSetUp,
    ...(licensedUntilMs === undefined ? {} : { licensedUntilMs }),
    ...(glass === undefined ? {} : { glass }),
  }
}
