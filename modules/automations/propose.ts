/** Puts an automation's command before the gate, as its own act. An outage is an answer. */
import { Outage } from "#core/fault.ts"
import type { ProposeOptions, Reply } from "#core/module.ts"
import type { Values } from "./contract.ts"
import type { Here } from "./needs.ts"

export interface Proposed {
  readonly automation: string
  readonly command: string
  readonly input: Values
}

export async function propose(
  { automation, command, input }: Proposed,
  options: ProposeOptions,
  context: Here,
): Promise<Reply> {
  try {
    return await context.as({ schedule: automation }).propose(command, input, options)
  } catch (trouble) {
    if (!(trouble instanceof Outage)) throw trouble
    const { code, retryable, hint } = trouble
    return { kind: "outage", code, retryable, hint }
  }
}
