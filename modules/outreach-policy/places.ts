/**
 * Where somebody may be: the states and time zones of an address and a number. Guesses nothing:
 * what it cannot tell may be anywhere.
 */
import { readFileSync } from "node:fs"
import { fileURLToPath } from "node:url"
import { Type as t } from "typebox"
import { parseYaml } from "#core/json.ts"

const closed = { additionalProperties: false }
/** Three digits, or a span of them, several times: `750-799 885`. */
const Codes = t.String({ pattern: "^\\d{3}(-\\d{3})?([ ]\\d{3}(-\\d{3})?)*$" })
const Mixed = t.Object({ zone: t.String(), zips: Codes, codes: Codes }, closed)
const State = t.Object({ ...Mixed.properties, mixed: t.Optional(Mixed) }, closed)
const Table = t.Object(
  { states: t.Record(t.String(), State), anywhere: t.Array(t.String(), { minItems: 1 }) },
  closed,
)

const file = fileURLToPath(new URL("places.yaml", import.meta.url))
const { states, anywhere } = parseYaml(
  { text: readFileSync(file, "utf8"), file: "places.yaml" },
  Table,
)

export interface Place {
  /** Every time that may be theirs. */
  readonly zones: readonly string[]
  /** Every state whose rules may hold; undefined: any. */
  readonly states: readonly string[] | undefined
}

interface Somewhere {
  readonly state: string
  readonly zones: readonly string[]
}

const byZip = new Map<string, Somewhere>()
const byAreaCode = new Map<string, Somewhere>()

for (const [state, { zone, zips, codes, mixed }] of Object.entries(states)) {
  const places = [
    { zips, codes, zones: [zone] },
    ...(mixed ? [{ zips: mixed.zips, codes: mixed.codes, zones: [zone, mixed.zone] }] : []),
  ]
  for (const place of places) {
    const somewhere = { state, zones: place.zones }
    for (const code of eachOf(place.zips)) byZip.set(code, somewhere)
    for (const code of eachOf(place.codes)) byAreaCode.set(code, somewhere)
  }
}

function* eachOf(codes: string): Generator<string> {
  for (const span of codes.split(" ")) {
    const [first = span, last = first] = span.split("-")
    for (let code = Number(first); code <= Number(last); code++) yield String(code).padStart(3, "0")
  }
}

/** Where address and number disagree, both count. */
export function placeOf({ zip, phone }: { zip?: string; phone: string }): Place {
  const home = zip === undefined ? undefined : byZip.get(zip.slice(0, 3))
  const areaCode = /^\+1(\d{3})\d{7}$/.exec(phone)?.[1]
  const number = areaCode === undefined ? undefined : byAreaCode.get(areaCode)
  const known = [home, number].filter((place) => place !== undefined)
  if (known.length === 0) return { zones: anywhere, states: undefined }
  // A number within the state of the address adds nothing: the address says more.
  const counted = home && home.state === number?.state ? [home] : known
  return {
    zones: [...new Set(counted.flatMap(({ zones }) => zones))],
    states: counted.map(({ state }) => state),
  }
}
