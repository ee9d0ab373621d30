/**
 * docs/reference/roles.md: every command, and what each kind of actor gets for it. It asks the
 * gate's own judgement and holds no rule: a change of this page is a change of who may.
 */
import type { Actor, Caller, Lack, Role, Staff } from "#core/actor.ts"
import type { CommandSpec, ContractSpec } from "#core/contract.ts"
import type { Facts } from "#core/decision.ts"
import { decide, type Policy } from "../../tiers/decide.ts"
import { matrix } from "../../tiers/matrix.ts"
import { defaultRules } from "../../tiers/rules.ts"
import { table } from "./table.ts"

export const inForce: Policy = { matrix, rules: defaultRules }

const PATIENT = "patient-1"
/** A plain drug, an eligible refill, nothing in doubt: the rules raise a request from here. */
const plain: Facts = { patient: PATIENT, schedule: "none", eligibility: "refillable" }

const anonymous: Caller = {
  ...{ kind: "caller", conversation: "call-1", channel: "phone" },
  identity: "anonymous",
}
const verified: Caller = { ...anonymous, identity: "verified", patient: PATIENT }
const staff = (role: Role, more: Partial<Staff> = {}): Staff => ({
  ...{ kind: "staff", person: "person-1", role },
  ...more,
})

/** Whom the columns stand for; a partner's scope is the action that is asked for. */
export const columns: readonly (readonly [name: string, actor: (action: string) => Actor])[] = [
  ["anonymous", () => anonymous],
  ["claimed", () => ({ ...anonymous, identity: "claimed" })],
  ["verified", () => verified],
  ["of another", () => ({ ...verified, patient: "patient-2" })],
  ["carer", () => ({ ...verified, patient: "patient-2", caresFor: [PATIENT] })],
  ["technician", () => staff("technician")],
  ["pharmacist", () => staff("pharmacist")],
  ["unlicensed", () => staff("pharmacist", { lacks: ["licence"] })],
  ["manager", () => staff("manager")],
  ["operator", () => staff("operator")],
  ["partner", (action) => ({ kind: "partner", key: "key-1", scopes: [action] })],
  ["no scope", () => ({ kind: "partner", key: "key-1", scopes: [] })],
  ["schedule", () => ({ kind: "system", module: "module", schedule: "schedule" })],
]

/** `yes`, the tier that is asked, or a dash. */
export function answerTo(actor: Actor, action: string, policy: Policy = inForce): string {
  const { verdict, tier } = decide({ actor, action, facts: plain }, policy)
  return { allow: "yes", ask: `T${tier}`, refuse: "–" }[verdict]
}

const explained = `Generated from the contracts and the gate's judgement by \`npm run docs\`.
Do not edit: a change here is a change of who may do what, and is read as one.

**yes**: done at once. **T1**, **T2**, **T3**: it waits for a technician, a pharmacist, a manager.
**–**: refused. The request is a plain one, so that only who asks is weighed; what raises a
request beyond that is in [the matrix](matrix.md). Who decides a work item (\`queue_decide\`) is
weighed twice: as the row says, and again for what the item holds, at its tier.

Callers are *anonymous*, have *claimed* a name, are *verified* for the record in question, verified
but the record is *of another*, or a *carer* with a consent on file. An *unlicensed* pharmacist is
one without a licence on file that is still good. A *partner* has the scope of what it asks for.`

export function rolesPage(contracts: readonly ContractSpec[], policy: Policy = inForce): string {
  const sections = contracts.flatMap((contract) => sectionOf(contract, policy))
  const between = contracts.flatMap(({ name, commands }) =>
    Object.entries(commands)
      .filter(([, spec]) => isBetweenModules(spec))
      .map(([command]) => `\`${name}.${command}\``),
  )
  return [
    "# Who may do what",
    "",
    explained,
    "",
    ...sections,
    "## What one may lack",
    "",
    "What a member of staff gets for a plain request of each tier, and for their own account and",
    "everybody's, while something is wanting. A proof is fresh for some minutes after a sign-in or",
    "whenever one is given. Rights taken in an emergency end by themselves.",
    "",
    ...lackTable(policy),
    "",
    "## Between modules only",
    "",
    "Nobody comes straight to these: no caller, no member of staff, no partner.",
    "",
    `${between.join(", ")}.`,
    "",
  ].join("\n")
}

export function isBetweenModules({ action }: CommandSpec): boolean {
  return action === "internal"
}

function sectionOf({ name, commands }: ContractSpec, policy: Policy): readonly string[] {
  const open = Object.entries(commands).filter(([, spec]) => !isBetweenModules(spec))
  if (open.length === 0) return []
  const rows = open.map(([command, { action }]) => [
    `\`${command}\``,
    `\`${action}\``,
    ...columns.map(([, actor]) => answerTo(actor(action), action, policy)),
  ])
  const heads = ["Command", "Row", ...columns.map(([column]) => column)]
  return [`## ${name}`, "", ...table(heads, rows), ""]
}

const wanting: readonly (readonly [name: string, more: Partial<Staff>])[] = [
  ["nothing", {}],
  ["licence", lacking("licence")],
  ["fresh proof", lacking("proof")],
  ["own password or factor", lacking("set_up")],
  ["(rights taken)", { glass: { id: "glass-1", own: "technician" } }],
]
const samples = [
  ["T1", "insurance_question"],
  ["T2", "clinical_consultation"],
  ["T3", "refund"],
  ["records", "staff_view"],
  ["own account", "own_account"],
  ["accounts", "staff_admin"],
] as const
const roles: readonly Role[] = ["technician", "pharmacist", "manager", "operator"]

function lacking(lack: Lack): Partial<Staff> {
  return { lacks: [lack] }
}

function lackTable(policy: Policy): readonly string[] {
  const rows = roles.flatMap((role) =>
    wanting.map(([name, more]) => [
      role,
      name,
      ...samples.map(([, action]) => answerTo(staff(role, more), action, policy)),
    ]),
  )
  return table(["Role", "Lacks", ...samples.map(([name]) => name)], rows)
}
