import assert from "node:assert/strict"
import { readdirSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { test } from "node:test"
import { findReply, placeholdersOf, replyNames } from "./catalogue.ts"
import { placeholders } from "./placeholders.ts"

const root = join(import.meta.dirname, "../..")

/** Everything that can say a reply: by its name, by the name of a fault, or by how names begin. */
function sources(): string {
  return ["intent", "modules", "voice"]
    .flatMap((folder) =>
      readdirSync(join(root, folder), { recursive: true, encoding: "utf8" })
        .filter(
          (file) =>
            (file.endsWith(".ts") && !file.endsWith(".test.ts")) || file.endsWith("faults.yaml"),
        )
        .map((file) => readFileSync(join(root, folder, file), "utf8")),
    )
    .join("\n")
}

function unsaid(names: readonly string[], source: string): readonly string[] {
  const heads = [...source.matchAll(/`([a-z_]+\.(?:[a-z_]+_)?)\$\{/g)].map(([, head = ""]) => head)
  const named = new Set(
    [...source.matchAll(/(?:"|: )([a-z_]+(?:\.[a-z_0-9]+)?)(?:"|$)/gm)].map(([, name]) => name),
  )
  return names.filter((name) => !named.has(name) && !heads.some((head) => name.startsWith(head)))
}

test("every reply is said by something", () => {
  assert.deepEqual(unsaid(replyNames, sources()), [])
})

test("a reply that nothing says is found", () => {
  const source =
    'talk.say("hours.week")\ntalk.say(`refill.law_$' + "{why}`)\nrefills.gone: refill.gone\n"
  const names = ["hours.week", "refill.law_late", "refill.gone", "hours.never"]
  assert.deepEqual(unsaid(names, source), ["hours.never"])
})

test("every kind of placeholder stands in a reply", () => {
  const used = replyNames.flatMap((name) => placeholdersOf(findReply(name, "en")?.template ?? ""))
  assert.deepEqual(
    Object.keys(placeholders).filter((kind) => !used.includes(kind)),
    [],
  )
})
