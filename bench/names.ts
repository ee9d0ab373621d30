/**
 * Whether a name that a neural voice says on the telephone is taken for the one on file: by its
 * sound, where the caller's number or a prescription tells who may be meant, beside as it is
 * written. And how often it is taken for another's. A share of names each, in percent.
 */
import { nameIn } from "../intent/slots/names.ts"
import { isLikelySameName, soundsLikeFullName } from "../modules/patients/same-name.ts"
import { type BenchResult, type BenchRow, rowOf } from "./contest.ts"
import { type NeuralVoice, neuralVoice } from "./conversations/channels/neural-voices.ts"
import { type Ear, earOf } from "./fixtures/ears.ts"

const firstNames =
  "James Mary Robert Patricia Kevin Linda Daniel Susan Grace Walter Maria Jorge Rosa Luis".split(
    " ",
  )
const lastNames = (
  "Hayes Whitfield Carter Lopez Kim Okafor Nguyen Marsh Bennett Schmidt Garcia Lane Thompson " +
  "Delgado Price Wright Fernandez Johnson Stone Murphy Ramirez Campbell Brooks Ortiz Young"
).split(" ")

interface Name {
  readonly first: string
  readonly last: string
}

/** Every last name twice, with first names that differ. */
const names: readonly Name[] = [...lastNames, ...lastNames].map((last, at) => ({
  first: firstNames[(at * 3 + Math.floor(at / lastNames.length)) % firstNames.length] ?? "",
  last,
}))

const crowds = [
  { what: "English speakers", ear: "quick", language: "en", voices: ["am_puck", "bf_emma"] },
  { what: "Spanish speakers", ear: "careful", language: "es", voices: ["em_alex", "em_santa"] },
] as const

type Takes = (heard: Name, written: Name) => boolean
const asWritten: Takes = (heard, written) =>
  heard.last.toLowerCase() === written.last.toLowerCase() &&
  isLikelySameName(heard.first, written.first)
const bySound: Takes = (heard, written) =>
  asWritten(heard, written) || soundsLikeFullName(wholeOf(heard), wholeOf(written))

const wholeOf = ({ first, last }: Name) => `${first} ${last}`

export async function bench(): Promise<BenchResult> {
  await using undo = new AsyncDisposableStack()
  const voice = await neuralVoice({ after: (end) => undo.defer(end) })
  const rows: BenchRow[] = []
  for (const crowd of crowds) {
    await using ear = await earOf(crowd.ear)
    rows.push(...rowsOf(crowd.what, await heardFrom(crowd, voice, ear)))
  }
  return { name: "names by their sound, beside as they are written", rows }
}

interface Heard {
  readonly said: Name
  readonly heard: Name
}

async function heardFrom(
  { voices, language }: (typeof crowds)[number],
  voice: NeuralVoice,
  ear: Ear,
): Promise<readonly Heard[]> {
  const all: Heard[] = []
  for (const [at, said] of names.entries()) {
    const sound = await voice(`${wholeOf(said)}.`, voices[at % voices.length] ?? voices[0], 1)
    const { first = "", last = "" } = nameIn(await ear.hear(sound, { language }), true) ?? {}
    all.push({ said, heard: { first, last } })
  }
  return all
}

function rowsOf(what: string, all: readonly Heard[]): readonly BenchRow[] {
  const own = (takes: Takes) => percent(all.map(({ said, heard }) => takes(heard, said)))
  const others = (takes: Takes, isRelative: boolean) =>
    percent(
      all.flatMap(({ said, heard }) =>
        names
          .filter((one) => wholeOf(one) !== wholeOf(said))
          .filter(({ last }) => (last === said.last) === isRelative)
          .map((one) => takes(heard, one)),
      ),
    )
  return [
    { what: `${what}: taken for the name`, of: own },
    { what: `${what}: for a relative's`, of: (takes: Takes) => others(takes, true) },
    { what: `${what}: for a stranger's`, of: (takes: Takes) => others(takes, false) },
  ].map(({ what, of }) => rowOf({ what, ours: of(bySound), reference: of(asWritten), unit: "%" }))
}

function percent(all: readonly boolean[]): number {
  return (100 * all.filter(Boolean).length) / all.length
}
