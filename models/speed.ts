/**
 * `mortar models speed`: how fast the language models of a profile are on this machine, each alone
 * and with its draft, beside what the memory of the appliance would allow.
 */
import { stat } from "node:fs/promises"
import { availableParallelism, cpus, totalmem } from "node:os"
import { modelPath } from "./cache.ts"
import { ourManifest } from "./manifest.ts"
import { ModelError } from "./model-error.ts"
import { measureLlama, type Speed } from "./runtimes/llama-meter.ts"

/** What an M4 Pro reads from memory in a second, as Apple publishes it. */
const M4_PRO_BYTES_PER_S = 273e9

interface Wanted {
  readonly profile: string
  readonly model?: string
  readonly draft?: string
}

/** Prints the table; answers the exit code. */
export async function speed({ profile, model, draft }: Wanted): Promise<number> {
  const manifest = ourManifest()
  const models = model === undefined ? (manifest.profiles[profile]?.language ?? []) : [model]
  if (models.length === 0) throw new Error(`No profile with a language model is called ${profile}.`)
  const memoryGiB = Math.round(totalmem() / 2 ** 30)
  console.log(
    `${availableParallelism()} × ${cpus()[0]?.model ?? "unknown"}, ${memoryGiB} GiB of memory`,
  )
  console.log(`\n${row("model", HEADINGS)}`)
  let measured = 0
  for (const id of models) {
    const drafting = draft ?? manifest.files[id]?.draft
    measured += await measureModel(id)
    if (drafting !== undefined) measured += await measureModel(id, drafting)
  }
  console.log(`\n${LEGEND}`)
  return measured > 0 ? 0 : 1
}

const HEADINGS = ["load s", "read t/s", "write t/s", "first ms", "MiB", "accepted", "M4 Pro max"]
const LEGEND = `read: a prompt that is in no cache. write: the answer, one token after the other.
first: to the first token of an answer, the common beginning of all questions being in the cache.
MiB: of memory, and of the graphics processor where there is one. accepted: of the drafted tokens.
M4 Pro max: 273 GB/s of memory over the bytes of the weights, without a draft.`

function row(name: string, cells: readonly string[]): string {
  return name.padEnd(34) + cells.map((cell) => cell.padStart(11)).join("")
}

/** 1 when it was there to be measured. */
async function measureModel(id: string, draft?: string): Promise<0 | 1> {
  const name = draft === undefined ? id : `${id} + ${draft}`
  try {
    const file = await modelPath(id)
    const draftFile = draft === undefined ? undefined : await modelPath(draft)
    const threads = Math.max(1, availableParallelism() - 1)
    const speed = await measureLlama({ file, ...(draftFile && { draftFile }) }, threads)
    const { size } = await stat(file)
    console.log(row(name, cellsOf(speed, draft === undefined ? size : undefined)))
    return 1
  } catch (trouble) {
    if (!(trouble instanceof ModelError)) throw trouble
    console.log(`${name.padEnd(34)} is not here. ${trouble.message}`)
    return 0
  }
}

function cellsOf(speed: Speed, bytes: number | undefined): readonly string[] {
  const { acceptedShare, graphicsMiB, residentMiB } = speed
  return [
    (speed.loadMs / 1_000).toFixed(1),
    speed.promptTokensPerS.toFixed(1),
    speed.tokensPerS.toFixed(1),
    speed.firstTokenMs.toFixed(0),
    graphicsMiB > 0 ? `${residentMiB}+${graphicsMiB}` : `${residentMiB}`,
    acceptedShare === undefined ? "" : `${Math.round(acceptedShare * 100)} %`,
    bytes === undefined ? "" : (M4_PRO_BYTES_PER_S / bytes).toFixed(1),
  ]
}
