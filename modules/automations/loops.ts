/**
 * Two guards against automations that set each other off for ever: one looks at what is being
 * saved, the other at what is going on.
 */
import { isRecord } from "#core/json.ts"
import type { Draft, Values } from "./contract.ts"
import { setsOff } from "./what.ts"

/** So many automations may follow from each other. */
const CHAIN_MAX = 3
const IDS_REMEMBERED_MAX = 1_000
/** What is shorter is a word, and not the name of one thing. */
const ID_LENGTH_MIN = 16

type Step = Pick<Draft, "when" | "does">

/** Whether a draft, among the others there are, could set itself off again. */
export function isLoop(draft: Step, others: readonly Step[]): boolean {
  const seen = new Set<Step>()
  const next = [draft]
  for (let step = next.pop(); step; step = next.pop()) {
    if (follows(draft, step)) return true
    for (const other of others)
      if (!seen.has(other) && follows(other, step)) {
        seen.add(other)
        next.push(other)
      }
  }
  return false
}

/** Whether a step hears a module that another one puts to work. */
function follows({ when }: Step, { does }: Step): boolean {
  if (!("event" in when)) return false
  const module = moduleOf(does.command)
  return [module, ...(setsOff[module] ?? [])].includes(moduleOf(when.event))
}

function moduleOf(name: string): string {
  return name.split(".")[0] ?? name
}

/** Remembers what automations made, by id, and how many had followed from each other until then. */
class Chains {
  readonly #depths = new Map<string, number>()

  /** How many automations led to an event; 0 when it came from outside. */
  depthOf(values: Values): number {
    return Math.max(0, ...Object.values(values).map((value) => this.#depths.get(`${value}`) ?? 0))
  }

  isTooLong(depth: number): boolean {
    return depth > CHAIN_MAX
  }

  /** Notes the ids that an answer names. */
  made(answer: unknown, depth: number): void {
    for (const value of isRecord(answer) ? Object.values(answer) : [])
      if (typeof value === "string" && value.length >= ID_LENGTH_MIN) this.#depths.set(value, depth)
    for (const id of [...this.#depths.keys()].slice(0, -IDS_REMEMBERED_MAX)) this.#depths.delete(id)
  }
}

export const chains = new Chains()
