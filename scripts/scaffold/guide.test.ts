/** The guide for a new vendor, followed word for word in a copy of the repository. */
import assert from "node:assert/strict"
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { dirname, join } from "node:path"
import { test } from "node:test"
import { copyOfTheRepository, run } from "./repository-copy.ts"

const GUIDE = "pms-adapters/NEW-VENDOR.md"
const VENDOR = "corner-rx"

/** Blocks in their order: a file is named behind the language, commands have no name. */
function blocksOf(text: string) {
  const found = text.matchAll(/^```(\w+)(?: (\S+))?\n([\s\S]*?)^```/gm)
  return [...found].map(([, , path, body = ""]) => ({ path, body }))
}

test("a stranger who follows the guide has an adapter that keeps the contract", (context) => {
  const copy = copyOfTheRepository(context)
  const blocks = blocksOf(readFileSync(join(copy, GUIDE), "utf8"))
  const tried: string[] = []
  for (const { path, body } of blocks) {
    if (path === undefined) {
      tried.push(
        ...body
          .trim()
          .split("\n")
          .filter((line) => follow(copy, line)),
      )
    } else {
      mkdirSync(dirname(join(copy, path)), { recursive: true })
      writeFileSync(join(copy, path), body)
    }
  }
  assert.deepEqual(tried, [
    `npm run new:adapter ${VENDOR}`,
    `rm pms-adapters/${VENDOR}/vendor.ts`,
    `node --test pms-adapters/${VENDOR}/*.test.ts`,
  ])
  const folders = [`pms-adapters/${VENDOR}`, `simulators/pms/${VENDOR}`]
  const written = run(copy, ["node_modules/.bin/biome", "check", ...folders])
  assert.equal(written.status, 0, written.said)
  const types = run(copy, ["node_modules/.bin/tsc", "-p", "."])
  assert.ok(!types.said.includes(VENDOR), types.said)
})

/** Carries out a line of the guide, and answers whether it is one that a test can. */
function follow(copy: string, line: string): boolean {
  const [, name] = /^npm run new:adapter (\S+)$/.exec(line) ?? []
  const [, gone] = /^rm (\S+)$/.exec(line) ?? []
  const [, tests] = /^node --test (\S+)$/.exec(line) ?? []
  if (name !== undefined) succeed(copy, ["scripts/new-adapter.ts", name])
  else if (tests !== undefined) succeed(copy, ["--test", tests])
  else if (gone === undefined) return false
  else {
    assert.ok(existsSync(join(copy, gone)), `${gone} is not there to be removed`)
    rmSync(join(copy, gone))
  }
  return true
}

function succeed(copy: string, args: readonly string[]): void {
  const { status, said } = run(copy, args)
  assert.equal(status, 0, said)
}
