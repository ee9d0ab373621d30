/**
 * Automations: kept, tried, switched and run. They act as themselves before the gate, never as the
 * manager who made them, and touch nothing that `what.ts` does not name.
 */

import { inTurn } from "#core/in-turn.ts"
import { defineModule } from "#core/module.ts"
import { fits } from "#core/schema.ts"
import { act } from "./act.ts"
import { all, by, draftOf, historyOf, removed, shown, switchedOff, wrote } from "./changes.ts"
import { automations, type Values } from "./contract.ts"
import { wrongWith } from "./draft.ts"
import { fieldsOf } from "./fields.ts"
import { followAll, itemChanged } from "./follow.ts"
import { isLoop } from "./loops.ts"
import { type Here, type Kept, needs } from "./needs.ts"
import { heard, lookForDue, patientIn, SCHEDULE } from "./run.ts"
import { tried } from "./trial.ts"
import { commands, events, never, schemaOf, specOf } from "./what.ts"

const SAMPLES_LISTED_MAX = 10
const RUNS_LISTED_MAX = 100

type Fails<Code extends string> = Here & { fail(code: Code): never }

/** The automation as an editor saw it, with the version that the store has it at. */
async function known(
  { automation, revision }: { readonly automation: string; readonly revision: number },
  { fail, store }: Fails<"unknown_automation" | "stale">,
) {
  const found = await store.automations.get(automation)
  if (!found) return fail("unknown_automation")
  return found.doc.revision === revision ? found : fail("stale")
}

export default defineModule(automations, needs, {
  /** What was cut off is ended now, under the same key; what waits for a person is looked up. */
  async start(context) {
    const cutOff = await context.store.runs.find({ where: { result: "begun" } })
    for (const { doc } of cutOff) await act(doc, 1, context)
    await followAll(context)
  },

  commands: {
    async offers() {
      return {
        events: events.map((event) => ({ event, fields: fieldsOf(schemaOf(event)) })),
        commands: Object.entries(commands).map(([command, { after }]) => ({
          ...{ command, fields: fieldsOf(specOf(command)?.input) },
          ...(after ? { after: [...after] } : {}),
        })),
        never: Object.entries(never).map(([what, because]) => ({ what, because })),
      }
    },

    async list(_, context) {
      const kept = await all(context)
      const inOrder = kept.toSorted((a, b) => (a.name < b.name ? -1 : 1))
      return { automations: await Promise.all(inOrder.map((one) => shown(one, context))) }
    },

    save: ({ automation, revision, ...draft }, context) =>
      inTurn("changes", async () => {
        const { config, fail, newId } = context
        const wrong = wrongWith(draft)
        if (wrong) return fail(wrong)
        const found = automation && (await known({ automation, revision }, context))
        const others = (await all(context)).filter((one) => one.automation !== automation)
        if (isLoop(draft, others)) return fail("loop")
        if (!found && others.length >= config.automationsMax) return fail("too_many")
        const id = automation ?? newId()
        const next = found ? revision + 1 : 1
        const kept = keptOf({ ...draftOf(draft), automation: id, revision: next }, context)
        const isDone = await wrote(
          kept,
          found ? "edited" : "made",
          context,
          found ? found.version : 0,
        )
        return isDone ? { automation: id, revision: next } : fail("stale")
      }),

    async samples({ event }, { store }) {
      const found = await store.samples.find({
        where: { event },
        orderBy: "atMs",
        descending: true,
        limit: SAMPLES_LISTED_MAX,
      })
      return { samples: found.map(({ id, doc: { atMs } }) => ({ sample: id, atMs })) }
    },

    async test({ on, ...one }, context) {
      const { fail } = context
      const { doc, version } = await known(one, context)
      const values = await valuesFor(doc, on, context)
      const trial = await tried(doc, values, context)
      const isNew = doc.testedRevision !== doc.revision
      const isTested = { ...doc, testedRevision: doc.revision }
      if (trial.gate && isNew && !(await wrote(isTested, "tested", context, version)))
        return fail("stale")
      return trial
    },

    switchOn: (one, context) =>
      inTurn("changes", async () => {
        const { clock, fail } = context
        const { doc, version } = await known(one, context)
        if (doc.testedRevision !== doc.revision) return fail("untested")
        const others = (await all(context)).filter(
          ({ automation }) => automation !== one.automation,
        )
        if (isLoop(doc, others)) return fail("loop")
        const on = { ...doc, isOn: true, onSinceMs: Math.round(clock.nowMs()) }
        return (await wrote(on, "switched_on", context, version)) ? one : fail("stale")
      }),

    async switchOff({ automation }, context) {
      const found = await context.store.automations.get(automation)
      if (!found) return context.fail("unknown_automation")
      await switchedOff(automation, context)
      return { automation, revision: found.doc.revision }
    },

    async remove(one, context) {
      const { doc, version } = await known(one, context)
      return (await removed(doc, version, context)) ? {} : context.fail("stale")
    },

    async history(_, context) {
      return { changes: await historyOf(context) }
    },

    async runs({ automation }, { store }) {
      const found = await store.runs.find({
        ...(automation === undefined ? {} : { where: { automation } }),
        orderBy: "atMs",
        descending: true,
        limit: RUNS_LISTED_MAX,
      })
      return {
        runs: found.map(
          ({ doc: { input: _i, patient: _p, name: _n, command: _c, ...run } }) => run,
        ),
      }
    },

    async look(_, context) {
      await inTurn("runs", () => lookForDue(context))
      return {}
    },
  },

  events: {
    ...Object.fromEntries(
      events.map((event) => [
        event,
        (data: unknown, context: Here): Promise<void> => heard(event, data, context),
      ]),
    ),
    "work-queue.changed": ({ item }, context) => itemChanged(item, context),
  },

  schedules: {
    eachMinute: {
      cron: "* * * * *",
      run: (context) => inTurn("runs", () => lookForDue(context)),
    },
  },

  facts: {
    /** Whose event it is tried on is in the audit log. */
    async test({ on }, { store }) {
      const values = "example" in on ? on.example : (await store.samples.get(on.sample))?.doc.values
      return patientIn(values ?? {})
    },
  },
})

type Made = Pick<Kept, "automation" | "revision" | "name" | "when" | "holds" | "does" | "perHour">

/** Off, and not tried yet. */
function keptOf(made: Made, { actor, clock }: Here): Kept {
  return {
    ...made,
    event: "event" in made.when ? made.when.event : SCHEDULE,
    isOn: false,
    changedBy: by(actor),
    changedAtMs: Math.round(clock.nowMs()),
  }
}

async function valuesFor(
  { when }: Kept,
  on: { readonly sample: string } | { readonly example: Values },
  { fail, store }: Fails<"unknown_sample" | "bad_example">,
): Promise<Values> {
  if (!("event" in when)) return {}
  if ("example" in on)
    return fits(schemaOf(when.event) ?? {}, on.example) ? on.example : fail("bad_example")
  const found = await store.samples.get(on.sample)
  return found?.doc.event === when.event ? found.doc.values : fail("unknown_sample")
}
