/** What is typed for an adapter's settings, and the settings it makes. Pure. */
import type { Field as Setting } from "../../../../modules/pms-trials/contract.ts"
import { say } from "../say.ts"

export type Field = Setting

/** As it stands in the fields; a switch is `true` or `false`. */
export type Typed = Readonly<Record<string, string>>

export function typedOf(settings: Readonly<Record<string, unknown>>): Typed {
  return Object.fromEntries(
    Object.entries(settings).map(([name, is]) => [
      name,
      typeof is === "string" ? is : JSON.stringify(is),
    ]),
  )
}

/** What was left empty is left out, so that what is usual counts. */
export function settingsFrom(fields: readonly Field[], typed: Typed) {
  const problems = new Map<string, string>()
  const settings: Record<string, unknown> = {}
  for (const { name, kind } of fields) {
    const words = (typed[name] ?? "").trim()
    if (words === "") continue
    if (kind === "text" || kind === "secret") settings[name] = words
    else {
      const read = readJson(words)
      if (read === undefined) problems.set(name, say("That is no JSON."))
      else settings[name] = read
    }
  }
  return { settings, problems }
}

function readJson(words: string): unknown {
  try {
    return JSON.parse(words)
  } catch {
    return undefined
  }
}
