/** The tier rules: shown, replaced with a history, tried out. Decides about none of them. */
import { Type as t } from "typebox"
import { Conflict } from "#core/documents.ts"
import { type Context, defineModule, nothing } from "#core/module.ts"
import { tierRules } from "./contract.ts"

const CHANGES_LISTED_MAX = 200

const needs = {
  ...nothing,
  ports: ["rules"],
  config: t.Object({}),
  collections: {
    changes: {
      schema: tierRules.commands.history.output.properties.changes.items,
      indexes: { revision: "plain" },
    },
  },
} as const

type Here = Context<typeof tierRules, typeof needs>

export default defineModule(tierRules, needs, {
  /** The rules as delivered are the first entry of the history, so that one can go back to them. */
  async start({ clock, ports, store }) {
    if (await store.changes.get(idOf(0))) return
    const rules = [...(await ports.rules.read())]
    const delivered = { revision: 0, by: "mortar", reason: "As delivered.", rules }
    await store.changes.put(idOf(0), { ...delivered, atMs: clock.nowMs() }, 0)
  },

  commands: {
    async list(_, context) {
      const rules = await context.ports.rules.read()
      return {
        rules: rules.toSorted((a, b) => b.priority - a.priority || (a.name < b.name ? -1 : 1)),
        revision: await revisionOf(context),
      }
    },

    async replace({ rules, revision, reason }, context) {
      const { actor, clock, emit, fail, ports, store } = context
      if (revision !== (await revisionOf(context))) return fail("stale")
      const next = revision + 1
      const by = actor.kind === "staff" ? actor.person : actor.kind
      const change = { revision: next, by, atMs: clock.nowMs(), reason, rules }
      // Writing the entry takes the revision: of two editors one finds it taken.
      if (!(await takesRevision(context, change))) return fail("stale")
      if (!(await ports.rules.replace(rules))) {
        await store.changes.remove(idOf(next))
        return fail("unlawful")
      }
      emit("changed", { revision: next })
      return { revision: next }
    },

    async whatIf({ rules: tried, ...question }, { ports }) {
      const { verdict, tier, row, rules } = await ports.rules.decide(question, tried)
      return { verdict, tier, row, rules: [...rules] }
    },

    async history(_, { store }) {
      const found = await store.changes.find({
        orderBy: "revision",
        descending: true,
        limit: CHANGES_LISTED_MAX,
      })
      return { changes: found.map(({ doc }) => doc) }
    },
  },
})

async function revisionOf({ store }: Here): Promise<number> {
  const [last] = await store.changes.find({ orderBy: "revision", descending: true, limit: 1 })
  return last?.doc.revision ?? 0
}

async function takesRevision(
  { store }: Here,
  change: Parameters<Here["store"]["changes"]["put"]>[1],
): Promise<boolean> {
  try {
    await store.changes.put(idOf(change.revision), change, 0)
    return true
  } catch (trouble) {
    if (trouble instanceof Conflict) return false
    throw trouble
  }
}

function idOf(revision: number): string {
  return `revision-${revision}`
}
