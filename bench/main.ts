/**
 * Runs every benchmark of this folder in one run and prints medians beside their references. With
 * names, only those; with `--json FILE`, the same numbers for a program to read.
 */
import { readdirSync, writeFileSync } from "node:fs"
import { cpus } from "node:os"
import { optionsOf } from "../scripts/options.ts"
import type { BenchResult } from "./contest.ts"

interface Bench {
  readonly name: string
  readonly run: () => Promise<BenchResult>
}

/** A benchmark is a file here that exports `bench`. */
async function discover(wanted: readonly string[]): Promise<readonly Bench[]> {
  const names = readdirSync(import.meta.dirname)
    .filter((file) => file.endsWith(".ts") && !/\.(d|test)\.ts$/.test(file) && file !== "main.ts")
    .map((file) => file.slice(0, -".ts".length))
    .filter((name) => wanted.length === 0 || wanted.includes(name))
  const found: Bench[] = []
  for (const name of names) {
    const { bench }: { bench?: Bench["run"] } = await import(`./${name}.ts`)
    if (bench) found.push({ name, run: bench })
  }
  return found
}

function print({ name, rows }: BenchResult): void {
  console.log(`\n${name}`)
  for (const { what, ours, reference, ratio, unit } of rows) {
    const beside = Number.isFinite(ratio) ? `${ratio.toFixed(2)} ×` : ""
    const cells = [round(ours).padStart(12), round(reference).padStart(12), beside.padStart(10)]
    console.log(`  ${what.padEnd(44)}${cells.join("")}  ${unit}`)
  }
}

/** Three figures are as many as a measurement here is worth. */
function round(value: number): string {
  return value.toLocaleString("en", { maximumSignificantDigits: 3 })
}

const { values, positionals } = optionsOf(import.meta, {
  options: { json: { type: "string" } },
  allowPositionals: true,
})
const benches = await discover(positionals)
if (benches.length === 0) throw new Error("no benchmark has that name")
console.log(`${process.version}, ${cpus().length} × ${cpus()[0]?.model ?? "unknown processor"}`)
console.log(`${"".padEnd(46)}${"Mortar".padStart(12)}${"reference".padStart(12)}`)
const results: BenchResult[] = []
for (const { run } of benches) {
  const result = await run()
  print(result)
  results.push(result)
}
if (values.json !== undefined) writeFileSync(values.json, `${JSON.stringify(results, null, 2)}\n`)
