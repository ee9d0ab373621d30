/** The engine's world, made of the contracts this module declared to use. */
import { DateTime } from "luxon"
import { assert } from "#core/fault.ts"
import { intent } from "../../intent/contract.ts"
import { callbacks } from "../callbacks/contract.ts"
import { drugs } from "../drugs/contract.ts"
import { emergencies } from "../emergencies/contract.ts"
import { prescriptions } from "../prescriptions/contract.ts"
import { storeInfo } from "../store-info/contract.ts"
import { verification } from "../verification/contract.ts"
import type { Here } from "./needs.ts"
import type { World } from "./world.ts"

const PROPOSAL_MS_MAX = 12_000

export function worldOf(context: Here): World {
  const { call } = context
  return {
    async understand(text, { turn, language }, source) {
      const found = await call(intent, "understand", {
        text,
        source,
        expect: turn.expect,
        language,
      })
      assert(found.ok)
      return found.value
    },
    async phrase(lines, { language }) {
      const found = await call(intent, "phrase", { lines: [...lines], language })
      assert(found.ok)
      return found.value.sentences
    },
    propose(name, input, { key, confidence, context: known }) {
      const conversation = String(known.conversation)
      const options = { key, facts: { confidence }, context: known, deadlineMs: PROPOSAL_MS_MAX }
      return context.as({ conversation }).propose(name, input, options)
    },
    async offerIdentity(conversation, stated) {
      const found = await call(verification, "offer", { conversation, ...stated })
      assert(found.ok)
      return found.value
    },
    async sendCode(conversation) {
      await call(verification, "sendCode", { conversation })
    },
    async profile(patient) {
      const found = await call(prescriptions, "profile", { patient })
      return found.ok ? found.value.prescriptions : []
    },
    async matchDrugs(text, otherText, candidates) {
      const found = await call(drugs, "match", {
        text,
        ...(otherText === undefined ? {} : { otherText }),
        candidates: candidates.map(({ rxNumber, drugName }) => ({ rxNumber, drugName })),
      })
      assert(found.ok)
      return found.value
    },
    async describe(drugName) {
      const found = await call(drugs, "describe", { drugName })
      assert(found.ok)
      return found.value
    },
    async opening() {
      const found = await call(storeInfo, "hours", {})
      assert(found.ok)
      return found.value
    },
    async location() {
      const found = await call(storeInfo, "location", {})
      assert(found.ok)
      return found.value
    },
    async reportEmergency({ conversation, channel, words }, family, certainty) {
      await call(emergencies, "report", { conversation, channel, family, certainty, words })
    },
    async promiseCallback({ conversation, caller, from, wantsRole }, about, message) {
      await call(callbacks, "promise", {
        conversation,
        about,
        forRole: wantsRole,
        ...(caller.patient === undefined ? {} : { patient: caller.patient }),
        ...(from === undefined ? {} : { phone: from }),
        ...(message === undefined ? {} : { message }),
      })
    },
    localTime(atMs) {
      const at = DateTime.fromMillis(atMs, { zone: context.config.timeZone })
      const today = DateTime.fromMillis(context.clock.nowMs(), { zone: context.config.timeZone })
      const day = at.hasSame(today, "day") ? "today" : at.toFormat("yyyy-MM-dd")
      return { day, time: at.toFormat("HH:mm") }
    },
  }
}
