/** What a caller asked for beside the rest, and may leave before it is come to. */
import type { State, Task } from "./state.ts"
import type { Talk } from "./talk.ts"
import { topicOf } from "./topics.ts"

/** Whatever needs no proof of who asks is told, or put before a person, before they are gone. */
export async function finishForAnybody(talk: Talk): Promise<void> {
  const { state } = talk
  const left = forAnybody(state)
  state.agenda = state.agenda.filter((task) => !left.includes(task))
  for (const task of left) {
    state.about.push(task.intent)
    await topicOf(task.intent).begin(talk, task)
  }
}

/** Who could not prove who they are is not asked again on the next wish in the same breath. */
export function forAnybody({ agenda }: State): Task[] {
  return agenda.filter(({ intent }) => !topicOf(intent).needsIdentity)
}
