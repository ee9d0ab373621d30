/** Compares what became of a call with what its script expects, and tells all that differs. */
import { isDeepStrictEqual } from "node:util"
import type { Caller } from "#core/actor.ts"
import type { AuditEntry } from "#core/ports.ts"
import type { Observed } from "../../simulators/twilio/run-script.ts"
import { type Script, toPattern } from "../../simulators/twilio/script.ts"
import type { Pharmacy } from "./house.ts"
import type { TypedCall } from "./typed.ts"

const ENTRIES_MAX = 1_000

const endings = {
  caller_left: "caller",
  agent_ended: "agent",
  transferred: "transfer",
  lost: "agent",
} as const

interface Listed {
  readonly items: readonly Item[]
}
interface Owed {
  readonly conversation?: string
}
interface Item {
  readonly tier: number
  readonly row: string
  readonly context: { readonly conversation?: string }
}

/** What one call did to the world, as a spoken run compares it. */
export async function observe(conversation: string, house: Pharmacy["house"]): Promise<Observed> {
  const entries = house.audit.query({ conversation, limit: ENTRIES_MAX })
  const began = entries.filter(({ phase }) => phase === "before")
  const rows = new Set(began.flatMap(({ what, decision }) => [what, decision?.row ?? what]))
  return {
    commands: began.map(({ what }) => what),
    tiers: Object.fromEntries([...rows].map((name) => [name, tierOf(name, began) ?? 0])),
    refills: await refillsOf(house),
    workItems: await itemsOf(conversation, house),
    callbacks: await callbacksOf(conversation, house),
  }
}

/** Everything that is not as the script says; empty when all is. */
export async function problemsOf(
  { expect }: Script,
  call: TypedCall,
  { house }: Pharmacy,
): Promise<readonly string[]> {
  const { conversation, line, failure } = call
  const entries = house.audit.query({ conversation, limit: ENTRIES_MAX })
  const began = entries.filter(({ phase }) => phase === "before")
  const items = await itemsOf(conversation, house)
  const { said = [], neverSaid = [], commands, tiers = {}, refills = {} } = expect
  const { workItems, callbacks, ended } = expect
  const heard = line.said.map(({ text }) => text)
  const wasSaid = (source: string) =>
    [...heard, heard.join(" ")].some((text) => toPattern(source).test(text))
  return [
    ...(failure ? [failure] : []),
    ...said.filter((source) => !wasSaid(source)).map((source) => `never said: ${source}`),
    ...neverSaid.filter(wasSaid).map((source) => `said: ${source}`),
    ...differs("ended", ended, line.ended && endings[line.ended]),
    ...differs("refills", refills, await refillsOf(house)),
    ...differs("work items", sorted(workItems), workItems && sorted(items)),
    ...differs("callbacks", callbacks, await callbacksOf(conversation, house)),
    ...inOrder(
      commands ?? [],
      began.map(({ what }) => what),
    ),
    ...Object.entries(tiers).flatMap(([name, tier]) =>
      differs(`tier of ${name}`, tier, tierOf(name, began)),
    ),
  ]
}

function differs(what: string, wanted: unknown, found: unknown): readonly string[] {
  if (wanted === undefined || isDeepStrictEqual(wanted, found)) return []
  return [`${what}: wanted ${JSON.stringify(wanted)}, found ${JSON.stringify(found)}`]
}

async function itemsOf(conversation: string, house: Pharmacy["house"]) {
  const listed = await house.asStaff("pharmacist", "work-queue.list")
  const { items } = (listed as { value: Listed }).value
  return items
    .filter(({ context }) => context.conversation === conversation)
    .map(({ tier, row }) => ({ tier, action: row }))
}

/** How many calls staff owe because of this one. */
async function callbacksOf(conversation: string, house: Pharmacy["house"]): Promise<number> {
  const listed = await house.asStaff("technician", "callbacks.list")
  const { callbacks } = (listed as { value: { callbacks: readonly Owed[] } }).value
  return callbacks.filter((owed) => owed.conversation === conversation).length
}

function sorted(items: readonly { tier: number; action: string }[] | undefined) {
  return items?.map(({ tier, action }) => `T${tier} ${action}`).toSorted()
}

async function refillsOf(house: Pharmacy["house"]): Promise<Readonly<Record<string, number>>> {
  const submitted = Map.groupBy(await house.submissions(), ({ rx }) => rx)
  return Object.fromEntries([...submitted].map(([rx, all]) => [rx, all.length]))
}

/** Whether these were begun in this order, with others between them. */
function inOrder(wanted: readonly string[], begun: readonly string[]): readonly string[] {
  let at = 0
  for (const name of begun) if (name === wanted[at]) at++
  return at === wanted.length ? [] : [`commands: wanted ${wanted.join(", ")}; ${begun.join(", ")}`]
}

/** The highest tier a command, or a row of the matrix, was decided with in this call. */
function tierOf(name: string, began: readonly AuditEntry[]): number | undefined {
  const decided = began.filter(({ what, decision }) => what === name || decision?.row === name)
  const tiers = decided.flatMap(({ decision }) => decision?.tier ?? [])
  return tiers.length === 0 ? undefined : Math.max(...tiers)
}

/** The call as a person reads it: who said what, what was understood, what was decided. */
export async function dialogueOf(call: TypedCall, { house }: Pharmacy): Promise<string> {
  const { conversation, line, exchanges } = call
  const spoken = line.said.map(({ fromMs, text, isCutOff }) => ({
    atMs: fromMs,
    text: `  agent: ${text}${isCutOff ? " —" : ""}`,
  }))
  const heard = line.notes
    .filter(({ who }) => who === "caller")
    .map(({ atMs, text }) => ({ atMs, text: ` caller: ${text}` }))
  const dialogue = [...spoken, ...heard].toSorted((a, b) => a.atMs - b.atMs)
  const asked = await Promise.all(exchanges.map((one) => understoodOf(one, house)))
  const decided = house.audit
    .query({ conversation, limit: ENTRIES_MAX })
    .map(({ phase, what, decision, outcome, actor }) => {
      const { identity, kind } = actor as Partial<Caller>
      const who = identity ?? kind
      const because = `T${decision?.tier} ${decision?.row} ${decision?.rules.join("+")}`
      return `  ${phase} ${what} by ${who}: ${because} ${outcome ?? ""}`
    })
  return [...dialogue.map(({ text }) => text), "", ...asked, "", ...decided].join("\n")
}

async function understoodOf(
  { ask, turn, kind, expect }: TypedCall["exchanges"][number],
  house: Pharmacy["house"],
): Promise<string> {
  if (ask.kind !== "hear") return `  turn ${turn} ${ask.kind}: ${kind}`
  const { text, source } = ask
  const understood = await house.ask("intent.understand", { text, source, expect, language: "en" })
  const heard = `  turn ${turn} ${source} "${text}" as ${expect}: ${kind}`
  return `${heard}\n      ${JSON.stringify(understood.value)}`
}
