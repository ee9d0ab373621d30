import assert from "node:assert/strict"
import { createHash } from "node:crypto"
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { test } from "node:test"
import { wordsOf } from "../words.ts"
import { readCorpus } from "./corpus.ts"
import { EMBEDDING_SIZE } from "./embedder.ts"
import {
  meaningClassifier,
  meaningFile,
  readMeaning,
  trainMeaning,
  writeMeaning,
} from "./meaning.ts"
import { readTokenizer } from "./word-pieces.ts"

/** A stand-in for the sentence model: each word adds to a few places that its hash names. */
async function hashEmbedder(text: string): Promise<Float32Array> {
  const vector = new Float32Array(EMBEDDING_SIZE)
  for (const word of wordsOf(text)) {
    const hash = createHash("sha256").update(word).digest()
    for (let k = 0; k < 8; k += 1) {
      const at = hash.readUInt16LE(k * 2) % EMBEDDING_SIZE
      vector[at] = (vector[at] ?? 0) + 1
    }
  }
  const length = Math.hypot(...vector) || 1
  return vector.map((value) => value / length)
}

function folderFor(t: { after(run: () => void): void }): string {
  const folder = mkdtempSync(join(tmpdir(), "mortar-intent-"))
  mkdirSync(join(folder, "gte-small"))
  t.after(() => rmSync(folder, { recursive: true }))
  return folder
}

test("what was trained is read back from its file and answers the same", async (t) => {
  const whole = readCorpus()
  const corpus = { ...whole, says: whole.says.filter((_, index) => index % 4 === 0) }
  const file = meaningFile(folderFor(t), corpus)
  const trained = await trainMeaning(corpus, hashEmbedder)
  assert.equal(readMeaning(file, corpus), undefined)
  writeMeaning(file, trained)
  const read = readMeaning(file, corpus)
  assert.ok(read)
  const before = meaningClassifier(corpus, trained, hashEmbedder)
  const after = meaningClassifier(corpus, read, hashEmbedder)
  for (const { text } of corpus.says.slice(0, 20)) {
    assert.deepEqual(await after.classify(text), await before.classify(text))
  }
})

test("another corpus has another file, so that nothing stale is read", (t) => {
  const corpus = readCorpus()
  const folder = folderFor(t)
  const other = { ...corpus, says: corpus.says.slice(1) }
  assert.notEqual(meaningFile(folder, corpus), meaningFile(folder, other))
})

test("words are cut into the longest known pieces", (t) => {
  const file = join(folderFor(t), "tokenizer.json")
  const pieces = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "re", "refill", "##s", "##ing", "my", ","]
  const vocab = Object.fromEntries(pieces.map((piece, index) => [piece, index]))
  writeFileSync(file, JSON.stringify({ model: { vocab } }))
  const tokensOf = readTokenizer(file)
  assert.deepEqual(tokensOf("Refills, my refilling"), [2, 5, 6, 9, 8, 5, 7, 3])
  assert.deepEqual(tokensOf("xyzzy"), [2, 1, 3])
})
