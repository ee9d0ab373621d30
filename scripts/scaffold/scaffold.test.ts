/** The scaffolds, run in a copy of the repository: what they make passes its own tests. */
import assert from "node:assert/strict"
import { readdirSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { test } from "node:test"
import { problemWith } from "./copy.ts"
import { rename } from "./rename.ts"
import { copyOfTheRepository, run } from "./repository-copy.ts"

test("a new module keeps the types and passes the tests it was copied with", (context) => {
  const copy = copyOfTheRepository(context)
  assertMade(copy, { script: "scripts/new-module.ts", folder: "modules", name: "prior-talks" })
})

test("a new adapter keeps the types and passes the tests it was copied with", (context) => {
  const copy = copyOfTheRepository(context)
  assertMade(copy, { script: "scripts/new-adapter.ts", folder: "pms-adapters", name: "corner-rx" })
})

interface Made {
  readonly script: string
  readonly folder: string
  readonly name: string
}

function assertMade(copy: string, { script, folder, name }: Made): void {
  const made = run(copy, [script, name])
  assert.equal(made.status, 0, made.said)
  const types = run(copy, ["node_modules/.bin/tsc", "-p", "."])
  assert.ok(!types.said.includes(`${folder}/${name}/`), types.said)
  const files = readdirSync(join(copy, folder, name), { recursive: true }).map(String)
  assert.ok(
    files.some((file) => file.endsWith(".test.ts")),
    "an example without tests",
  )
  const tested = run(copy, ["--test", `${folder}/${name}/**/*.test.ts`])
  assert.equal(tested.status, 0, tested.said)
  const sources = files.filter((file) => file.endsWith(".ts"))
  for (const file of sources) {
    const text = readFileSync(join(copy, folder, name, file), "utf8")
    assert.doesNotMatch(text.replaceAll(/action: "\w+"/g, ""), /callbacks|_blueprint/, file)
  }
  assert.equal(run(copy, [script, name]).status, 1, "it wrote over what was there")
}

test("a name that is taken, empty of meaning or not in kebab-case is refused with a reason", () => {
  assert.equal(problemWith("med-sync", []), undefined)
  assert.match(problemWith("MedSync", []) ?? "", /kebab-case/)
  assert.match(problemWith("../core", []) ?? "", /kebab-case/)
  assert.match(problemWith("drug-utils", []) ?? "", /says nothing/)
  assert.match(problemWith("refills", ["refills"]) ?? "", /taken/)
  assert.match(problemWith("a".repeat(41), []) ?? "", /at most 40/)
})

const renamed: readonly (readonly [string, string])[] = [
  ['import { callbacks } from "./contract.ts"', 'import { priorAuth } from "./contract.ts"'],
  ['  name: "callbacks",', '  name: "prior-auth",'],
  ["export const Callback = t.Object({", "export const PriorAuthItem = t.Object({"],
  ["  const callback = await get(id)", "  const priorAuthItem = await get(id)"],
  ['    faults: { unknown_callback: "x" },', '    faults: { unknown_prior_auth_item: "x" },'],
  ['      action: "callback_request",', '      action: "callback_request",'],
  ["./callbacks.test.ts", "./prior-auth.test.ts"],
  ["/** See `callbacks.open`. */", "/** See `prior-auth.open`. */"],
  ["/** Callbacks the pharmacy owes. */", "/** Prior auth the pharmacy owes. */"],
]

for (const [before, after] of renamed) {
  test(`renaming turns ${before.trim()} into ${after.trim()}`, () => {
    const renaming = { from: "callbacks", to: "prior-auth", isPage: false }
    assert.equal(rename(before, renaming), after)
  })
}
