/**
 * Which half a task belongs to, and who speaks it. The test half is for looking at, never for
 * tuning: its tasks and its callers' words are no part of the development half.
 */
import { chosen, hashOf } from "./caller/chance.ts"
import { authors, authorsOf, type Half, type Phrasebook } from "./caller/phrasebook.ts"
import type { Task } from "./task.ts"

type Written = Pick<Task, "id" | "author" | "language">

/** By its author; a task of no author of its own by the hash of its id. */
export function halfOf({ id, author }: Pick<Written, "id" | "author">): Half {
  if (author !== undefined) return bookOf(author).half
  return hashOf("half", id) % 2 === 0 ? "dev" : "test"
}

/** Whose words the caller of a task speaks in. */
export function voiceOf(task: Written, seed: number): Phrasebook {
  if (task.author !== undefined) return bookOf(task.author)
  return chosen(authorsOf(halfOf(task), task.language), seed, task.id, "author")
}

function bookOf(author: string): Phrasebook {
  const book = authors.get(author)
  if (!book) throw new Error(`no author is called ${author}`)
  return book
}
