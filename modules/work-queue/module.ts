/** The work queue: what waits for a person. Decided once, by one person, within their licence. */
import { Type as t } from "typebox"
import type { Actor } from "#core/actor.ts"
import { type Context, defineModule, nothing, type Reply } from "#core/module.ts"
import { type ItemState, workQueue } from "./contract.ts"
import {
  decided,
  isOpenFor,
  moved,
  reopened,
  type StoredItem,
  StoredItemSchema,
  shown,
  unfitFor,
} from "./item.ts"

const MINUTE_MS = 60_000
const LISTED_MAX = 500
const waitingStates = ["open", "claimed"] as const
const decidedStates = ["approved", "refused", "done"] as const

const needs = {
  ...nothing,
  ports: ["approvals"],
  config: t.Object({
    /** Minutes until an item of the tier is late. */
    dueMinutes: t.Object(
      {
        1: t.Integer({ default: 60 }),
        2: t.Integer({ default: 30 }),
        3: t.Integer({ default: 24 * 60 }),
      },
      { default: {} },
    ),
  }),
  collections: {
    items: {
      schema: StoredItemSchema,
      indexes: { state: "plain", tier: "plain", dueAtMs: "plain", patient: "blind" },
    },
  },
} as const

type Here = Context<typeof workQueue, typeof needs>
type Draft = Omit<StoredItem, "item" | "state" | "openedAtMs" | "dueAtMs" | "patient">

async function open(draft: Draft, context: Here, dueInMinutes?: number) {
  const { clock, config, emit, newId, store } = context
  const item = newId()
  const openedAtMs = clock.nowMs()
  const minutes = dueInMinutes ?? config.dueMinutes[draft.tier]
  const dueAtMs = openedAtMs + minutes * MINUTE_MS
  const patient = draft.facts.patient ?? draft.context.patient
  const doc = { ...draft, item, state: "open", openedAtMs, dueAtMs } as const
  await store.items.put(item, patient === undefined ? doc : { ...doc, patient }, 0)
  emit("changed", { item, state: "open", tier: draft.tier })
  return { item }
}

/** Changes an item if it still may be, and tells everybody. */
async function change(
  item: string,
  { emit, fail, store, actor }: Here & { fail(code: Trouble): never },
  edit: (doc: StoredItem, person: string) => StoredItem,
) {
  const person = personOf(actor)
  const stored = await store.items.change(item, (doc) => {
    const trouble = isOpenFor(doc, person)
    return trouble ? fail(trouble) : edit(doc, person)
  })
  if (!stored) return fail("unknown_item")
  emit("changed", { item, state: stored.doc.state, tier: stored.doc.tier })
  return shown(stored.doc)
}

/** Writes what became of an approved command. What the world's failure stopped waits again. */
async function settle(
  item: string,
  reply: Reply | undefined,
  { emit, fail, store }: Here & { fail(code: Trouble): never },
) {
  const outcome = outcomeOf(reply)
  const stored = await store.items.change(item, (doc) =>
    reply?.kind === "outage" ? { ...reopened(doc), outcome } : { ...doc, outcome },
  )
  if (!stored) return fail("unknown_item")
  emit("changed", { item, state: stored.doc.state, tier: stored.doc.tier })
  return shown(stored.doc)
}

type Trouble = "unknown_item" | "already_decided" | "claimed_by_other" | "above_role"

/** A request that only ever waits for a person: when it runs, a person has dealt with it. */
const dealtWith = async () => ({})

export default defineModule(workQueue, needs, {
  commands: {
    submit: ({ held, ...rest }, context) => open({ ...rest, command: held.name, held }, context),

    add: ({ dueInMinutes, ...rest }, context) =>
      open({ ...rest, facts: {} }, context, dueInMinutes),

    async summarise({ conversation, text }, { store }) {
      const waiting = await Promise.all(
        waitingStates.map((state) => store.items.find({ where: { state }, limit: LISTED_MAX })),
      )
      const summary = { text, madeBy: "model" as const }
      for (const { doc } of waiting.flat())
        if (doc.context.conversation === conversation)
          await store.items.change(doc.item, (known) => ({
            ...known,
            context: { ...known.context, summary },
          }))
      return {}
    },

    async list({ tier, state, limit = LISTED_MAX }, { store }) {
      const inState = (one: ItemState, descending = false) =>
        store.items.find({
          where: { ...(tier && { tier }), state: one },
          ...{ orderBy: "dueAtMs", descending, limit },
        })
      if (state) return { items: (await inState(state)).map(({ doc }) => shown(doc)) }
      const [waiting, decided] = await Promise.all([
        Promise.all(waitingStates.map((one) => inState(one))),
        Promise.all(decidedStates.map((one) => inState(one, true))),
      ])
      // What nobody decided yet is never crowded out by what was decided long ago.
      const items = [
        ...waiting.flat().toSorted((a, b) => a.doc.dueAtMs - b.doc.dueAtMs),
        ...decided.flat().toSorted((a, b) => b.doc.dueAtMs - a.doc.dueAtMs),
      ]
      return { items: items.slice(0, limit).map(({ doc }) => shown(doc)) }
    },

    async get({ item }, { fail, store }) {
      const found = await store.items.get(item)
      return found ? shown(found.doc) : fail("unknown_item")
    },

    claim: ({ item }, context) =>
      change(item, context, (doc, claimedBy) => ({ ...doc, state: "claimed", claimedBy })),

    release: ({ item }, context) =>
      change(item, context, ({ claimedBy: _, ...doc }) => ({ ...doc, state: "open" })),

    escalate: ({ item, tier, reason }, context) =>
      change(item, context, (doc) =>
        tier > doc.tier ? moved(doc, tier, reason) : context.fail("not_higher"),
      ),

    async approve({ item }, context) {
      const { actor, clock, fail, ports, store } = context
      const found = await store.items.get(item)
      if (!found) return fail("unknown_item")
      const unfit = unfitFor(found.doc.tier, actor)
      if (unfit) return fail(unfit)
      const { decidedBy, outcome, state } = found.doc
      if (outcome && state === "approved" && decidedBy === personOf(actor)) return shown(found.doc)
      // Approved and cut off before it ran: anybody who may approve it can have it finished.
      const isCutOff = state === "approved" && outcome === undefined
      if (!isCutOff)
        await change(item, context, (doc, by) =>
          decided(doc, { state: "approved", by, atMs: clock.nowMs() }),
        )
      const reply = found.doc.held ? await ports.approvals.execute(found.doc.held) : undefined
      return settle(item, reply, context)
    },

    async refuse({ item, reason }, context) {
      const { actor, clock, fail, store } = context
      const found = await store.items.get(item)
      if (!found) return fail("unknown_item")
      const unfit = unfitFor(found.doc.tier, actor)
      if (unfit) return fail(unfit)
      return change(item, context, (doc, by) => ({
        ...decided(doc, { state: "refused", by, atMs: clock.nowMs() }),
        reason,
        outcome: "refused",
      }))
    },

    askInsurance: dealtWith,
    askPriorAuth: dealtWith,
    askNewRx: dealtWith,
    askClinical: dealtWith,
    askInteraction: dealtWith,
    askPrice: dealtWith,
    askRefund: dealtWith,
    askControlled: dealtWith,
  },

  facts: {
    get: onWhoseRecord,
    claim: onWhoseRecord,
    release: onWhoseRecord,
    escalate: onWhoseRecord,
    approve: onWhoseRecord,
    refuse: onWhoseRecord,
    askInsurance: about,
    askPriorAuth: about,
    askNewRx: about,
    askClinical: about,
    askInteraction: about,
    askPrice: about,
    askRefund: about,
    askControlled: about,
  },
})

/** Whose record a person looks at or decides about: the audit log is asked by patient. */
async function onWhoseRecord({ item }: { item: string }, { store }: Here) {
  const patient = (await store.items.get(item))?.doc.patient
  return patient === undefined ? {} : { patient }
}

async function about({ patient, rxNumber }: { patient?: string; rxNumber?: string }) {
  return { ...(patient !== undefined && { patient }), ...(rxNumber !== undefined && { rxNumber }) }
}

function personOf(actor: Actor): string {
  return actor.kind === "staff" ? actor.person : actor.kind
}

/** What is kept of an answer: that it was done, or the code of what went wrong. */
function outcomeOf(reply: Reply | undefined): string {
  if (!reply || reply.kind === "done") return "done"
  return "code" in reply ? `${reply.kind}:${reply.code}` : reply.kind
}
