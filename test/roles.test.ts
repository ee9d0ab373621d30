/** Every command × every role × every identity level, as docs/reference/roles.md holds it. */
import assert from "node:assert/strict"
import { existsSync } from "node:fs"
import { join } from "node:path"
import { test } from "node:test"
import type { ContractSpec } from "#core/contract.ts"
import { findContracts } from "../scripts/docs/contracts.ts"
import { answerTo, columns, inForce, isBetweenModules, rolesPage } from "../scripts/docs/roles.ts"
import { drift, generated } from "../scripts/docs.ts"
import { rowOf } from "../tiers/matrix.ts"

const root = join(import.meta.dirname, "..")
const PAGE = "docs/reference/roles.md"
const found = await findContracts(root)
const contracts = found.map(({ contract }) => contract)

interface Cell {
  readonly command: string
  readonly row: string
  readonly column: string
  readonly answer: string
}

/** The page, read back as a person would read it. */
function cellsOf(page: string): readonly Cell[] {
  let [module, heads]: [string, readonly string[]] = ["", []]
  return page.split("\n").flatMap((line): readonly Cell[] => {
    const cells = line.split("|").map((cell) => cell.replaceAll("`", "").trim())
    if (line.startsWith("## ")) module = line.slice(3)
    if (line.startsWith("| Command")) heads = cells
    if (!line.startsWith("| `")) return []
    const [, name = "", row = "", ...answers] = cells
    return answers.slice(0, columns.length).map((answer, at) => ({
      ...{ command: `${module}.${name}`, row, column: heads[at + 3] ?? "", answer },
    }))
  })
}

const cells = cellsOf(rolesPage(contracts))
const specOf = (command: string) => {
  const [module, name = ""] = command.split(".")
  return contracts.find((one) => one.name === module)?.commands[name]
}

test("the page is on file and holds every command that anybody outside may send", () => {
  assert.ok(existsSync(join(root, PAGE)))
  const open = contracts.flatMap(({ name, commands }) =>
    Object.entries(commands).flatMap(([command, spec]) =>
      isBetweenModules(spec) ? [] : [`${name}.${command}`],
    ),
  )
  assert.ok(open.length > 50)
  assert.deepEqual([...new Set(cells.map(({ command }) => command))], open)
  assert.equal(cells.length, open.length * columns.length)
  for (const { command, answer } of cells) assert.match(answer, /^(yes|T[123]|–)$/, command)
})

test("no command that discloses is done for somebody who is not verified for the record", () => {
  const strangers = ["anonymous", "claimed", "of another", "no scope"]
  for (const { command, row, column, answer } of cells) {
    const isRecord = specOf(command)?.discloses && rowOf(inForce.matrix, row)?.record === "shows"
    if (isRecord && strangers.includes(column)) assert.equal(answer, "–", `${command} ${column}`)
  }
  const shown = cells.filter(
    ({ command }) => rowOf(inForce.matrix, rowIn(command))?.record !== "none",
  )
  assert.ok(shown.length > 0)
  for (const { command, column, answer } of shown)
    if (strangers.includes(column)) assert.notEqual(answer, "yes", `${command} ${column}`)
})

const rowIn = (command: string) => specOf(command)?.action ?? ""

test("nobody but a licensed pharmacist decides at T2, nobody but a manager at T3", () => {
  for (const { command, column, answer } of cells) {
    const tier = rowOf(inForce.matrix, rowIn(command))?.tier
    const [isT2, isT3] = [tier === 2, tier === 3]
    if (isT2) assert.equal(answer === "yes", column === "pharmacist", `${command} ${column}`)
    if (isT3) assert.equal(answer === "yes", column === "manager", `${command} ${column}`)
  }
})

test("an operator is shown no patient, and nobody but a manager touches accounts, rules or the log", () => {
  for (const { command, row, column, answer } of cells) {
    if (column === "operator" && specOf(command)?.discloses)
      assert.equal(answer, "–", `${command} by an operator`)
    if (["staff_admin", "rule_change", "audit_read"].includes(row))
      assert.equal(answer === "yes", column === "manager", `${command} ${column}`)
  }
})

test("work between modules is done for nobody who comes straight to it", () => {
  for (const [name, actor] of columns.filter(([column]) => column !== "schedule"))
    assert.equal(answerTo(actor("internal"), "internal"), "–", name)
})

/** What the gate that guards the page says of it when the house is as described. */
function saysOf(files: ReadonlyMap<string, string>): readonly string[] {
  return drift(found, (path) => files.get(path)).violations.filter((one) => one.includes(PAGE))
}

test("the gate is green on the page as generated, and red on a right that somebody was given", () => {
  const files = new Map(generated(found))
  assert.deepEqual(saysOf(files), [])
  const widened = inForce.matrix.map((row) =>
    row.action === "audit_read" ? { ...row, staff: [...row.staff, "technician" as const] } : row,
  )
  files.set(PAGE, rolesPage(contracts, { ...inForce, matrix: widened }))
  assert.equal(saysOf(files).length, 1)
})

test("the gate is red on a command that was moved to a row that more people may use", () => {
  const files = new Map(generated(found))
  const moved = contracts.map((one): ContractSpec => {
    if (one.name !== "staff-accounts") return one
    const { list } = one.commands
    assert.ok(list)
    return { ...one, commands: { ...one.commands, list: { ...list, action: "staff_view" } } }
  })
  files.set(PAGE, rolesPage(moved))
  assert.equal(saysOf(files).length, 1)
})
