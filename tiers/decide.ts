/**
 * The gate's judgement: allow, ask a person, or refuse. Pure, outside any model. The strictest of
 * all signals wins and nothing lowers it; what is not known counts as the more cautious value.
 */
import type { Caller, Lack, Role } from "#core/actor.ts"
import type { Decision, Facts, Question, Tier } from "#core/decision.ts"
import { assert } from "#core/fault.ts"
import type { Condition, Rule } from "#core/rule.ts"
import { type Matrix, type Row, rowOf } from "./matrix.ts"

export interface Policy {
  readonly matrix: Matrix
  readonly rules: readonly Rule[]
}

/** A reason that is not a rule, so that no set of rules can leave it out. */
const FACTS_MISSING = "facts_missing"
const UNVERIFIED_CALLER = "unverified_caller"

/** The tiers each role's licence covers. A manager is not a pharmacist. */
const covers: Readonly<Record<Role, readonly Tier[]>> = {
  technician: [0, 1],
  pharmacist: [0, 1, 2],
  manager: [0, 1, 3],
  operator: [0],
}

/** What rights that were taken in an emergency never reach: it would outlast the emergency. */
const lasting: readonly string[] = ["staff_admin", "rule_change", "site_change"]

/** All there is for somebody who has yet to choose a password or enrol a second factor. */
const whileSettingUp: readonly string[] = ["sign_in", "own_account"]

/** The tiers that are out of reach for want of something. */
const outOfReach: Readonly<Record<Lack, readonly Tier[]>> = {
  licence: [2],
  proof: [2, 3],
  set_up: [1, 2, 3],
}

/** What one request came to, before anybody's licence is looked at. */
interface Weighed {
  readonly tiers: readonly Tier[]
  readonly isRefused: boolean
  readonly reasons: readonly string[]
}

/** Decides about one command. No row means no. */
export function decide(question: Question, { matrix, rules }: Policy): Decision {
  const row = rowOf(matrix, question.action)
  if (!row) return { verdict: "refuse", tier: 0, row: "none", rules: [] }

  const { tiers, isRefused, reasons } = weigh(question, row, rules)
  const answer = { row: row.action, rules: reasons }
  if (isRefused || !mayBring(question, row)) {
    return { ...answer, verdict: "refuse", tier: highest(tiers) }
  }
  const covered = coveredBy(question)
  const uncovered = tiers.filter((tier) => !covered.includes(tier))
  if (uncovered.length > 0) {
    const tier = highest(uncovered)
    const wanting = wantedFor(tier, question)
    // Nobody else is asked for what the person may do as soon as they have proved who they are.
    const verdict = wanting.join() === "lacks_proof" ? "refuse" : "ask"
    return { ...answer, rules: [...reasons, ...wanting], verdict, tier }
  }
  return { ...answer, verdict: "allow", tier: highest(tiers) }
}

function weigh(question: Question, row: Row, rules: readonly Rule[]): Weighed {
  const isUnverified = row.record !== "none" && !isVerifiedFor(question)
  const isMissingFacts = row.needs.some((fact) => question.facts[fact] === undefined)
  const spoken = rules
    .filter((rule) => rule.enabled && speaks(rule.when, { question, row, isUnverified }))
    .toSorted((a, b) => b.priority - a.priority || (a.name < b.name ? -1 : 1))

  const tiers: Tier[] = [row.tier]
  for (const { raises } of spoken) if ("tier" in raises) tiers.push(raises.tier)
  const reasons = spoken.map((rule) => rule.name)
  if (isUnverified) {
    tiers.push(1)
    if (!reasons.includes(UNVERIFIED_CALLER)) reasons.push(UNVERIFIED_CALLER)
  }
  if (isMissingFacts) {
    tiers.push(2)
    reasons.push(FACTS_MISSING)
  }
  const isRefused =
    spoken.some((rule) => "refuse" in rule.raises) || (isUnverified && row.record === "shows")
  return { tiers, isRefused, reasons }
}

/** Only callers prove who they are in the conversation; others signed in before they came. */
function isVerifiedFor({ actor, facts }: Question): boolean {
  return actor.kind !== "caller" || isPatientOrCarer(actor, facts.patient)
}

function isPatientOrCarer(caller: Caller, patient: string | undefined): boolean {
  if (caller.identity !== "verified") return false
  // Whose record it is, is not known: that alone asks a pharmacist.
  if (patient === undefined) return true
  return caller.patient === patient || (caller.caresFor ?? []).includes(patient)
}

interface Case {
  readonly question: Question
  readonly row: Row
  readonly isUnverified: boolean
}

/** Whether all that a rule looks for holds. A fact that is absent is not there to be found. */
function speaks(when: Condition, { question, row, isUnverified }: Case): boolean {
  const { facts } = question
  const isMeant = when.actions ? when.actions.includes(row.action) : row.kind === "request"
  return (
    isMeant &&
    (when.unverified === undefined || when.unverified === isUnverified) &&
    (when.schedules === undefined || isScheduled(when.schedules, facts.schedule)) &&
    isAmong(when.durs, facts.dur) &&
    isAmong(when.eligibilities, facts.eligibility) &&
    isSaid(when.highAlert, facts.highAlert) &&
    isSaid(when.money, facts.money) &&
    isSaid(when.emergency, facts.emergency) &&
    (when.confidenceBelow === undefined || (facts.confidence ?? 1) < when.confidenceBelow)
  )
}

/** A schedule that is not known could be any of those a rule names. */
function isScheduled(named: readonly string[], schedule: Facts["schedule"]): boolean {
  if (schedule === "unknown") return named.some((name) => name !== "none")
  return isAmong(named, schedule)
}

function isAmong(named: readonly string[] | undefined, found: string | undefined): boolean {
  return named === undefined || (found !== undefined && named.includes(found))
}

function isSaid(wanted: boolean | undefined, found: boolean | undefined): boolean {
  return wanted === undefined || wanted === (found ?? false)
}

/** Whether the row is open to this kind of actor at all, whatever the tier. */
function mayBring({ actor, via }: Question, row: Row): boolean {
  if (row.action === "internal" && via === undefined && actor.kind !== "system") return false
  switch (actor.kind) {
    case "caller":
      return row.callers
    case "staff":
      if (actor.lacks?.includes("set_up") && !whileSettingUp.includes(row.action)) return false
      return row.staff.includes(actor.role) && !(actor.glass && lasting.includes(row.action))
    case "partner":
      if (row.partners === "scope") return actor.scopes.includes(row.action)
      return row.partners === "any"
    case "system":
      return row.system
  }
}

/** The tiers an actor may act at alone. Only staff hold more than the lowest. */
function coveredBy({ actor }: Question): readonly Tier[] {
  if (actor.kind !== "staff") return [0]
  const lacked = (actor.lacks ?? []).flatMap((lack) => outOfReach[lack])
  return covers[actor.role].filter((tier) => !lacked.includes(tier))
}

/** Why a tier that the role covers is out of reach just now. */
function wantedFor(tier: Tier, { actor }: Question): readonly string[] {
  if (actor.kind !== "staff" || !covers[actor.role].includes(tier)) return []
  const lacks = actor.lacks ?? []
  return lacks.filter((lack) => outOfReach[lack].includes(tier)).map((lack) => `lacks_${lack}`)
}

function highest(tiers: readonly Tier[]): Tier {
  const top = tiers.toSorted((a, b) => b - a)[0]
  assert(top !== undefined)
  return top
}
