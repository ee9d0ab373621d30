/** Emergencies: recorded first, then put before the pharmacist. Judges and delays nothing. */
import { Type as t } from "typebox"
import { assert } from "#core/fault.ts"
import { defineModule, nothing } from "#core/module.ts"
import { workQueue } from "../work-queue/contract.ts"
import { emergencies } from "./contract.ts"

const LISTED_DEFAULT = 50

const needs = {
  ...nothing,
  uses: [workQueue],
  config: t.Object({}),
  collections: {
    emergencies: {
      schema: t.Object({
        ...emergencies.commands.report.input.properties,
        atMs: t.Integer(),
        /** Absent while the work queue could not be reached. */
        item: t.Optional(t.String()),
      }),
      indexes: { atMs: "plain" },
    },
  },
} as const

export default defineModule(emergencies, needs, {
  commands: {
    async report(report, { call, clock, emit, key, store }) {
      const { channel, conversation, family, words } = report
      const doc = { ...report, atMs: clock.nowMs() }
      const version = await store.emergencies.put(key, doc)
      // Everybody who listens is told before anything that may fail is asked.
      emit("reported", { conversation, channel, family })
      const added = await call(
        workQueue,
        "add",
        {
          ...{ tier: 2, row: "emergency", rules: [family] },
          context: { conversation, words },
          dueInMinutes: 0,
        },
        { key },
      )
      assert(added.ok)
      await store.emergencies.put(key, { ...doc, ...added.value }, version)
      return added.value
    },

    async list({ limit = LISTED_DEFAULT }, { store }) {
      const found = await store.emergencies.find({ orderBy: "atMs", descending: true, limit })
      return {
        emergencies: found.map(({ doc: { conversation, family, words, atMs, item } }) => ({
          ...{ conversation, family, words, atMs },
          ...(item === undefined ? {} : { item }),
        })),
      }
    },
  },
})
