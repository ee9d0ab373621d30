/** What a caller hears when the world failed in mid-turn: the truth, and who will call. */
import { type Talk, troubleReply } from "./talk.ts"

/**
 * Ends what was going on with an honest sentence. When not even a callback can be written down, the
 * outage travels on: whoever carries the call then gives it to a person.
 */
export async function giveUpTurn(talk: Talk, code: string): Promise<void> {
  const { state, world } = talk
  const about = state.current?.intent ?? state.about.at(-1) ?? "call"
  await world.promiseCallback(state, about, undefined)
  state.mode = "tasks"
  state.agenda = []
  state.reasks = 0
  delete state.current
  talk.say(troubleReply(code))
  talk.ask("request", "ask.anything_else")
}
