/** What a caller asked for beside the rest, and had not come to when the call ends. */
import type { State, Task } from "./state.ts"
import type { Talk } from "./talk.ts"
import { topicOf } from "./topics.ts"

/** Whatever needs no proof of who asks is told, or put before a person, before it is forgotten. */
export async function finishAgenda(talk: Talk): Promise<void> {
  const { state } = talk
  const left = forAnybody(state)
  state.agenda = []
  for (const task of left) {
    state.about.push(task.intent)
    await topicOf(task.intent).begin(talk, task)
  }
}

/** Who could not prove who they are is not asked again on the next wish in the same breath. */
export function forAnybody({ agenda }: State): Task[] {
  return agenda.filter(({ intent }) => !topicOf(intent).needsIdentity)
}
