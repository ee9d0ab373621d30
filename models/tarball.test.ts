import assert from "node:assert/strict"
import { execFileSync } from "node:child_process"
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { test } from "node:test"
import { extract } from "./tarball.ts"

test("named files come out of an archive in any order; others stay inside", async (t) => {
  const from = mkdtempSync(join(tmpdir(), "archive-"))
  t.after(() => rmSync(from, { recursive: true }))
  mkdirSync(join(from, "package/deep"), { recursive: true })
  writeFileSync(join(from, "package/deep/b.bin"), "b".repeat(70_000))
  writeFileSync(join(from, "package/a.bin"), "a")
  writeFileSync(join(from, "package/other.js"), "never")
  const names = ["package/other.js", "package/deep/b.bin", "package/a.bin"]
  execFileSync("tar", ["-czf", join(from, "p.tgz"), "-C", from, ...names])
  let bytes = 0
  const out = new Map([
    ["package/a.bin", join(from, "a-out")],
    ["package/deep/b.bin", join(from, "b-out")],
  ])
  await extract(join(from, "p.tgz"), out, (count) => {
    bytes += count
  })
  assert.equal(readFileSync(join(from, "a-out"), "utf8"), "a")
  assert.equal(readFileSync(join(from, "b-out"), "utf8"), "b".repeat(70_000))
  assert.equal(bytes, 70_001)
  const absent = new Map([["package/none", join(from, "none")]])
  await assert.rejects(
    extract(join(from, "p.tgz"), absent, () => undefined),
    /has no package\/none/,
  )
})
