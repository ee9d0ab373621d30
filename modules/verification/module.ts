/**
 * Verification: compares what the caller states with what is on file. Answers pass or fail only.
 */
import { randomInt } from "node:crypto"
import { Type as t } from "typebox"
import { Outage } from "#core/fault.ts"
import { type Context, defineModule, nothing } from "#core/module.ts"
import { type PatientRecord, pms } from "#core/pms.ts"
import { intent, type Line } from "../../intent/contract.ts"
import { consents } from "../consents/contract.ts"
import { messaging } from "../messaging/contract.ts"
import { patients } from "../patients/contract.ts"
import { Attempt, emptyAttempt, merged, nextQuestion, type Stated } from "./attempt.ts"
import { verification } from "./contract.ts"

const FAILURES_MAX = 3
const CODES_MAX = 3
const ZIP_DIGITS = 5
/** Shorter than a caller's own deadline, so that a carrier that hangs is not heard either. */
const TEXT_DEADLINE_MS = 3_000
const CODE_LIFE_MS = 10 * 60_000

const needs = {
  ...nothing,
  uses: [patients, consents, messaging, intent, pms],
  ports: ["identity"],
  config: t.Object({ spokenName: t.String() }),
  collections: { attempts: { schema: Attempt, patientField: "whose" } },
} as const

type Here = Context<typeof verification, typeof needs>

export default defineModule(verification, needs, {
  commands: {
    async offer({ conversation, ...said }, context) {
      const { store } = context
      const stored = await store.attempts.get(conversation)
      const before = stored?.doc ?? emptyAttempt(conversation)
      if (before.state === "locked") return { state: "locked" as const }
      if (before.passed) return passedAnswer(before.passed)
      const attempt = { ...before, stated: merged(before.stated, said) }
      if (said.lastName) await claim(conversation, context)
      const question = nextQuestion(attempt.stated)
      if (question) {
        await store.attempts.put(conversation, attempt, stored?.version ?? 0)
        return { state: question }
      }
      const match = await matching(attempt, context)
      const after = match ? await passed(attempt, match, context) : failed(attempt, context)
      await store.attempts.put(conversation, after, stored?.version ?? 0)
      if (after.passed) return passedAnswer(after.passed)
      return { state: after.state === "locked" ? ("locked" as const) : ("failed" as const) }
    },

    async sendCode({ conversation }, context) {
      const { clock, store } = context
      const attempt = (await store.attempts.get(conversation))?.doc
      // Whether a code was sent or not, the answer and the next question are the same.
      if (attempt?.state !== "asking" || attempt.codesSent >= CODES_MAX) return {}
      const { patients: meant } = await candidates(attempt.stated, context)
      const [one] = meant.length === 1 ? meant : []
      const to = one?.phones[0]
      if (!to) return {}
      const digits = String(randomInt(1_000_000)).padStart(6, "0")
      const code = { digits, untilMs: clock.nowMs() + CODE_LIFE_MS }
      await store.attempts.change(conversation, (doc) => ({
        ...doc,
        code,
        codesSent: doc.codesSent + 1,
      }))
      const text = await codeText(digits, one, context)
      if (text !== undefined) await sendText({ to, text, patient: one.patient }, context)
      return {}
    },

    async status({ conversation }, { store }) {
      const attempt = (await store.attempts.get(conversation))?.doc
      const { passed, stated = {}, failures = 0 } = attempt ?? {}
      if (passed) {
        const { patient, by } = passed
        return { identity: "verified" as const, patient, by, failures }
      }
      const identity = stated.lastName ? ("claimed" as const) : ("anonymous" as const)
      return { identity, by: [], failures }
    },
  },
})

/** A pharmacy system that is asked by number only knows who somebody is once it was asked so. */
async function candidatesAtAll(stated: Stated, context: Here): Promise<Candidates> {
  const { rxNumber } = stated
  const named = await candidates(stated, context)
  if (named.patients.length > 0 || rxNumber === undefined) return named
  const read = await context.call(pms, "getPrescription", { rxNumber })
  return read.ok ? candidates(stated, context) : nobody
}

interface Candidates {
  readonly patients: readonly PatientRecord[]
  readonly isBySound: boolean
}
const nobody: Candidates = { patients: [], isBySound: false }

/** The patients a stated name and date of birth may mean. */
async function candidates(stated: Stated, { call }: Here): Promise<Candidates> {
  const { firstName = "", lastName = "", datesOfBirth = [], phone, rxNumber } = stated
  if (datesOfBirth.length === 0) return nobody
  const by = { ...(phone && { phone }), ...(rxNumber && { rxNumber }) }
  const found = await call(patients, "match", { firstName, lastName, datesOfBirth, ...by })
  return found.ok ? found.value : nobody
}

interface Match {
  readonly patient: string
  readonly by: By
}
type By = NonNullable<Attempt["passed"]>["by"]

/** The one patient everything stated fits; undefined when it fits nobody, or more than one. */
async function matching(attempt: Attempt, context: Here): Promise<Match | undefined> {
  const found = await candidatesAtAll(attempt.stated, context)
  const isOnlyOne = found.patients.length === 1
  const name = found.isBySound ? ("name_by_sound" as const) : ("name" as const)
  const fitting: Match[] = []
  for (const record of found.patients) {
    const third = await thirdsOf(record, { attempt, isOnlyOne }, context)
    const by = [name, "date_of_birth" as const, ...third]
    if (third.length > 0) fitting.push({ patient: record.patient, by })
  }
  return fitting.length === 1 ? fitting[0] : undefined
}

/** Which of the third things stated are true of a patient. One is enough. */
async function thirdsOf(
  { patient, zip }: PatientRecord,
  { attempt, isOnlyOne }: { readonly attempt: Attempt; readonly isOnlyOne: boolean },
  context: Here,
): Promise<By> {
  const { stated, code } = attempt
  const isByRx = stated.rxNumber !== undefined && (await ownsRx(patient, stated.rxNumber, context))
  const isByZip = stated.zip !== undefined && stated.zip === zip?.slice(0, ZIP_DIGITS)
  // A code was texted only if one patient was meant; it says nothing about another.
  const isByCode =
    isOnlyOne &&
    stated.code !== undefined &&
    stated.code === code?.digits &&
    code.untilMs > context.clock.nowMs()
  return [
    ...(isByRx ? ["rx_number" as const] : []),
    ...(isByZip ? ["zip" as const] : []),
    ...(isByCode ? ["code" as const] : []),
  ]
}

async function ownsRx(patient: string, rxNumber: string, { call }: Here): Promise<boolean> {
  const found = await call(pms, "getPrescription", { rxNumber })
  return found.ok && found.value.patient === patient
}

async function claim(conversation: string, { ports }: Here): Promise<void> {
  await ports.identity.establish(conversation, { identity: "claimed" })
}

/** Keeps who it is and by what it was proved; what was stated is of no more use. */
async function passed(
  { conversation, failures, codesSent }: Attempt,
  { patient, by }: Match,
  { call, emit, ports }: Here,
): Promise<Attempt> {
  const found = await call(consents, "forCaregiver", { caregiver: patient })
  const caresFor = found.ok ? found.value.patients : []
  await ports.identity.establish(conversation, { identity: "verified", patient, caresFor })
  emit("passed", { conversation, patient })
  const proved = { state: "passed" as const, passed: { patient, caresFor, by } }
  return { ...emptyAttempt(conversation), whose: patient, failures, codesSent, ...proved }
}

/** Forgets what was stated: the caller starts again, and nobody learns which part was wrong. */
function failed(attempt: Attempt, { emit }: Here): Attempt {
  const { conversation, codesSent } = attempt
  const failures = attempt.failures + 1
  const state = failures >= FAILURES_MAX ? "locked" : "asking"
  emit(state === "locked" ? "locked" : "failed", { conversation, failures })
  return { ...emptyAttempt(conversation), failures, state, codesSent }
}

function passedAnswer({ patient, caresFor }: { patient: string; caresFor: string[] }) {
  return { state: "passed" as const, patient, caresFor }
}

/** What becomes of a text is not told: it would tell that there is somebody to text. */
async function sendText(
  text: { readonly to: string; readonly text: string; readonly patient: string },
  { call, log }: Here,
): Promise<void> {
  try {
    await call(messaging, "send", text, { deadlineMs: TEXT_DEADLINE_MS })
  } catch (trouble) {
    if (!(trouble instanceof Outage)) throw trouble
    log.warn("a code was not texted", { code: trouble.code })
  }
}

async function codeText(digits: string, { language = "en" }: PatientRecord, context: Here) {
  const { call, config } = context
  const line: Line = { reply: "sms.code", values: { pharmacy: config.spokenName, digits } }
  const phrased = await call(intent, "phrase", { lines: [line], language })
  return phrased.ok ? phrased.value.sentences.map(({ text }) => text).join(" ") : undefined
}
