/** The greeting for whoever sets the pharmacy up: whole, in order, and nothing when none speaks. */
import assert from "node:assert/strict"
import { test } from "node:test"
import type { Sentence } from "../intent/contract.ts"
import type { VoiceContext } from "./house.ts"
import { audioOf, type Greeting, greetingOf } from "./preview.ts"
import { Rendering } from "./speech/rendering.ts"

function sentence(spoken: string): Sentence {
  return { reply: "test", text: spoken, spoken, fixed: false, protected: false }
}

test("a preview is all sentences in their order, the kept and the ones that are spoken now", async () => {
  const audio = await audioOf([sentence("kept"), sentence("now")], "en", ({ spoken }) => {
    if (spoken === "kept") return new Rendering(Uint8Array.of(1, 2))
    const rendering = new Rendering()
    queueMicrotask(() => {
      rendering.append(Uint8Array.of(3))
      rendering.append(Uint8Array.of(4))
      rendering.finish()
    })
    return rendering
  })
  assert.deepEqual(audio, Buffer.of(1, 2, 3, 4))
})

test("a greeting of which the voice cannot say a part is not heard at all, and nobody waits", async () => {
  const audio = await audioOf([sentence("kept"), sentence("now")], "es", ({ spoken }) => {
    if (spoken === "kept") return new Rendering(Uint8Array.of(1, 2))
    const rendering = new Rendering()
    rendering.finish()
    return rendering
  })
  assert.equal(audio, undefined)
})

/** A house that phrases what it is asked, and reviews as told. */
function contextWith(trouble: string | undefined): VoiceContext {
  const call = async (_: unknown, command: string, input: { lines?: { reply: string }[] }) => ({
    ok: true,
    value:
      command === "review"
        ? { spoken: "Welcome to Willow", ...(trouble && { trouble }) }
        : { sentences: (input.lines ?? []).map(({ reply }) => sentence(reply)) },
  })
  return { call, config: { recording: "announced" } } as unknown as VoiceContext
}

test("a greeting of one's own is heard with what is always said after it, or not at all", async () => {
  const own = { spokenName: "Willow", language: "en", greeting: "Welcome to Willow" } as const
  const said = async (trouble?: string, greeting: Greeting = own) =>
    (await greetingOf(contextWith(trouble), greeting))?.map(({ spoken }) => spoken)
  assert.deepEqual(await said(), ["Welcome to Willow", "disclosure.recording"])
  assert.equal(await said("medicine"), undefined)
  const usual = { spokenName: "Willow", language: "en" } as const
  assert.deepEqual(await said("medicine", usual), ["greeting.open", "disclosure.recording"])
})
