import assert from "node:assert/strict"
import { createHash } from "node:crypto"
import { once } from "node:events"
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from "node:fs"
import { createServer } from "node:http"
import type { AddressInfo } from "node:net"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { test } from "node:test"
import { check, pull, type Report } from "./fetch.ts"
import type { Manifest } from "./manifest.ts"

const CONTENT = "weights, as good as any"
const NOWHERE = "http://127.0.0.1:9/voice.bin"

interface Bench {
  readonly cache: string
  readonly from: string
  readonly troubles: string[]
  readonly files: string[]
  readonly report: Report
}

function setUp(t: { after(run: () => void): void }): Bench {
  const root = mkdtempSync(join(tmpdir(), "models-"))
  t.after(() => rmSync(root, { recursive: true, force: true }))
  const troubles: string[] = []
  const files: string[] = []
  const report: Report = {
    begin: () => undefined,
    file: (path) => files.push(path),
    bytes: () => undefined,
    trouble: (text) => troubles.push(text),
    done: () => undefined,
    end: () => undefined,
  }
  mkdirSync(join(root, "from", "voice"), { recursive: true })
  return { cache: join(root, "cache"), from: join(root, "from"), troubles, files, report }
}

function manifestOf(...urls: string[]): Manifest {
  const voice = {
    path: "voice/voice.bin",
    does: "Speaks.",
    bytes: CONTENT.length,
    sha256: createHash("sha256").update(CONTENT).digest("hex"),
    licence: "MIT",
    sources: urls.map((url) => ({ kind: "url" as const, url })),
  }
  return {
    profiles: { small: { does: "Little.", ramMiB: 1, files: ["voice"] } },
    files: { voice },
  }
}

const pullFrom = (bench: Bench, manifest = manifestOf(NOWHERE), from?: string) =>
  pull({ manifest, profile: "small", cache: bench.cache, from, report: bench.report })

test("a file comes from a local folder, and a second pull does nothing, offline", async (t) => {
  const bench = setUp(t)
  writeFileSync(join(bench.from, "voice/voice.bin"), CONTENT)
  assert.equal(await pullFrom(bench, manifestOf(NOWHERE), bench.from), 1)
  assert.equal(readFileSync(join(bench.cache, "voice/voice.bin"), "utf8"), CONTENT)
  assert.equal(await pullFrom(bench), 0)
  assert.deepEqual(bench.files, ["voice/voice.bin"])
})

test("a source that gives other bytes is passed over, and what it gave is not kept", async (t) => {
  const bench = setUp(t)
  const server = createServer((request, response) => {
    response.end(request.url === "/good" ? CONTENT : CONTENT.toUpperCase())
  }).listen(0, "127.0.0.1")
  t.after(() => server.close())
  await once(server, "listening")
  const address: unknown = server.address()
  const url = `http://127.0.0.1:${(address as AddressInfo).port}`
  assert.equal(await pullFrom(bench, manifestOf(`${url}/bad`, `${url}/good`)), 1)
  assert.match(bench.troubles.join(), /another hash/)
  assert.equal(readFileSync(join(bench.cache, "voice/voice.bin"), "utf8"), CONTENT)
  assert.deepEqual(readdirSync(bench.cache), ["voice"])
})

test("when no source has it the error names the file and says what to do", async (t) => {
  const bench = setUp(t)
  await assert.rejects(pullFrom(bench), /voice\/voice\.bin.*--from/)
  assert.equal(existsSync(join(bench.cache, "voice")), false)
})

test("a file corrupted in the cache is found by check and fetched again by pull", async (t) => {
  const bench = setUp(t)
  const manifest = manifestOf(NOWHERE)
  const path = join(bench.cache, "voice/voice.bin")
  writeFileSync(join(bench.from, "voice/voice.bin"), CONTENT)
  await pullFrom(bench, manifest, bench.from)
  const intact = await check(manifest, "small", bench.cache)
  assert.deepEqual(intact, [{ path: "voice/voice.bin", state: "intact" }])

  writeFileSync(path, CONTENT.replace("good", "evil"))
  const corrupt = await check(manifest, "small", bench.cache)
  assert.equal(corrupt[0]?.state, "corrupt")
  assert.equal(await pullFrom(bench, manifest, bench.from), 1)
  assert.equal(readFileSync(path, "utf8"), CONTENT)
})

test("what an interrupted pull left behind long ago is removed", async (t) => {
  const bench = setUp(t)
  const abandoned = join(bench.cache, ".pulling-abandoned")
  mkdirSync(abandoned, { recursive: true })
  utimesSync(abandoned, 1, 1)
  writeFileSync(join(bench.from, "voice/voice.bin"), CONTENT)
  await pullFrom(bench, manifestOf(NOWHERE), bench.from)
  assert.deepEqual(readdirSync(bench.cache), ["voice"])
})

test("a file that was touched but not changed is hashed, not fetched again", async (t) => {
  const bench = setUp(t)
  writeFileSync(join(bench.from, "voice/voice.bin"), CONTENT)
  await pullFrom(bench, manifestOf(NOWHERE), bench.from)
  utimesSync(join(bench.cache, "voice/voice.bin"), 1, 1)
  assert.equal(await pullFrom(bench), 0)
})
