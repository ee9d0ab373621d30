/**
 * What is remembered of a call outside of the process that has its stream, so that the next process
 * knows it too: that it is over, or whom it is being given to. The conversation keeps the rest.
 */
import { type Static, Type as t } from "typebox"
import { Turn } from "../modules/conversations/contract.ts"

/** No call lasts longer: Twilio ends it. */
export const KEPT_MS_MAX = 4 * 60 * 60_000

export const KeptCall = t.Object({
  phase: t.Union([t.Literal("transferring"), t.Literal("finished")]),
  transfer: Turn.properties.transfer,
  /** The turn that asked for the transfer. */
  turn: t.Integer({ minimum: 0 }),
  isAccepted: t.Boolean(),
  atMs: t.Integer(),
})
export type KeptCall = Static<typeof KeptCall>
