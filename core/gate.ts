/**
 * The gate every command passes: facts from code, a decision outside of any model, a line in the
 * audit log before the act and one after it. There is no way around it and no module that owns it.
 */
import type { Actor } from "./actor.ts"
import type { Clock } from "./clock.ts"
import type { CommandSpec } from "./contract.ts"
import type { Decide, Decision, Facts } from "./decision.ts"
import { newId } from "./id.ts"
import type { ProposeOptions, Reply } from "./module.ts"
import { outageReply } from "./module-process.ts"
import type { AuditEntry, HeldCommand } from "./ports.ts"

export type AuditLine = Omit<AuditEntry, "seq" | "atMs">

export interface GateDeps {
  readonly clock: Clock
  readonly decide: Decide
  /** Durable before it resolves. */
  readonly audit: (line: AuditLine) => Promise<unknown>
  /** Asks a person; answers the work item's id. */
  readonly hold: (
    held: HeldCommand,
    decision: Decision,
    proposal: ProposeOptions & { readonly facts: Facts },
  ) => Promise<Reply>
}

export interface Command {
  /** `module.command`. */
  readonly name: string
  readonly spec: CommandSpec
  readonly input: unknown
  readonly actor: Actor
  /** The module that calls on the actor's behalf; absent when the actor came straight here. */
  readonly via?: string
  readonly key: string
  readonly proposal: ProposeOptions
  /** Asks the command's module what the gate should know; undefined when it has nothing to tell. */
  readonly facts: (() => Promise<Reply>) | undefined
  readonly run: () => Promise<Reply>
}

export async function passGate(command: Command, deps: GateDeps): Promise<Reply> {
  const { spec, actor, via, name } = command
  const told = await factsOf(command)
  if ("kind" in told) return told
  const decision = deps.decide({
    actor,
    action: spec.action,
    facts: told.facts,
    ...(via === undefined ? {} : { via }),
  })
  if (command.proposal.isTrial) return { kind: "done", value: decision }
  if (decision.verdict === "allow" && !isAudited(spec)) return command.run()

  const line = {
    act: newId(deps.clock.nowMs()),
    actor,
    what: name,
    decision,
    ...(via === undefined ? {} : { via }),
    ...(told.facts.patient === undefined ? {} : { patient: told.facts.patient }),
  }
  await deps.audit({ ...line, phase: "before" })
  const reply = await act(command, decision, told.facts, deps)
  await deps.audit({ ...line, phase: "after", outcome: outcomeOf(reply) })
  return reply
}

/** What is only house-keeping between modules would bury what an auditor looks for. */
function isAudited({ action, effect }: CommandSpec): boolean {
  return action !== "internal" || effect === "irreversible"
}

async function factsOf({
  facts,
  proposal,
}: Command): Promise<{ facts: Facts } | Exclude<Reply, { kind: "done" }>> {
  // Whoever proposes may say how sure it is and that it heard an emergency, and nothing else.
  const { confidence, emergency } = proposal.facts ?? {}
  const heard: Facts = {
    ...(confidence === undefined ? {} : { confidence }),
    ...(emergency === undefined ? {} : { emergency }),
  }
  if (!facts) return { facts: heard }
  const reply = await facts()
  if (reply.kind !== "done") return reply
  return { facts: { ...(reply.value as Facts), ...heard } }
}

function act(command: Command, decision: Decision, facts: Facts, deps: GateDeps): Promise<Reply> {
  const { actor, input, key, name, proposal } = command
  switch (decision.verdict) {
    case "allow":
      return command.run()
    case "refuse":
      return Promise.resolve({ kind: "refused", row: decision.row, rules: decision.rules })
    case "ask":
      if (decision.tier === 0) return Promise.resolve(outageReply("module_down"))
      return deps.hold({ name, input, key, requestedBy: actor }, decision, { ...proposal, facts })
  }
}

function outcomeOf(reply: Reply): string {
  switch (reply.kind) {
    case "fault":
    case "outage":
      return `${reply.kind}:${reply.code}`
    case "asked":
      return `asked:${reply.item}`
    default:
      return reply.kind
  }
}
