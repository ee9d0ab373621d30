/** The table of known drugs, read once from drugs.yaml. Facts of the trade, never advice. */
import { readFileSync } from "node:fs"
import { fileURLToPath } from "node:url"
import { type Static, Type as t } from "typebox"
import { DeaSchedule } from "#core/decision.ts"
import { assert } from "#core/fault.ts"
import { parseYaml } from "#core/json.ts"
import { type Sound, soundOf } from "./sound.ts"
import { joined, wordsOf } from "./words.ts"

const closed = { additionalProperties: false }
const Phrases = t.Array(t.String({ minLength: 2 }))

const Row = t.Object(
  {
    name: t.String(),
    also: t.Array(t.String(), { default: [] }),
    for: t.Array(t.String(), { default: [] }),
    schedule: t.Optional(DeaSchedule),
    highAlert: t.Boolean({ default: false }),
    sensitive: t.Boolean({ default: false }),
  },
  closed,
)

const Table = t.Object(
  {
    uses: t.Record(t.String(), t.Object({ of: Phrases, alone: t.Optional(Phrases) }, closed)),
    lookAlikes: t.Array(t.Array(t.String(), { minItems: 2 })),
    drugs: t.Array(Row),
  },
  closed,
)

export interface Drug {
  readonly name: string
  readonly brands: readonly string[]
  readonly uses: readonly string[]
  readonly schedule: Static<typeof DeaSchedule>
  readonly isHighAlert: boolean
  readonly isSensitive: boolean
  /** Every name it goes by. */
  readonly sounds: readonly Sound[]
}

export interface Use {
  /** Counts beside a word such as pill. */
  readonly of: readonly (readonly string[])[]
  /** Counts by itself. */
  readonly alone: readonly (readonly string[])[]
}

const file = fileURLToPath(new URL("drugs.yaml", import.meta.url))
const table = parseYaml({ text: readFileSync(file, "utf8"), file: "drugs.yaml" }, Table)

export const drugs: readonly Drug[] = table.drugs.map((row) => ({
  name: row.name,
  brands: row.also,
  uses: row.for,
  schedule: row.schedule ?? "none",
  isHighAlert: row.highAlert,
  isSensitive: row.sensitive,
  sounds: [row.name, ...row.also].map((name) => soundOf(key(name))),
}))

export const uses: ReadonlyMap<string, Use> = new Map(
  Object.entries(table.uses).map(([name, { of, alone = [] }]) => [
    name,
    { of: of.map(wordsOf), alone: alone.map(wordsOf) },
  ]),
)
assert(drugs.every((drug) => drug.uses.every((use) => uses.has(use))))

const byName: ReadonlyMap<string, Drug> = new Map(
  drugs.flatMap((drug) => drug.sounds.map(({ letters }) => [letters, drug] as const)),
)

const listed: readonly (readonly string[])[] = table.lookAlikes.map((names) => names.map(key))

/** The drug that goes by exactly this name, however it is spaced or capitalised. */
export function drugNamed(name: string): Drug | undefined {
  return byName.get(key(name))
}

/** Whether somebody wrote down that these two names are taken for each other. */
export function areListedTogether(one: readonly Sound[], other: readonly Sound[]): boolean {
  return listed.some((names) => isAnyIn(one, names) && isAnyIn(other, names))
}

function isAnyIn(sounds: readonly Sound[], names: readonly string[]): boolean {
  return sounds.some(({ letters }) => names.includes(letters))
}

function key(name: string): string {
  return joined(wordsOf(name))
}
