/** One thing a conversation can be about. */
import type { Task } from "./state.ts"
import type { Heard, Talk } from "./talk.ts"

export interface Topic {
  /** The caller proves who they are first. */
  readonly needsIdentity: boolean
  /** Told at once, even while something else is being asked; it never asks anything itself. */
  readonly isAside: boolean
  /** Does what can be done, or sets the task's `step` and asks. */
  begin(talk: Talk, task: Task): Promise<void>
  /** Takes what was said as the answer to its question; false when it was none. */
  answer(talk: Talk, task: Task, heard: Heard): Promise<boolean>
}

/** For topics that never ask anything. */
export const asksNothing = async () => false
