/** A test run: what would be looked at, given and answered. Nothing is done or sent. */
import type { Reply } from "#core/module.ts"
import { fits } from "#core/schema.ts"
import { filled, looked } from "./conditions.ts"
import { type Trial, type Values, Verdict } from "./contract.ts"
import { unfitIn } from "./draft.ts"
import type { Here, Kept } from "./needs.ts"
import { propose } from "./propose.ts"

export async function tried(kept: Kept, values: Values, context: Here): Promise<Trial> {
  const { automation, does, holds } = kept
  const conditions = looked(holds, values)
  const input = filled(does.input, values)
  const unfit = unfitIn(does.command, input)
  const seen = { values, conditions, holds: conditions.every(({ held }) => held), input, unfit }
  if (unfit.length > 0) return seen
  const proposed = { automation, command: does.command, input }
  return { ...seen, ...answerOf(await propose(proposed, { isTrial: true }, context)) }
}

function answerOf(reply: Reply): Pick<Trial, "gate" | "says"> {
  if (reply.kind === "done" && isVerdict(reply.value)) return { gate: reply.value }
  if (reply.kind === "fault") return { says: reply.says }
  return reply.kind === "outage" ? { says: reply.hint } : {}
}

function isVerdict(value: unknown): value is Verdict {
  return fits(Verdict, value)
}
