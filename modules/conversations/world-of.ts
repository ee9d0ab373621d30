/** The engine's world, made of the contracts this module declared to use. */
import { DateTime } from "luxon"
import { sleep } from "#core/clock.ts"
import { assert, Outage } from "#core/fault.ts"
import type { Answer, Reply } from "#core/module.ts"
import type { Prescription } from "#core/pms.ts"
import { intent } from "../../intent/contract.ts"
import { callbacks } from "../callbacks/contract.ts"
import { complaints } from "../complaints/contract.ts"
import { controlledSubstances } from "../controlled-substances/contract.ts"
import { drugs } from "../drugs/contract.ts"
import { emergencies } from "../emergencies/contract.ts"
import { messaging } from "../messaging/contract.ts"
import { patients } from "../patients/contract.ts"
import { prescriptions } from "../prescriptions/contract.ts"
import { storeInfo } from "../store-info/contract.ts"
import { verification } from "../verification/contract.ts"
import { workQueue } from "../work-queue/contract.ts"
import { aboutWhom } from "./about.ts"
import { Evidence } from "./evidence.ts"
import type { Here } from "./needs.ts"
import type { State } from "./state.ts"
import type { World } from "./world.ts"

const PROPOSAL_MS_MAX = 7_000
/** Hard turns may be asked of models here, and then of one elsewhere. */
const HEARING_MS_MAX = 8_500
/** A module that died is back in a second, or in five on a busy machine, under a filler. */
const RESTART_PAUSE_MS = 400
const RESTART_TRIES_MAX = 16

type Call = Here["call"]

export function worldOf(context: Here): World {
  const patience = patienceOf(context)
  const evidence = new Evidence()
  evidence.note(context.config.spokenName)
  const ask: Call = (contract, command, input, options) =>
    patience.call(() => context.call(contract, command, input, options))
  const call: Call = async (contract, command, input, options) => {
    const answer = await ask(contract, command, input, options)
    if (answer.ok) evidence.note(answer.value)
    return answer
  }
  return {
    // What the caller said is no fact, and neither is a sentence of ours.
    ...understanding(ask, context.call),
    ...identity(call),
    ...records(call),
    ...people(call, context.call),
    bears: (line) => evidence.bears(line),
    async propose(name, input, { key, confidence, context: known }) {
      const conversation = String(known.conversation)
      const options = { key, facts: { confidence }, context: known, deadlineMs: PROPOSAL_MS_MAX }
      const reply = await patience.propose(() =>
        context.as({ conversation }).propose(name, input, options),
      )
      if (reply.kind === "done") evidence.note(reply.value)
      return reply
    },
    localTime(atMs) {
      const at = DateTime.fromMillis(atMs, { zone: context.config.timeZone })
      const today = DateTime.fromMillis(context.clock.nowMs(), { zone: context.config.timeZone })
      const day = at.hasSame(today, "day") ? "today" : at.toFormat("yyyy-MM-dd")
      const local = { day, time: at.toFormat("HH:mm") }
      // The same moment as the answer had, on the pharmacy's clock.
      evidence.note(local)
      return local
    },
  }
}

/** Asks again while a module is being started again; any other trouble is the caller's to hear. */
function patienceOf({ clock }: Here) {
  const pause = () => sleep(clock, RESTART_PAUSE_MS)
  return {
    async call<T>(act: () => Promise<T>): Promise<T> {
      for (let tries = 1; ; tries++) {
        try {
          return await act()
        } catch (trouble) {
          const isAway = trouble instanceof Outage && trouble.code === "module_down"
          if (!isAway || tries === RESTART_TRIES_MAX) throw trouble
        }
        await pause()
      }
    },
    async propose(act: () => Promise<Reply>): Promise<Reply> {
      for (let tries = 1; ; tries++) {
        const reply = await act()
        const isAway = reply.kind === "outage" && reply.code === "module_down"
        if (!isAway || tries === RESTART_TRIES_MAX) return reply
        await pause()
      }
    },
  }
}

function answered<T>(answer: Answer<T, string>): T {
  assert(answer.ok)
  return answer.value
}

/** `once`: whom a turn is about is not worth waiting for a module to come back. */
function understanding(call: Call, once: Call) {
  return {
    async understand(said, state) {
      const { turn, language, danger, mode } = state
      const isEmergency = danger !== undefined || mode === "alarm"
      const asked = { ...said, expect: turn.expect, language }
      const about = isEmergency ? undefined : await aboutWhom(state, once)
      const input = { ...asked, ...(about && { about }), isEmergency }
      return answered(await call(intent, "understand", input, { deadlineMs: HEARING_MS_MAX }))
    },
    async phrase(lines, { language }) {
      const phrased = await call(intent, "phrase", { lines: [...lines], language })
      return phrased.ok ? phrased.value.sentences : undefined
    },
    async maySay(line, { language }) {
      return (await call(intent, "phrase", { lines: [line], language })).ok
    },
  } satisfies Partial<World>
}

function identity(call: Call) {
  return {
    offerIdentity: async (conversation, stated) =>
      answered(await call(verification, "offer", { conversation, ...stated })),
    async sendCode(conversation) {
      await call(verification, "sendCode", { conversation })
    },
    async whoIs(conversation, patient) {
      const { by: verifiedBy } = answered(await call(verification, "status", { conversation }))
      const found = await call(patients, "contact", { patient })
      if (!found.ok) return { verifiedBy }
      const { firstName, lastName } = found.value
      return { verifiedBy, name: `${firstName} ${lastName}` }
    },
  } satisfies Partial<World>
}

function records(call: Call) {
  const profiles = new Map<string, readonly Prescription[]>()
  return {
    async profile(patient, rxNumbers = []) {
      const known = profiles.get(patient)
      const listed = known?.map(({ rxNumber }) => rxNumber) ?? []
      if (known && rxNumbers.every((rxNumber) => listed.includes(rxNumber))) return known
      const found = await call(prescriptions, "profile", { patient, rxNumbers: [...rxNumbers] })
      const read = found.ok ? found.value.prescriptions : []
      profiles.set(patient, read)
      return read
    },
    async matchDrugs(text, otherText, candidates) {
      const other = otherText === undefined ? {} : { otherText }
      const named = candidates.map(({ rxNumber, drugName }) => ({ rxNumber, drugName }))
      const matched = answered(await call(drugs, "match", { text, ...other, candidates: named }))
      return { ...matched, leftOut: matched.leftOut ?? [], exact: matched.exact ?? [] }
    },
    async lawOn(about, rxNumber) {
      const asked = about === "refill" ? "mayRefill" : "mayTransfer"
      const ruled = await call(controlledSubstances, asked, { rxNumber })
      return ruled.ok ? ruled.value : undefined
    },
    namesControlled: async (text) =>
      answered(await call(drugs, "namesControlled", { text })).isNamed,
    describe: async (drugName) => answered(await call(drugs, "describe", { drugName })),
    opening: async () => answered(await call(storeInfo, "hours", {})),
    location: async () => answered(await call(storeInfo, "location", {})),
  } satisfies Partial<World>
}

/** `once` asks without waiting for a module to come back: somebody is in danger. */
function people(call: Call, once: Call) {
  /** The same turn asked for again promises nothing twice. */
  const keyed = ({ conversation, turn }: State) => ({ key: `${conversation}:${turn.turn}` })
  return {
    async reportEmergency(state, family, certainty) {
      const { conversation, channel, words } = state
      const report = { conversation, channel, family, certainty, words: words.slice(0, WORDS_MAX) }
      await once(emergencies, "report", report, keyed(state))
    },
    async warnPharmacist({ conversation, caller: { patient } }, words) {
      const warning = { conversation, words, ...(patient === undefined ? {} : { patient }) }
      await call(complaints, "warnPharmacist", warning)
    },
    async leaveQuestion(state, { about, words }) {
      const willHappen = `They are called back and told about ${about}.`
      const context = contextOf(state, { willHappen, words })
      const task = { tier: 1 as const, row: "store_hours", rules: ["no_fact"], context }
      await call(workQueue, "add", task, keyed(state))
    },
    async leaveTask(state, task) {
      const item = { tier: 1 as const, row: "task", rules: [], context: contextOf(state, task) }
      const { key } = keyed(state)
      await call(workQueue, "add", item, { key: `${key}:task` })
    },
    async stopTexts(phone) {
      await call(messaging, "stopByVoice", { phone })
    },
    async promiseCallback(state, about, message) {
      const { conversation, caller, from, wantsRole } = state
      const promise = {
        ...{ conversation, about, forRole: wantsRole },
        ...(caller.patient === undefined ? {} : { patient: caller.patient }),
        ...(from === undefined ? {} : { phone: from }),
        ...(message === undefined ? {} : { message }),
      }
      await call(callbacks, "promise", promise, keyed(state))
    },
  } satisfies Partial<World>
}

interface Asked {
  readonly willHappen: string
  readonly words: string
}

/** What a person needs to know of who asked, to call them back. */
function contextOf({ conversation, caller, from: phone, language }: State, asked: Asked) {
  const { name: patientName, patient } = caller
  return {
    ...{ conversation, ...asked },
    ...(phone && { phone }),
    ...(patient && { patient }),
    ...(patientName && { patientName }),
    ...(language === "es" && { language }),
  }
}

const WORDS_MAX = 1_000
