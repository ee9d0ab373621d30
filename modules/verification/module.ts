/** Verification: compares what the caller states with what is on file. Answers pass or fail only. */
import { randomInt } from "node:crypto"
import { Type as t } from "typebox"
import { type Context, defineModule, nothing } from "#core/module.ts"
import { type PatientRecord, pms } from "#core/pms.ts"
import { consents } from "../consents/contract.ts"
import { messaging } from "../messaging/contract.ts"
import { patients } from "../patients/contract.ts"
import { Attempt, emptyAttempt, merged, methodsOf, nextQuestion, type Stated } from "./attempt.ts"
import { verification } from "./contract.ts"

const FAILURES_MAX = 3
const CODE_LIFE_MS = 10 * 60_000

const needs = {
  ...nothing,
  uses: [patients, consents, messaging, pms],
  ports: ["identity"],
  config: t.Object({}),
  collections: { attempts: { schema: Attempt } },
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
      const question = nextQuestion(attempt.stated)
      if (question) {
        await store.attempts.put(conversation, attempt, stored?.version ?? 0)
        if (attempt.stated.lastName) await claim(conversation, context)
        return { state: question }
      }
      const patient = await matching(attempt, context)
      const after = patient ? await passed(attempt, patient, context) : failed(attempt, context)
      await store.attempts.put(conversation, after, stored?.version ?? 0)
      if (after.passed) return passedAnswer(after.passed)
      return { state: after.state === "locked" ? ("locked" as const) : ("failed" as const) }
    },

    async sendCode({ conversation }, context) {
      const { call, clock, store } = context
      const attempt = (await store.attempts.get(conversation))?.doc
      const only = attempt && (await candidates(attempt.stated, context))
      const phone = only?.length === 1 ? only[0]?.phones[0] : undefined
      // Whether a code was sent or not, the answer and the next question are the same.
      if (!attempt || !phone) return {}
      const digits = String(randomInt(1_000_000)).padStart(6, "0")
      const code = { digits, untilMs: clock.nowMs() + CODE_LIFE_MS }
      await store.attempts.change(conversation, (doc) => ({ ...doc, code }))
      await call(messaging, "send", { to: phone, text: codeText(digits) })
      return {}
    },

    async status({ conversation }, { store }) {
      const attempt = (await store.attempts.get(conversation))?.doc
      const { passed, stated = {}, failures = 0 } = attempt ?? {}
      if (passed)
        return {
          identity: "verified" as const,
          patient: passed.patient,
          by: methodsOf(stated),
          failures,
        }
      const identity = stated.lastName ? ("claimed" as const) : ("anonymous" as const)
      return { identity, by: [], failures }
    },
  },
})

/** The patients a stated name and date of birth may mean. */
async function candidates(stated: Stated, { call }: Here): Promise<readonly PatientRecord[]> {
  const { firstName = "", lastName = "", datesOfBirth = [] } = stated
  if (datesOfBirth.length === 0) return []
  const found = await call(patients, "match", { firstName, lastName, datesOfBirth })
  return found.ok ? found.value.patients : []
}

/** The one patient everything stated fits; undefined when it fits nobody, or more than one. */
async function matching(attempt: Attempt, context: Here): Promise<string | undefined> {
  const { stated, code } = attempt
  const found = await candidates(stated, context)
  const fitting: string[] = []
  for (const { patient, zip } of found) {
    const isByZip = stated.zip !== undefined && stated.zip === zip
    const isByCode =
      stated.code !== undefined &&
      found.length === 1 &&
      code?.digits === stated.code &&
      code.untilMs > context.clock.nowMs()
    const isByRx =
      stated.rxNumber !== undefined && (await ownsRx(patient, stated.rxNumber, context))
    if (isByZip || isByCode || isByRx) fitting.push(patient)
  }
  return fitting.length === 1 ? fitting[0] : undefined
}

async function ownsRx(patient: string, rxNumber: string, { call }: Here): Promise<boolean> {
  const found = await call(pms, "getPrescription", { rxNumber })
  return found.ok && found.value.patient === patient
}

async function claim(conversation: string, { ports }: Here): Promise<void> {
  await ports.identity.establish(conversation, { identity: "claimed" })
}

async function passed(attempt: Attempt, patient: string, { call, emit, ports }: Here) {
  const { conversation } = attempt
  const found = await call(consents, "forCaregiver", { caregiver: patient })
  const caresFor = found.ok ? found.value.patients : []
  await ports.identity.establish(conversation, { identity: "verified", patient, caresFor })
  emit("passed", { conversation, patient })
  return { ...attempt, state: "passed" as const, passed: { patient, caresFor } }
}

/** Forgets what was stated: the caller starts again, and nobody learns which part was wrong. */
function failed({ conversation, failures: before }: Attempt, { emit }: Here): Attempt {
  const failures = before + 1
  const state = failures >= FAILURES_MAX ? "locked" : "asking"
  emit(state === "locked" ? "locked" : "failed", { conversation, failures })
  return { ...emptyAttempt(conversation), failures, state }
}

function passedAnswer({ patient, caresFor }: { patient: string; caresFor: string[] }) {
  return { state: "passed" as const, patient, caresFor }
}

function codeText(digits: string): string {
  return `Your pharmacy's code is ${digits}. Nobody from the pharmacy will ask you for it by text.`
}
