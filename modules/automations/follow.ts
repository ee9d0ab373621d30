/** What became of the work items that runs wait for, read anew when the queue tells of a change. */
import { isOutageCode, Outage } from "#core/fault.ts"
import { inTurn } from "#core/in-turn.ts"
import { fits } from "#core/schema.ts"
import { Item } from "../work-queue/contract.ts"
import type { Became, Run } from "./contract.ts"
import type { Here, KeptRun, Tally } from "./needs.ts"
import { propose } from "./propose.ts"
import { counted, tallied } from "./tally.ts"
import { specOf } from "./what.ts"

/** So many of the newest runs are looked up at a start. */
const FOLLOWED_MAX = 200

/** In turn with the runs, so that one which has just been put before a person is known here. */
export function itemChanged(item: string, context: Here): Promise<void> {
  return inTurn("runs", async () => {
    const [waiting] = await context.store.runs.find({ where: { item, result: "waits" } })
    if (waiting) await follow(waiting.doc, context)
  })
}

/** Of what was decided while the whole house was down, nobody tells any more. */
export async function followAll(context: Here): Promise<void> {
  const waiting = await context.store.runs.find({
    where: { result: "waits" },
    orderBy: "atMs",
    descending: true,
    limit: FOLLOWED_MAX,
  })
  for (const { doc } of waiting) await follow(doc, context)
}

async function follow(run: KeptRun, context: Here): Promise<void> {
  const { automation, atMs } = run
  const item = await itemOf(run, context)
  const news = item && newsOf(item, run, Math.round(context.clock.nowMs()))
  if (!news) return
  const { result } = news
  await context.store.runs.put(run.run, { ...(result ? withoutTrouble(run) : run), ...news })
  if (result && (await context.store.automations.get(automation))) {
    await counted(automation, [result], context)
    await tallied(automation, (one) => resulted(one, { atMs, result }), context)
  }
  context.emit("ran", { automation, run: run.run })
}

/** What stopped it once does not stand beside how it ended. */
function withoutTrouble({ code: _code, says: _says, ...run }: KeptRun): KeptRun {
  return run
}

/** Of its automation the last run is told, which may be a later one by now. */
function resulted(tally: Tally, last: NonNullable<Tally["last"]>): Tally {
  return tally.last?.atMs === last.atMs ? { ...tally, last } : tally
}

async function itemOf({ automation, item = "" }: KeptRun, context: Here) {
  const get = { automation, command: "work-queue.get", input: { item } }
  const reply = await propose(get, {}, context)
  if (reply.kind === "done" && isItem(reply.value)) return reply.value
  context.log.warn("a work item is looked up another time", { kind: reply.kind })
  return undefined
}

function isItem(value: unknown): value is Item {
  return fits(Item, value)
}

type Ended = "done" | "refused" | "failed"

interface News extends Pick<Run, "tier" | "code" | "says"> {
  /** Left out while it waits. */
  readonly result?: Ended
  readonly became: Became
}

/** Undefined while nothing came of it that the run does not say. */
function newsOf(item: Item, run: KeptRun, nowMs: number): News | undefined {
  const { state, outcome, tier, decidedBy: by, decidedAtMs } = item
  const decided = { atMs: Math.round(decidedAtMs ?? nowMs), ...(by === undefined ? {} : { by }) }
  switch (state) {
    case "refused":
      return { result: "refused", became: { what: "refused", ...decided } }
    case "approved":
    case "done":
      // Until the approved command has ended, how it went the last time still stands there.
      if (outcome === undefined || outcome.startsWith("outage:")) return undefined
      return { ...endOf(outcome, run), became: { what: "approved", ...decided } }
    case "open":
    case "claimed":
    case "deciding":
      if (tier !== run.tier) return { tier, became: { what: "escalated", atMs: nowMs } }
      return stoppedBy(outcome, run, nowMs)
  }
}

/** How the approved command ended, by the code that the queue keeps of it. */
function endOf(outcome: string, { command }: KeptRun): Omit<News, "became"> {
  if (outcome === "done" || outcome === "refused") return { result: outcome }
  const [module = ""] = command.split(".")
  const [, code = outcome] = outcome.split(":")
  const says = specOf(command)?.faults[code]
  return { result: "failed", code: `${module}.${code}`, ...(says === undefined ? {} : { says }) }
}

/** What the world's failure stopped waits again, with what it was, until it is approved again. */
function stoppedBy(outcome = "", { code: known }: KeptRun, nowMs: number): News | undefined {
  const [kind, code = ""] = outcome.split(":")
  if (kind !== "outage" || !isOutageCode(code) || code === known) return undefined
  return { code, says: new Outage(code).hint, became: { what: "put_back", atMs: nowMs } }
}
