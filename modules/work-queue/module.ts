/** The work queue: what waits for a person. Decided once, by one person, within their licence. */
import { Type as t } from "typebox"
import type { Actor } from "#core/actor.ts"
import type { Timer } from "#core/clock.ts"
import { Outage } from "#core/fault.ts"
import { type Context, defineModule, nothing, type Reply } from "#core/module.ts"
import { callbacks } from "../callbacks/contract.ts"
import { type ItemState, workQueue } from "./contract.ts"
import {
  decided,
  deciding,
  isOpenFor,
  moved,
  reopened,
  type StoredItem,
  StoredItemSchema,
  shown,
  standing,
  takenBack,
  type Unfit,
  unfitFor,
} from "./item.ts"

const SECOND_MS = 1_000
const MINUTE_MS = 60_000
const LISTED_MAX = 500
/** How often it is looked whether a held decision is to be acted on. */
const LOOK_MS = 500
const waitingStates = ["open", "claimed", "deciding"] as const
const decidedStates = ["approved", "refused", "done"] as const

const tierOf = { technician: 1, pharmacist: 2, manager: 3 } as const

const needs = {
  ...nothing,
  ports: ["approvals"],
  hears: [callbacks],
  config: t.Object({
    /**
     * Seconds in which a refusal, and an approval of a technician's or a manager's item, can be
     * taken back. What a pharmacist approves is acted on at once.
     */
    undoSeconds: t.Integer({ default: 10, minimum: 0, maximum: 60 }),
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
      // Words and names of an erased patient go with their key.
      patientField: "patient",
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
  emit("changed", changeOf(doc))
  return { item }
}

function changeOf({ item, state, tier, context }: StoredItem) {
  const { conversation } = context
  return { item, state, tier, ...(conversation === undefined ? {} : { conversation }) }
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
  emit("changed", changeOf(stored.doc))
  return shown(stored.doc)
}

/** Writes what became of an approved command. What the world's failure stopped waits again. */
async function settle(item: string, outcome: string, { emit, store }: Here) {
  const stored = await store.items.change(item, (doc) =>
    outcome.startsWith("outage:")
      ? { ...reopened(standing(doc)), outcome }
      : { ...standing(doc), outcome },
  )
  if (stored) emit("changed", changeOf(stored.doc))
  return stored && shown(stored.doc)
}

type Verdict = "approved" | "refused"
type Deciding = Here & { fail(code: Trouble | Unfit): never }

/** Writes a decision down, to be acted on in some seconds if nobody takes it back. */
async function hold(item: string, state: Verdict, context: Deciding, reason?: string) {
  const { actor, clock, config, fail, ports, store } = context
  const held = state === "approved" ? (await store.items.get(item))?.doc.held : undefined
  const warrant = held && (await ports.approvals.warrant(held))
  const holdMs = config.undoSeconds * SECOND_MS
  return change(item, context, (doc, by) => {
    // Meanwhile it may have been put before another tier.
    const unfit = unfitFor(doc.tier, actor)
    if (unfit) return fail(unfit)
    const kept = deciding(doc, { state, by, atMs: clock.nowMs(), holdMs })
    const before = doc.reason === undefined ? {} : { before: doc.reason }
    return {
      ...kept,
      ...before,
      ...(reason === undefined ? {} : { reason }),
      ...(warrant && { warrant }),
    }
  })
}

/** Items that are being acted on, so that none is begun twice. */
const inHand = new Set<string>()

async function actOnDue(context: Here): Promise<void> {
  const { clock, store } = context
  const found = await store.items.find({ where: { state: "deciding" }, limit: LISTED_MAX })
  const due = found.filter(({ id, doc }) => !inHand.has(id) && isDue(doc, clock.nowMs()))
  await Promise.all(due.map(({ doc }) => carryOut(doc, context)))
}

/** Cut off on the way it is begun again, by whoever runs then; the held command still acts once. */
async function carryOut({ item, willBe, held, warrant }: StoredItem, context: Here) {
  inHand.add(item)
  try {
    const isToRun = willBe === "approved" && held && warrant
    const reply = isToRun ? await context.ports.approvals.execute(held, warrant) : undefined
    await settle(item, willBe === "refused" ? "refused" : outcomeOf(reply), context)
  } catch (trouble) {
    if (!(trouble instanceof Outage)) throw trouble
    await settle(item, `outage:${trouble.code}`, context)
  } finally {
    inHand.delete(item)
  }
}

function isDue({ actsAtMs }: StoredItem, nowMs: number): boolean {
  return actsAtMs !== undefined && actsAtMs <= nowMs
}

let look: Timer | undefined

type Trouble = "unknown_item" | "already_decided" | "claimed_by_other" | "above_role"

/** A request that only ever waits for a person: when it runs, a person has dealt with it. */
const dealtWith = async () => ({})

export default defineModule(workQueue, needs, {
  async start(context) {
    look = context.clock.every(LOOK_MS, () => {
      // The store may be away for a moment; what is due is found again the next time.
      void actOnDue(context).catch((trouble) => {
        if (!(trouble instanceof Outage)) throw trouble
        context.log.warn("what is due is acted on later", { code: trouble.code })
      })
    })
  },

  async stop() {
    look?.cancel()
  },

  events: {
    async "callbacks.promised"({ callback, item, dueAtMs }, { emit, store }) {
      if (item === undefined || dueAtMs === undefined) return
      const owed = { callback, dueAtMs }
      const stored = await store.items.change(item, (doc) => ({ ...doc, callback: owed }))
      if (stored) emit("changed", changeOf(stored.doc))
    },
    async "callbacks.done"({ callback, item }, { clock, emit, store }) {
      if (item === undefined) return
      const doneAtMs = clock.nowMs()
      const stored = await store.items.change(item, (doc) =>
        doc.callback?.callback === callback
          ? { ...doc, callback: { ...doc.callback, doneAtMs } }
          : doc,
      )
      if (stored) emit("changed", changeOf(stored.doc))
    },
  },

  commands: {
    submit: ({ held, ...rest }, context) => open({ ...rest, command: held.name, held }, context),

    add: ({ dueInMinutes, ...rest }, context) =>
      open({ ...rest, facts: {} }, context, dueInMinutes),

    async assign({ forRole, about: willHappen, conversation, dueInMinutes, ...facts }, context) {
      const where = conversation === undefined ? {} : { conversation }
      const task = { tier: tierOf[forRole], row: "task", rules: [], facts }
      return open({ ...task, context: { ...where, willHappen } }, context, dueInMinutes)
    },

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

    async list({ tier, state, patient, dueFromMs, limit = LISTED_MAX }, { store }) {
      const inState = (one: ItemState, descending = false) =>
        store.items.find({
          where: { ...(tier && { tier }), ...(patient && { patient }), state: one },
          ...(dueFromMs === undefined ? {} : { from: { dueAtMs: dueFromMs } }),
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
      const { actor, clock, config, fail, ports, store } = context
      const found = await store.items.get(item)
      if (!found) return fail("unknown_item")
      const { decidedBy, held, outcome, state, tier, willBe } = found.doc
      const unfit = unfitFor(tier, actor)
      if (unfit) return fail(unfit)
      const isSettled = outcome !== undefined && state === "approved"
      const isDecided = isSettled || willBe === "approved"
      if (isDecided && decidedBy === personOf(actor)) return shown(found.doc)
      // Approved and cut off before it ran: anybody who may approve it can have it finished.
      const isCutOff = state === "approved" && outcome === undefined
      if (!isCutOff && tier !== 2 && config.undoSeconds > 0) return hold(item, "approved", context)
      if (!isCutOff)
        await change(item, context, (doc, by) =>
          decided(doc, { state: "approved", by, atMs: clock.nowMs() }),
        )
      const reply = held ? await ports.approvals.execute(held) : undefined
      return (await settle(item, outcomeOf(reply), context)) ?? fail("unknown_item")
    },

    async refuse({ item, reason }, context) {
      const { actor, clock, config, fail, store } = context
      const found = await store.items.get(item)
      if (!found) return fail("unknown_item")
      const unfit = unfitFor(found.doc.tier, actor)
      if (unfit) return fail(unfit)
      if (config.undoSeconds > 0) return hold(item, "refused", context, reason)
      return change(item, context, (doc, by) => ({
        ...decided(doc, { state: "refused", by, atMs: clock.nowMs() }),
        ...{ reason, outcome: "refused" },
      }))
    },

    async undo({ item }, { actor, clock, emit, fail, store }) {
      const stored = await store.items.change(item, (doc) => {
        if (doc.state !== "deciding" || isDue(doc, clock.nowMs())) return fail("too_late")
        return doc.decidedBy === personOf(actor) ? takenBack(doc) : fail("not_yours")
      })
      if (!stored) return fail("unknown_item")
      emit("changed", changeOf(stored.doc))
      return shown(stored.doc)
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
    assign: about,
    list: async ({ patient }) => (patient === undefined ? {} : { patient }),
    get: onWhoseRecord,
    claim: onWhoseRecord,
    release: onWhoseRecord,
    escalate: onWhoseRecord,
    approve: onWhoseRecord,
    refuse: onWhoseRecord,
    undo: onWhoseRecord,
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
