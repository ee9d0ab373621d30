import assert from "node:assert/strict"
import { mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { test } from "node:test"
import { filesOf, ourManifest, readManifest } from "./manifest.ts"
import { DEFAULT_VOICE, voices } from "./voices.ts"

test("every embedded file has a size, a hash and an npm package of an exact version", () => {
  const files = filesOf(ourManifest(), "embedded")
  assert.ok(files.length >= 10)
  for (const [id, file] of files) {
    assert.ok(file.bytes !== null && file.sha256 !== null, id)
    assert.ok(
      file.sources.some((source) => source.kind === "npm"),
      id,
    )
    const isDoubled = file.sources.length >= 2 || file.note !== undefined
    assert.ok(isDoubled, `${id} has a second source, or says why not`)
  }
})

test("a file without a known hash says why in its note", () => {
  const { files } = ourManifest()
  const unknown = Object.values(files).filter((file) => file.sha256 === null)
  assert.ok(unknown.length > 0)
  for (const file of unknown) assert.ok(file.note !== undefined, file.path)
})

test("no two files share a place in the cache", () => {
  const paths = Object.values(ourManifest().files).map((file) => file.path)
  assert.equal(new Set(paths).size, paths.length)
})

test("every voice's style file is in the embedded profile, a caller's in that of callers", () => {
  const idsOf = (profile: string) => filesOf(ourManifest(), profile).map(([id]) => id)
  const [embedded, callers] = [idsOf("embedded"), idsOf("callers")]
  for (const { file, isCaller } of Object.values(voices)) {
    if (file !== undefined) assert.ok((isCaller ? callers : embedded).includes(file), file)
  }
  assert.ok(!callers.includes(voices[DEFAULT_VOICE]?.file ?? ""))
})

test("a manifest is refused when a profile names no such file, or a hash is not one", () => {
  const folder = mkdtempSync(join(tmpdir(), "manifest-"))
  const read = (manifest: unknown) => {
    writeFileSync(join(folder, "manifest.json"), JSON.stringify(manifest))
    return readManifest(join(folder, "manifest.json"))
  }
  const profiles = { small: { does: "Little.", ramMiB: 1, files: ["voice"] } }
  const file = { path: "voice/voice.bin", does: "Speaks.", bytes: 1, licence: "MIT" }
  const sources = [{ kind: "url", url: "https://example.com/voice.bin" }]
  const good = { ...file, sha256: "0".repeat(64), sources }
  try {
    assert.equal(filesOf(read({ profiles, files: { voice: good } }), "small").length, 1)
    assert.throws(() => read({ profiles, files: {} }), /names voice/)
    const talking = { small: { ...profiles.small, language: ["voice"] } }
    const drafted = { voice: { ...good, draft: "child" }, child: { ...good, path: "voice/c.bin" } }
    assert.throws(() => read({ profiles: talking, files: drafted }), /does not bring child/)
    assert.throws(() => read({ profiles, files: { voice: { ...good, sha256: "abc" } } }))
  } finally {
    rmSync(folder, { recursive: true })
  }
})
