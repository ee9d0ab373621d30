/** A complaint in short, at its work item, once the call is over, where the site has the cloud on.
 * Filing never waits for it, and of a call in which danger was heard nobody is asked anything. */
import { complaints } from "../complaints/contract.ts"
import { aboutWhom } from "./about.ts"
import type { Here } from "./needs.ts"
import type { State } from "./state.ts"

/** Nobody waits for it. */
const DRAFT_MS_MAX = 58_000

/** True where a line was put at the item, which then needs no other. */
export async function summariseComplaint(state: State, call: Here["call"]): Promise<boolean> {
  const { about: topics, caller, conversation, heard = "" } = state
  const isDanger = topics.includes("emergency") || state.danger !== undefined
  if (isDanger || !topics.includes("complaint") || heard.trim() === "") return false
  const about = await aboutWhom(state, call)
  if (!about) return false
  const { patient } = caller
  const input = { conversation, words: heard.trim(), about, ...(patient && { patient }) }
  const answer = await call(complaints, "summarise", input, { deadlineMs: DRAFT_MS_MAX })
  return answer.ok && answer.value.isDrafted
}
