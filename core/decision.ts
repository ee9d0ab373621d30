/**
 * What the gate is told, and what it answers. `tiers/` decides; the bus obeys; nobody goes around.
 */
import { type Static, Type as t } from "typebox"
import type { Actor } from "./actor.ts"

/** DEA schedule, 21 CFR 1308. `unknown` is treated as controlled: the more cautious answer wins. */
export const DeaSchedule = t.Union([
  t.Literal("CI"),
  t.Literal("CII"),
  t.Literal("CIII"),
  t.Literal("CIV"),
  t.Literal("CV"),
  t.Literal("none"),
  t.Literal("unknown"),
])
export type DeaSchedule = Static<typeof DeaSchedule>

/** Severity of a drug utilisation review alert, as the pharmacy system graded it. */
export const DurSeverity = t.Union([
  t.Literal("contraindicated"),
  t.Literal("major"),
  t.Literal("moderate"),
  t.Literal("minor"),
])
export type DurSeverity = Static<typeof DurSeverity>

/** One answer per prescription to "may this be refilled now?", in words common to all vendors. */
export const RefillEligibility = t.Union([
  t.Literal("refillable"),
  t.Literal("no_refills"),
  t.Literal("expired"),
  t.Literal("too_soon"),
  t.Literal("on_hold"),
  t.Literal("discontinued"),
  t.Literal("transferred_out"),
  t.Literal("already_in_process"),
  t.Literal("ready_now"),
  t.Literal("recently_picked_up"),
  t.Literal("controlled_needs_review"),
  t.Literal("prescriber_auth_possible"),
  t.Literal("not_found"),
  t.Literal("pharmacist_must_speak"),
  t.Literal("unknown"),
])
export type RefillEligibility = Static<typeof RefillEligibility>

/**
 * Facts about one command, gathered by its module's code from the pharmacy system, never by a
 * model.
 */
export const Facts = t.Object({
  /** Whose record the command touches. The gate compares it with who the caller proved to be. */
  patient: t.Optional(t.String()),
  rxNumber: t.Optional(t.String()),
  schedule: t.Optional(DeaSchedule),
  eligibility: t.Optional(RefillEligibility),
  dur: t.Optional(DurSeverity),
  highAlert: t.Optional(t.Boolean()),
  money: t.Optional(t.Boolean()),
  emergency: t.Optional(t.Boolean()),
  /** How sure the understanding is, 0 to 1. Set by whoever proposed the command. */
  confidence: t.Optional(t.Number({ minimum: 0, maximum: 1 })),
})
export type Facts = Static<typeof Facts>

/** T0 does it alone; T1 asks a technician, T2 a pharmacist, T3 a manager. */
export type Tier = 0 | 1 | 2 | 3

export interface Decision {
  readonly verdict: "allow" | "ask" | "refuse"
  readonly tier: Tier
  /** The matrix row that decided. */
  readonly row: string
  /** The rules that raised it, by name, highest priority first. */
  readonly rules: readonly string[]
}

export interface Question {
  readonly actor: Actor
  /**
   * The module that calls on the actor's behalf; absent when the actor came straight to the gate.
   */
  readonly via?: string
  readonly action: string
  readonly facts: Facts
}

export type Decide = (question: Question) => Decision
