/** The figures of one channel and language, of this run or read from the file of an earlier one. */
import { readFileSync } from "node:fs"
import { type Static, Type as t } from "typebox"
import { parseJson } from "#core/json.ts"
import type { Results } from "./results.ts"

const Measured = t.Union([t.Number(), t.Null()])
const Run = t.Object({ channel: t.String(), split: t.String(), seed: t.Integer() })
const Part = t.Object({
  language: t.String(),
  tasks: t.Integer(),
  success: t.Number(),
  successLow: t.Number(),
  successHigh: t.Number(),
  underEscalations: t.Integer(),
  disclosures: t.Integer(),
  identifiersRight: Measured,
  voiceToVoiceMsP50: Measured,
  voiceToVoiceMsP95: Measured,
  falseCutOffs: Measured,
  backchannelsIgnored: Measured,
})
const File = t.Object({ ...Run.properties, languages: t.Array(Part) })

export type Series = Static<typeof Run> & Static<typeof Part>

export function seriesOf({ channel, split, seed, languages }: Static<typeof File> | Results) {
  return languages.map((part) => ({ channel, split, seed, ...part }))
}

/** What `--json` of an earlier run wrote. Throws when it is no such file. */
export function readSeries(file: string): readonly Series[] {
  return seriesOf(parseJson(readFileSync(file, "utf8"), File))
}
