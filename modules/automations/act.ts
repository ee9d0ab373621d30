/** One run put before the gate, as the automation's own act, and what came of it. */
import type { Reply } from "#core/module.ts"
import type { Run } from "./contract.ts"
import { chains } from "./loops.ts"
import type { Here, KeptRun } from "./needs.ts"
import { propose } from "./propose.ts"
import { counted, tallied, trim } from "./tally.ts"

const RUNS_KEPT_MAX = 200
const WILL_HAPPEN_LENGTH_MAX = 300

type End = Pick<Run, "result" | "row" | "rules" | "tier" | "item" | "code" | "says">

/** Under the run's own key: cut off and begun again, it acts once. */
export async function act(run: KeptRun, depth: number, context: Here): Promise<void> {
  const options = { key: `automation:${run.run}`, context: forWhoDecides(run) }
  const reply = await propose(run, options, context)
  if (reply.kind === "done") chains.made(reply.value, depth)
  if (reply.kind === "asked") chains.made({ item: reply.item }, depth)
  await ended(run, endOf(reply), context)
}

/** Whom it is about, and in whose name it is asked. */
function forWhoDecides({ name, input, patient, about }: KeptRun) {
  const wanted = typeof input.about === "string" ? `${name}: ${input.about}` : name
  return {
    willHappen: `Automation “${wanted}”`.slice(0, WILL_HAPPEN_LENGTH_MAX),
    ...(patient === undefined ? {} : { patient }),
    ...(about?.field === "conversation" ? { conversation: about.id } : {}),
  }
}

function endOf(reply: Reply): End {
  switch (reply.kind) {
    case "done":
      return { result: "done" }
    case "asked":
    case "refused": {
      const { kind, row, rules, ...asked } = reply
      return { result: kind === "asked" ? "waits" : kind, row, rules: [...rules], ...asked }
    }
    case "fault":
      return { result: "failed", code: `${reply.module}.${reply.code}`, says: reply.says }
    case "outage":
      return { result: "failed", code: reply.code, says: reply.hint }
  }
}

/** Writes a run's end down, with what it makes of the automation's figures, and tells the pages. */
export async function ended(run: KeptRun, end: End, context: Here): Promise<void> {
  const { automation, atMs } = run
  const { result } = end
  await context.store.runs.put(run.run, { ...run, ...end })
  await trim(context.store.runs, { automation }, RUNS_KEPT_MAX)
  if (result !== "begun") await counted(automation, [result], context)
  await tallied(automation, (tally) => ({ ...tally, last: { atMs, result } }), context)
  context.emit("ran", { automation, run: run.run })
}
