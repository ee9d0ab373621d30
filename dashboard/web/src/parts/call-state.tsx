/** How a call stands, in a word and a colour. */
import type { Call } from "../../../../modules/calls/contract.ts"
import { inWords } from "../words.ts"
import { Tag, type Tone } from "./tag.tsx"

const liveStates: readonly string[] = ["ringing", "in_progress", "transferring"]
export const isLive = ({ state }: Call): boolean => liveStates.includes(state)

const toneOf: Readonly<Record<Call["state"], Tone>> = {
  ringing: "soon",
  in_progress: "good",
  transferring: "soon",
  transferred: "calm",
  ended: "calm",
  lost: "late",
}

export function StateTag({ state }: Pick<Call, "state">) {
  return <Tag tone={toneOf[state]}>{inWords(state)}</Tag>
}
