import assert from "node:assert/strict"
import { mkdtemp, readdir, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { type TestContext, test } from "node:test"
import { systemClock } from "#core/clock.ts"
import type { Log } from "#core/log.ts"
import type { Sentence } from "../../intent/contract.ts"
import type { Rendering } from "./rendering.ts"
import { Voicebox, type VoiceProcess } from "./voicebox.ts"
import type { Asks } from "./wire.ts"

const nothing = () => undefined
const log: Log = { debug: nothing, info: nothing, warn: nothing, error: nothing, child: () => log }

function sentence(spoken: string, fixed: boolean): Sentence {
  return { reply: "test", text: spoken, spoken, fixed, protected: false }
}

/** A voice that says a tenth of a second for whatever it is asked, or fails. */
function voice(isUp = true): VoiceProcess & { readonly asked: Asks[] } {
  const asked: Asks[] = []
  return {
    asked,
    whenReady: async () => undefined,
    request: (asks, _deadlineMs, onClause) => {
      asked.push(asks)
      const speak = async () => {
        if (!isUp) throw new Error("down")
        onClause?.({ id: 1, clause: 0, pcm24k: new Float32Array(2_400).fill(0.3) })
        return { id: 1, ok: true }
      }
      return { done: speak(), cancel: nothing }
    },
  }
}

const around = { clock: systemClock, log, isBusy: () => false }

async function box(t: TestContext, good = voice(), spare = voice()) {
  const folder = await mkdtemp(join(tmpdir(), "mortar-voice-"))
  // A rendered sentence may still be on its way to the disk when its test ends.
  t.after(() => rm(folder, { recursive: true, force: true, maxRetries: 10 }))
  const make = () =>
    new Voicebox({ voice: good, spare, names: { en: "a", es: "b" }, speed: 1, folder, ...around })
  return { folder, make, good, spare }
}

const finished = (rendering: Rendering) =>
  new Promise<void>((resolve) => {
    if (rendering.isDone) resolve()
    else rendering.onChange(() => rendering.isDone && resolve())
  })

test("known sentences are rendered once, and the next start finds them on disk", async (t) => {
  const { folder, make, good } = await box(t)
  const known = [sentence("Hello.", true), sentence("Goodbye.", true)]
  await make().prepare(known, "en")
  assert.equal((await readdir(folder)).length, 2)
  const second = make()
  await second.prepare(known, "en")
  assert.equal(good.asked.length, 2)
  const rendering = second.render(sentence("Hello.", true), "en")
  assert.ok(rendering.isDone && rendering.length >= 800)
})

test("a sentence in another language than the call is said by that language's voice", async (t) => {
  const { make, good } = await box(t)
  const offer: Sentence = { ...sentence("Para español, oprima dos.", true), language: "es" }
  const made = make()
  await made.prepare([offer], "en")
  await finished(made.render(offer, "en"))
  await finished(made.render(sentence("Hello.", true), "en"))
  const voices = good.asked.map((asks) => (asks.op === "speak" ? asks.voice : asks.op))
  assert.deepEqual(voices, ["b", "a"])
})

test("a sentence with a value is said again from memory and leaves nothing on disk", async (t) => {
  const { folder, good, make } = await box(t)
  const made = make()
  const rendering = made.render(sentence("Your losartan is ready.", false), "en")
  await finished(rendering)
  await new Promise(setImmediate)
  const again = made.render(sentence("Your losartan is ready.", false), "en")
  assert.ok(again.isDone && again.length >= 800)
  assert.equal(good.asked.length, 1)
  assert.deepEqual(await readdir(folder), [])
})

test("when the voice is down the spare one speaks", async (t) => {
  const { make, spare } = await box(t, voice(false))
  const rendering = make().render(sentence("Hello.", true), "es")
  await finished(rendering)
  assert.ok(rendering.length > 0)
  assert.ok(spare.asked[0]?.op === "speak" && spare.asked[0].voice === "spare_es")
})

test("when both are down the sentence ends without sound", async (t) => {
  const { make } = await box(t, voice(false), voice(false))
  const rendering = make().render(sentence("Hello.", false), "en")
  await finished(rendering)
  assert.equal(rendering.length, 0)
})
