/** What the form of a pharmacy system's settings says, beside every adapter that there is. */
import assert from "node:assert/strict"
import { join } from "node:path"
import { test } from "node:test"
import type { TSchema } from "typebox"
import { plainWords } from "../dashboard/web/src/plain-words.ts"
import { spanish } from "../dashboard/web/src/spanish/spanish.ts"
import type { PmsAdapter } from "../pms-adapters/define.ts"
import { choicesOf } from "../pms-adapters/trial.ts"

const siteFile = join(import.meta.dirname, "../config/site.yaml")

async function load(folder: string): Promise<PmsAdapter<TSchema>> {
  const file = await import(`../pms-adapters/${folder}/adapter.ts`)
  return file.default
}

test("every setting of every adapter has its name and its help in Spanish", async () => {
  const sentences: Readonly<Record<string, string>> = spanish
  const { adapters } = await choicesOf(siteFile, load)
  const fields = adapters.flatMap((one) => one.fields)
  assert.ok(adapters.length >= 7 && fields.length > 60)
  const said = fields.flatMap(({ name, help }) => [plainWords(name), ...(help ? [help] : [])])
  const missing = [...new Set(said)].filter((words) => sentences[words] === undefined)
  assert.deepEqual(missing, [], "these belong into dashboard/web/src/spanish/pms-settings.ts")
})
