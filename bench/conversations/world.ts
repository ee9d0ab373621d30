/** Reads what a call left behind: in the pharmacy system, in the work queue, in the audit log. */
import { Type as t } from "typebox"
import { Value } from "typebox/value"
import type { Pharmacy } from "../../test/calls/house.ts"
import type { World } from "./score.ts"

const ENTRIES_MAX = 1_000
const ITEMS_MAX = 500

const Conversations = t.Array(t.Object({ conversation: t.Optional(t.String()) }))
const Emergencies = t.Object({ emergencies: Conversations })
const Callbacks = t.Object({ callbacks: Conversations })
const Listed = t.Object({
  items: t.Array(
    t.Object({
      tier: t.Integer(),
      row: t.String(),
      context: t.Object({ conversation: t.Optional(t.String()) }),
    }),
  ),
})

export async function worldAfter(conversation: string, { house }: Pharmacy): Promise<World> {
  const entries = house.audit.query({ conversation, limit: ENTRIES_MAX })
  const submitted = Map.groupBy(await house.submissions(), ({ rx }) => rx)
  return {
    refills: Object.fromEntries([...submitted].map(([rx, all]) => [rx, all.length])),
    queue: await queueOf(conversation, house),
    begun: entries.filter(({ phase }) => phase === "before"),
    isEmergencyReported: Value.Parse(
      Emergencies,
      await listed(house, "emergencies.list"),
    ).emergencies.some((one) => one.conversation === conversation),
    isCallBackPromised: Value.Parse(
      Callbacks,
      await listed(house, "callbacks.list"),
    ).callbacks.some((one) => one.conversation === conversation),
  }
}

async function queueOf(conversation: string, house: Pharmacy["house"]): Promise<World["queue"]> {
  const { items } = Value.Parse(Listed, await listed(house, "work-queue.list", ITEMS_MAX))
  return items
    .filter(({ context }) => context.conversation === conversation)
    .map(({ tier, row }) => ({ tier, action: row }))
}

async function listed(house: Pharmacy["house"], name: string, limit?: number): Promise<unknown> {
  const input = limit === undefined ? {} : { limit }
  const reply = await house.asStaff("pharmacist", name, input)
  if (reply.kind !== "done") throw new Error(`${name} was not answered`)
  return reply.value
}
