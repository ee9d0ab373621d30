/**
 * Each gate is shown red on a violation planted for it, and on a tree in which it sees nothing. A
 * gate that cannot fail guards nothing.
 */
import assert from "node:assert/strict"
import { spawnSync } from "node:child_process"
import { copyFileSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { type TestContext, test } from "node:test"
import { type TObject, Type as t } from "typebox"
import { type CommandSpec, type ContractSpec, defineContract } from "#core/contract.ts"
import type { Found } from "../scripts/docs/contracts.ts"
import { drift, generated } from "../scripts/docs.ts"
import { scanTexts } from "../scripts/phi-scan.ts"
import { boundaryRules } from "./boundaries/rules.ts"
import { boundaryPlants, clean, tidyPlants } from "./gates/plants.ts"
import { tidyRules } from "./tidy/rules.ts"
import { type Report, treeOf } from "./tree.ts"

const root = join(import.meta.dirname, "..")
const bin = join(root, "node_modules/.bin")

function assertRed({ violations }: Report): void {
  assert.notDeepEqual(violations, [], "the planted violation was not seen")
}

test("the tree that plants are planted in keeps every rule", () => {
  const tree = treeOf(clean)
  for (const rule of boundaryRules) assert.deepEqual(rule.check(tree).violations, [], rule.name)
  for (const [name, check] of Object.entries(tidyRules)) {
    assert.deepEqual(check(tree).violations, [], name)
  }
})

test("every boundary rule has a plant and goes red on it", () => {
  assert.deepEqual(
    Object.keys(boundaryPlants),
    boundaryRules.map(({ name }) => name),
  )
  for (const rule of boundaryRules) assertRed(rule.check(treeOf(boundaryPlants[rule.name]!)))
})

for (const [name, check] of Object.entries(tidyRules)) {
  test(`the tidy rule "${name}" goes red on each of its plants`, () => {
    const plants = tidyPlants[name] ?? []
    assert.ok(plants.length > 0, "a rule without a plant")
    for (const plant of plants) assertRed(check(treeOf(plant)))
  })
}

test("an empty tree is never looked at with success", () => {
  const empty = treeOf({})
  for (const rule of boundaryRules) assert.equal(rule.check(empty).seen, 0, rule.name)
  for (const [name, check] of Object.entries(tidyRules)) {
    assert.equal(check(empty).seen, 0, name)
  }
  assert.equal(scanTexts(new Map()).seen, 0)
  assert.equal(drift([], () => undefined).seen, 0)
})

/** A folder that stands beside the repository, with its packages and its settings. */
function folderBeside(context: TestContext, files: Readonly<Record<string, string>>): string {
  const folder = mkdtempSync(join(tmpdir(), "mortar-gates-"))
  context.after(() => rmSync(folder, { recursive: true }))
  symlinkSync(join(root, "node_modules"), join(folder, "node_modules"))
  copyFileSync(join(root, "biome.json"), join(folder, "biome.json"))
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text)
  return folder
}

function runIn(folder: string, args: readonly string[]): { status: number | null; said: string } {
  const { status, stdout, stderr } = spawnSync(process.execPath, args, {
    cwd: folder,
    encoding: "utf8",
  })
  return { status, said: stdout + stderr }
}

test("the linter goes red on promises nobody waits for and on a missing case", (context) => {
  const folder = folderBeside(context, {
    "planted.ts": `
      async function work(): Promise<void> {}
      work()
      ;[1].forEach(async () => {})
      export function name(kind: "one" | "two"): string {
        switch (kind) { case "one": return "1" }
        return ""
      }
      export const loose: any = 1`,
  })
  const { status, said } = runIn(folder, [join(bin, "biome"), "lint", "--colors=off", "."])
  assert.notEqual(status, 0)
  const rules = [
    "noFloatingPromises",
    "noMisusedPromises",
    "useExhaustiveSwitchCases",
    "noExplicitAny",
  ]
  for (const rule of rules) assert.match(said, new RegExp(rule), `${rule} is off`)
})

test("the formatter goes red on a file it would write otherwise", (context) => {
  const folder = folderBeside(context, { "planted.ts": "export const one = 'two';\n" })
  const { status } = runIn(folder, [join(bin, "biome"), "format", "."])
  assert.notEqual(status, 0)
})

test("the compiler goes red on a type error, an enum and an unchecked index", (context) => {
  const settings = {
    extends: join(root, "tsconfig.json"),
    compilerOptions: { typeRoots: [join(root, "node_modules/@types")] },
    include: ["*.ts"],
  }
  const folder = folderBeside(context, {
    "tsconfig.json": JSON.stringify(settings),
    "planted.ts": `
      export const wrong: number = "one"
      export enum Kind { One }
      export const first: number = [1, 2][0]`,
  })
  const { status, said } = runIn(folder, [join(bin, "tsc"), "-p", "."])
  assert.notEqual(status, 0)
  for (const code of ["TS2322", "TS1294"]) assert.match(said, new RegExp(code))
  assert.match(said, /planted\.ts\(4,/, "an index may be out of range")
})

// Assembled here, so that this file itself stays clean under the scan.
const strangers = {
  "a phone number": ["212", "867", "5309"].join("-"),
  "a phone number as one word": `+1${"2128675309"}`,
  "a social security number": ["219", "09", "9999"].join("-"),
  "an e-mail address": ["jo", "mail.com"].join("@"),
  "a prescriber number": `npi: "${"124531959"}${"9"}"`,
  "a DEA number": `dea: ${"AB"}${"1234563"}`,
  "a birthday": `My name is ${"Jo"} ${"Stranger"}, born ${"March 3, 1961"}`,
}

for (const [what, text] of Object.entries(strangers)) {
  test(`the scan for real people goes red on ${what}`, () => {
    assertRed(scanTexts(new Map([["planted.md", `# Page\n\n${text}\n`]])))
  })
}

test("the scan lets invented people pass", () => {
  const text = `My name is James Carter, born March 14, 1958, +1${"2125550142"}, jo@example.com`
  assert.deepEqual(scanTexts(new Map([["page.md", text]])).violations, [])
})

const before: ContractSpec = defineContract({
  name: "planted",
  version: "1.0.0",
  commands: {
    ask: {
      does: "Ask.",
      effect: "read",
      action: "internal",
      input: t.Object({ one: t.String() }),
      output: t.Object({}),
      faults: { no: "No." },
    },
  },
  events: {},
})

function found(contract: Found["contract"]): readonly Found[] {
  return [{ contract, lockPath: "modules/planted/contract.lock.json" }]
}

function driftAfter(change: Partial<ContractSpec>): readonly string[] {
  const disk = generated(found(before))
  return drift(found({ ...before, ...change }), (path) => disk.get(path)).violations
}

function asking(input: CommandSpec["input"]): Pick<ContractSpec, "commands"> {
  return { commands: { ask: { ...before.commands.ask!, input } } }
}

test("docs go red when a page is not what the contracts say", () => {
  const disk = new Map([...generated(found(before))].map(([path, text]) => [path, `${text}\n`]))
  assertRed(drift(found(before), (path) => disk.get(path)))
  assert.deepEqual(driftAfter({}), [])
})

test("a contract that breaks its users is refused until its major version rises", () => {
  const broken = asking(t.Object({ one: t.String(), two: t.String() }))
  for (const version of ["1.0.0", "1.0.1", "1.1.0"] as const) {
    assert.match(driftAfter({ ...broken, version })[0]!, /a major change/)
  }
  assert.ok(driftAfter({ ...broken, version: "2.0.0" }).every((line) => /npm run docs/.test(line)))
})

test("a contract that gains something optional is refused until its minor version rises", () => {
  const wider = asking(t.Object({ one: t.String(), two: t.Optional(t.String()) }))
  assert.match(driftAfter({ ...wider, version: "1.0.1" })[0]!, /a minor change/)
  assert.ok(driftAfter({ ...wider, version: "1.1.0" }).every((line) => /npm run docs/.test(line)))
})

test("what is optional in the rows of a list is as harmless as anywhere else", () => {
  const rows = (fields: TObject) => asking(t.Object({ one: t.String(), rows: t.Array(fields) }))
  const narrow = { ...before, ...rows(t.Object({ a: t.String() })) }
  const disk = generated(found(narrow))
  const after = (fields: TObject, version: ContractSpec["version"]) =>
    drift(found({ ...narrow, ...rows(fields), version }), (path) => disk.get(path)).violations
  const wider = t.Object({ a: t.String(), b: t.Optional(t.String()) })
  assert.match(after(wider, "1.0.1")[0]!, /a minor change/)
  assert.match(after(t.Object({ a: t.Integer() }), "1.1.0")[0]!, /a major change/)
})

test("a contract whose version goes back is refused", () => {
  assert.match(driftAfter({ version: "0.9.0" })[0]!, /went back/)
})
