/** Complaints: kept in the words of whoever made them. Judges none and answers none. */
import { createHash } from "node:crypto"
import { Type as t } from "typebox"
import { assert } from "#core/fault.ts"
import { type Context, defineModule, nothing } from "#core/module.ts"
import { type About, intent } from "../../intent/contract.ts"
import { patients } from "../patients/contract.ts"
import { workQueue } from "../work-queue/contract.ts"
import { complaints } from "./contract.ts"

const LISTED_DEFAULT = 50
const LONGEST_NAME = 300
const LINE_CHARACTERS_MAX = 300
/** Nobody waits for a summary. */
const SUMMARY_MS_MAX = 55_000

const needs = {
  ...nothing,
  uses: [intent, patients, workQueue],
  hears: [complaints],
  config: t.Object({}),
  collections: {
    complaints: {
      schema: t.Object({
        complaint: t.String(),
        conversation: t.String(),
        patient: t.Optional(t.String()),
        words: t.String(),
        concernsSafety: t.Boolean(),
        summary: t.Optional(t.String()),
        atMs: t.Integer(),
      }),
      indexes: { atMs: "plain" },
      patientField: "patient",
    },
    warnings: { schema: t.Object({ item: t.String() }) },
    /** Drafts that came while the complaint waited, so that none is asked for twice. */
    summaries: {
      schema: t.Object({
        conversation: t.String(),
        patient: t.Optional(t.String()),
        summary: t.String(),
      }),
      patientField: "patient",
    },
  },
} as const

type Here = Context<typeof complaints, typeof needs>

interface Said {
  readonly conversation: string
  readonly patient?: string
  readonly words: string
}

export default defineModule(complaints, needs, {
  commands: {
    async file(said, context) {
      const { clock, emit, newId, store } = context
      const { concernsSafety, conversation, patient } = said
      if (concernsSafety) await warn(said, context)
      const complaint = newId()
      await store.complaints.put(complaint, { ...said, complaint, atMs: clock.nowMs() }, 0)
      const whose = patient === undefined ? {} : { patient }
      emit("filed", { complaint, concernsSafety, conversation, ...whose })
      return { complaint }
    },

    warnPharmacist: (said, context) => warn(said, context),

    async summarise({ conversation, about, ...said }, context) {
      const { call, store } = context
      const before = await store.summaries.get(conversation)
      const summary = before?.doc.summary ?? (await drafted(said, about, context))
      if (summary === undefined) return { isDrafted: false }
      const { patient } = said
      const doc = { conversation, summary, ...(patient === undefined ? {} : { patient }) }
      if (!before) await store.summaries.put(conversation, doc, 0)
      await call(workQueue, "summarise", { conversation, text: firstSentences(summary) })
      return { isDrafted: true }
    },

    async list({ limit = LISTED_DEFAULT }, { store }) {
      const found = await store.complaints.find({ orderBy: "atMs", descending: true, limit })
      return { complaints: found.map(({ doc: { conversation: _, ...complaint } }) => complaint) }
    },
  },

  /** After filing, so that whoever files never waits for it. */
  events: {
    "complaints.filed": ({ complaint }, context) => summarise(complaint, context),
  },

  facts: {
    file: onWhoseRecord,
    warnPharmacist: onWhoseRecord,
  },
})

async function onWhoseRecord({ patient }: { patient?: string }) {
  return patient === undefined ? {} : { patient }
}

/** Puts a short draft beside the words where there is one to be had; most sites have none. */
async function summarise(complaint: string, context: Here): Promise<void> {
  const { store } = context
  const filed = await store.complaints.get(complaint)
  if (!filed) return
  const { conversation, patient } = filed.doc
  const before = await store.summaries.get(conversation)
  const about = before ? undefined : await aboutWhom(patient, context)
  const summary = about ? await drafted(filed.doc, about, context) : before?.doc.summary
  if (summary !== undefined)
    await store.complaints.change(complaint, (doc) => ({ ...doc, summary }))
}

/** Undefined when the cloud is off, or had no answer. */
async function drafted(
  { words, patient }: Pick<Said, "words" | "patient">,
  about: About,
  { call }: Here,
): Promise<string | undefined> {
  const asked = { text: words, about, ...(patient === undefined ? {} : { patient }) }
  const input = { kind: "complaint_summary" as const, ...asked }
  const answer = await call(intent, "draft", input, { deadlineMs: SUMMARY_MS_MAX })
  return answer.ok ? answer.value.draft : undefined
}

/** As many whole sentences as a work item has room for. */
function firstSentences(summary: string): string {
  if (summary.length <= LINE_CHARACTERS_MAX) return summary
  const kept = summary.slice(0, LINE_CHARACTERS_MAX)
  const end = Math.max(kept.lastIndexOf(". "), kept.lastIndexOf("? "), kept.lastIndexOf("! "))
  return end > 0 ? kept.slice(0, end + 1) : `${kept.slice(0, -1)}…`
}

async function aboutWhom(patient: string | undefined, { call }: Here): Promise<About> {
  const found = patient === undefined ? undefined : await call(patients, "contact", { patient })
  if (!found?.ok) return { people: [], drugs: [] }
  const { firstName, lastName, dateOfBirth, phones } = found.value
  const first = firstName.slice(0, LONGEST_NAME)
  const last = lastName.slice(0, LONGEST_NAME)
  return { people: [{ role: "patient", first, last, dateOfBirth, phones }], drugs: [] }
}

/** Puts the words before the pharmacist, once: when they are said, or at the latest when filed. */
async function warn({ conversation, patient, words }: Said, { call, store }: Here) {
  const key = createHash("sha256").update(`${conversation}\n${words}`).digest("base64url")
  const before = await store.warnings.get(key)
  if (before) return before.doc
  const context = { conversation, words, ...(patient === undefined ? {} : { patient }) }
  const task = { tier: 2 as const, row: "complaint", rules: ["patient_safety"], context }
  const added = await call(workQueue, "add", { ...task, dueInMinutes: 0 }, { key })
  assert(added.ok)
  await store.warnings.put(key, added.value)
  return added.value
}
