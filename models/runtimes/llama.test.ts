/** Drafts change when an answer comes and never what it is. With the smallest model there is. */
import assert from "node:assert/strict"
import { test } from "node:test"
import { modelPath } from "../cache.ts"
import type { LanguageTask } from "../language-protocol.ts"
import { Llama } from "./llama.ts"

const names = ["red", "green", "blue"]
/** Two examples leave no doubt about the order: where two words are as likely, rounding decides. */
const examples =
  'Text: the sky is blue\n{"colours":["blue"]}\n' +
  'Text: a green car and a blue boat\n{"colours":["green","blue"]}\n'
const colours: LanguageTask = {
  prefix: `Say which colours are named.\n\n${examples}`,
  schema: {
    type: "object",
    properties: {
      colours: { type: "array", items: { enum: names }, minItems: 1, maxItems: 2 },
    },
  },
  sequences: 1,
  answerTokens: 16,
}
const question = "Text: a green car and a blue boat\n"

async function answerOf(draftFile?: string): Promise<string> {
  const file = await modelPath("tinyllama-1.1b")
  const opened = { file, ...(draftFile && { draftFile }), tasks: { colours }, threads: 1 }
  const llama = await Llama.open(opened)
  const { text } = await llama.complete("colours", question, new AbortController().signal)
  await llama.close()
  return text
}

test("a draft changes no word of an answer", async () => {
  const alone = await answerOf()
  assert.match(alone, /^\{"colours": ?\["green", ?"blue"\]/)
  assert.equal(await answerOf(await modelPath("tinyllama-1.1b")), alone)
})

test("a task it was not opened for is refused", async () => {
  const file = await modelPath("tinyllama-1.1b")
  const llama = await Llama.open({ file, tasks: { colours }, threads: 1 })
  const asked = llama.complete("summary", "Text: none\n", new AbortController().signal)
  await assert.rejects(asked, /other tasks/)
  await llama.close()
})
