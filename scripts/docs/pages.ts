/**
 * The pages of docs/reference, made from contracts. They are written by a program, never by hand.
 */
import type { CommandSpec, ContractSpec } from "#core/contract.ts"
import { callTables } from "./calls.ts"
import { table } from "./table.ts"
import type { Vendor } from "./vendors.ts"

const note = "Generated from the contracts by `npm run docs`. Do not edit."

export function commandsPage(contracts: readonly ContractSpec[]): string {
  return page(
    "Commands",
    contracts.flatMap((contract) => [
      `## ${contract.name} ${contract.version}`,
      "",
      ...Object.entries(contract.commands).flatMap(([name, spec]) => commandSection(name, spec)),
    ]),
  )
}

function commandSection(name: string, spec: CommandSpec): readonly string[] {
  const marks = [
    spec.effect,
    `action \`${spec.action}\``,
    ...(spec.optional ? ["optional"] : []),
    ...(spec.discloses ? ["discloses PHI"] : []),
    ...(spec.phi?.length ? [`PHI in ${spec.phi.map((field) => `\`${field}\``).join(", ")}`] : []),
  ]
  const faults = Object.keys(spec.faults).map((code) => `\`${code}\``)
  return [
    `### ${name}`,
    "",
    spec.does,
    "",
    `- ${marks.join(" · ")}`,
    `- in: \`${shape(spec.input)}\``,
    `- out: \`${shape(spec.output)}\``,
    ...(faults.length > 0 ? [`- faults: ${faults.join(", ")}`] : []),
    "",
  ]
}

export function eventsPage(contracts: readonly ContractSpec[]): string {
  const rows = contracts.flatMap(({ name, events }) =>
    Object.entries(events).map(([event, schema]) => [
      `\`${name}.${event}\``,
      `\`${shape(schema)}\``,
    ]),
  )
  return page("Events", table(["Event", "What it carries"], rows))
}

export function faultsPage(contracts: readonly ContractSpec[]): string {
  const rows = contracts.flatMap(({ name, commands }) =>
    Object.entries(commands).flatMap(([command, { faults }]) =>
      Object.entries(faults).map(([code, says]) => [`\`${name}.${command}\``, `\`${code}\``, says]),
    ),
  )
  return page("Faults", table(["Command", "Code", "Sentence"], rows))
}

const UNSHOWN = "No public source shows it."

/** The port every pharmacy system stands behind: what an adapter must offer and what it may. */
export function pmsPage(pms: ContractSpec, vendors: readonly Vendor[]): string {
  const rows = Object.entries(pms.commands).map(([name, spec]) => [
    `\`${name}\``,
    spec.does,
    spec.effect,
    spec.optional ? "may be absent" : "always",
    Object.keys(spec.faults)
      .map((code) => `\`${code}\``)
      .join(", "),
  ])
  return page("The pharmacy system", [
    `Version ${pms.version}. What a vendor lacks is absent, never a method that throws.`,
    "",
    ...table(["Operation", "What it does", "Effect", "Offered", "Faults"], rows),
    "",
    ...vendorTables(pms, vendors),
  ])
}

/** Operation by vendor, and below it why something is absent. */
function vendorTables(pms: ContractSpec, vendors: readonly Vendor[]): readonly string[] {
  if (vendors.length === 0) return []
  const operations = Object.keys(pms.commands)
  const done = operations.map((name) => [
    `\`${name}\``,
    ...vendors.map((vendor) => gradeOf(vendor, name)),
  ])
  const partly = vendors.flatMap(({ name, partly: reach }) =>
    operations.flatMap((operation) =>
      reach[operation] === undefined ? [] : [[name, `\`${operation}\``, reach[operation]]],
    ),
  )
  const absent = vendors.flatMap(({ name, offers, lacks }) =>
    operations
      .filter((operation) => !offers.has(operation))
      .map((operation) => [name, `\`${operation}\``, lacks[operation] ?? UNSHOWN]),
  )
  const heads = vendors.map(
    ({ name, folder }) => `[${name}](../../pms-adapters/${folder}/README.md)`,
  )
  return [
    "## Operations by vendor",
    "",
    "`done` is a promise that the conformance suite keeps. For what is absent, staff get a task.",
    "",
    ...table(["Operation", ...heads], done),
    "",
    ...(partly.length === 0
      ? []
      : ["## How far it reaches", "", ...table(["Vendor", "Operation", "Reach"], partly), ""]),
    "## Why something is absent",
    "",
    ...table(["Vendor", "Operation", "Why"], absent),
    "",
    ...callTables(vendors, heads),
  ]
}

function gradeOf({ offers, partly }: Vendor, operation: string): string {
  if (!offers.has(operation)) return "absent"
  return partly[operation] === undefined ? "done" : "done, in part"
}

function page(title: string, body: readonly string[]): string {
  return `${[`# ${title}`, "", note, "", ...body].join("\n").trimEnd()}\n`
}

const SHAPE_DEPTH_MAX = 5

/** A schema as one line that a person can read. */
function shape(schema: unknown, depth = 0): string {
  if (!isFields(schema) || depth > SHAPE_DEPTH_MAX) return "…"
  if ("const" in schema) return JSON.stringify(schema.const)
  if (Array.isArray(schema.anyOf)) {
    return schema.anyOf.map((one) => shape(one, depth + 1)).join(" | ")
  }
  if (schema.type === "array") return `[${shape(schema.items, depth + 1)}]`
  if (isFields(schema.properties)) return objectShape(schema, schema.properties, depth)
  return String(schema.type ?? "anything")
}

function objectShape(schema: Fields, properties: Fields, depth: number): string {
  const required = Array.isArray(schema.required) ? schema.required : []
  const fields = Object.entries(properties).map(
    ([name, field]) => `${name}${required.includes(name) ? "" : "?"}: ${shape(field, depth + 1)}`,
  )
  return fields.length === 0 ? "{}" : `{ ${fields.join(", ")} }`
}

type Fields = Readonly<Record<string, unknown>>

function isFields(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value)
}
