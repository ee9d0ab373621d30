/** The web app fits the contracts it speaks, and can be built. */
import assert from "node:assert/strict"
import { spawnSync } from "node:child_process"
import { test } from "node:test"

const root = `${import.meta.dirname}/..`

test("the web app's types fit the contracts", () => {
  const { status, stdout } = spawnSync(
    process.execPath,
    [`${root}/node_modules/typescript/bin/tsc`, "-p", "dashboard/web"],
    { cwd: root, encoding: "utf8" },
  )
  assert.equal(status, 0, stdout)
})
