import assert from "node:assert/strict"
import { chmodSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { test } from "node:test"
import { newFolder } from "./fixtures/new-folder.ts"
import { Secrets } from "./secrets.ts"

const secrets = new Secrets({ TOKEN: "from the environment", EMPTY: "" })

test("a secret is read from the environment or from a file for its owner alone", async () => {
  const file = join(newFolder(), "token")
  writeFileSync(file, "from a file\n", { mode: 0o600 })
  assert.equal(await secrets.read("env:TOKEN"), "from the environment")
  assert.equal(await secrets.read(`file:${file}`), "from a file")
  chmodSync(file, 0o640)
  await assert.rejects(secrets.read(`file:${file}`), { code: "open_to_others" })
})

test("a secret that is absent or empty is missing, and the error says where to look", async () => {
  await assert.rejects(secrets.read("env:ABSENT"), { message: "secret_missing: env:ABSENT" })
  await assert.rejects(secrets.read("env:EMPTY"), { code: "secret_missing" })
  await assert.rejects(secrets.read("file:/nowhere/token"), { code: "secret_missing" })
})

test("a literal where a reference belongs is refused and not repeated", async () => {
  for (const literal of ["hunter2", "AC0123456789", "env:", "vault:token", "env:A B"]) {
    await assert.rejects(secrets.read(literal), { message: "not_a_reference" })
  }
})
