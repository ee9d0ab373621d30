/** What automations may touch, beside every contract of the house and its matrix. */
import assert from "node:assert/strict"
import { join } from "node:path"
import { test } from "node:test"
import { commandNames, eventNames, fieldNames } from "../dashboard/web/src/automations/names.ts"
import { plainWords } from "../dashboard/web/src/plain-words.ts"
import { spanish } from "../dashboard/web/src/spanish/spanish.ts"
import { automations } from "../modules/automations/contract.ts"
import { fieldsOf } from "../modules/automations/fields.ts"
import { commands, events, never, schemaOf, specOf } from "../modules/automations/what.ts"
import { findContracts } from "../scripts/docs/contracts.ts"
import { matrix, rowOf } from "../tiers/matrix.ts"

function countOf(schema: object): number {
  return Object.keys((schema as { properties?: object }).properties ?? {}).length
}

const found = await findContracts(join(import.meta.dirname, ".."))
const contracts = found.map(({ contract }) => contract)

test("what the gate would let an automation do is offered, or it is said why not", () => {
  const open = contracts.flatMap(({ name, commands: all }) =>
    Object.entries(all)
      .filter(([, { action, effect }]) => effect !== "read" && action !== "internal")
      .filter(([, { action }]) => rowOf(matrix, action)?.system)
      .map(([command]) => [name, `${name}.${command}`] as const),
  )
  assert.ok(open.length > 30)
  for (const [module, command] of open)
    assert.ok(Object.hasOwn(commands, command) || never[module], command)
})

test("nothing is offered that is internal, reads, or is closed to the house itself", () => {
  for (const command of Object.keys(commands)) {
    const spec = specOf(command)
    assert.ok(spec, command)
    assert.notEqual(spec.action, "internal", command)
    assert.notEqual(spec.effect, "read", command)
    assert.ok(rowOf(matrix, spec.action)?.system, command)
    assert.equal(fieldsOf(spec.input).length, countOf(spec.input))
  }
})

test("whom automations must not touch, they have no command of", () => {
  const modules = Object.keys(commands).map((command) => command.split(".")[0])
  for (const module of ["messaging", "staff-accounts", "sessions", "mfa", "tier-rules", "privacy"])
    assert.ok(!modules.includes(module) && never[module], module)
  assert.ok(!modules.includes("automations") && never.automations)
})

test("every event that is heard is in its contract, in single values", () => {
  for (const event of events) {
    const schema = schemaOf(event)
    assert.ok(schema, event)
    assert.equal(fieldsOf(schema).length, countOf(schema), event)
  }
})

test("whatever a manager chooses from or is told has words in both languages", () => {
  const sentences: Readonly<Record<string, string>> = spanish
  const fields = [
    ...events.map((event) => schemaOf(event)),
    ...Object.keys(commands).map((command) => specOf(command)?.input),
  ].flatMap(fieldsOf)
  const values = fields
    .flatMap(({ choices = [] }) => choices)
    .filter((one) => typeof one === "string")
  const faults = Object.values(automations.commands).flatMap(({ faults: all }) =>
    Object.values(all),
  )
  for (const event of events) assert.ok(eventNames[event], event)
  for (const command of Object.keys(commands)) assert.ok(commandNames[command], command)
  for (const { field } of fields) assert.ok(fieldNames[field], field)
  for (const said of [...Object.keys(never), ...values].map(plainWords))
    assert.ok(sentences[said], said)
  for (const said of [...Object.values(never), ...faults]) assert.ok(sentences[said], said)
})
