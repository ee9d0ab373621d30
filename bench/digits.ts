/**
 * Whether the digits that a neural voice says in Spanish on the telephone are the digits the ear
 * writes down: told beforehand how digits look, beside told nothing. A share in percent.
 */
import { slotsOf } from "../intent/slots/slots.ts"
import { promptFor } from "../voice/turns/agreement.ts"
import { type BenchResult, type BenchRow, rowOf } from "./contest.ts"
import { chosen, drawn } from "./conversations/caller/chance.ts"
import { spokenDigits } from "./conversations/caller/spoken.ts"
import { type NeuralVoice, neuralVoice } from "./conversations/channels/neural-voices.ts"
import { type Ear, earOf } from "./fixtures/ears.ts"

const language = "es"
const voices = ["em_alex", "em_santa"] as const
const kinds = [
  { what: "ZIP codes right", digits: 5, leads: ["Mi código postal es", "El código es", ""] },
  { what: "prescription numbers right", digits: 7, leads: ["Es el número", "El número es", ""] },
] as const
type Kind = (typeof kinds)[number]

const COUNT = 30
const PACES = [0.9, 1, 1.1] as const

export async function bench(): Promise<BenchResult> {
  await using undo = new AsyncDisposableStack()
  const voice = await neuralVoice({ after: (end) => undo.defer(end) })
  await using ear = await earOf("careful")
  const rows: BenchRow[] = []
  for (const kind of kinds) rows.push(await measured(kind, voice, ear))
  return { name: "Spanish digits, the ear told how they are written, beside told nothing", rows }
}

async function measured(kind: Kind, voice: NeuralVoice, ear: Ear): Promise<BenchRow> {
  const told = promptFor("rx_number", [], language)
  let ours = 0
  let reference = 0
  for (let at = 0; at < COUNT; at += 1) {
    const { digits, text, voiceName, pace } = said(kind, at)
    const sound = await voice(text, voiceName, pace)
    if (digits === heardIn(await ear.hear(sound, { language, prompt: told }))) ours += 1
    if (digits === heardIn(await ear.hear(sound, { language }))) reference += 1
  }
  const share = (right: number) => (100 * right) / COUNT
  return rowOf({ what: kind.what, ours: share(ours), reference: share(reference), unit: "%" })
}

function said({ what, digits: count, leads }: Kind, at: number) {
  const draw = String(Math.floor(drawn(what, at) * 10 ** count))
  const digits = draw.padStart(count, "3")
  const spoken = spokenDigits(digits, chosen(["apart", "words"], what, at, "style"), language)
  return {
    digits,
    text: `${chosen(leads, what, at, "lead")} ${spoken}.`.trim(),
    voiceName: chosen(voices, what, at, "voice"),
    pace: chosen(PACES, what, at, "pace"),
  }
}

function heardIn(text: string): string | undefined {
  const { zip, rxNumbers } = slotsOf({ text, expect: "rx_number", language, today: "2026-12-01" })
  return zip ?? rxNumbers?.[0]
}
