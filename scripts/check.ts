/** `npm run check`: every gate in turn, each with how much it looked at. Changes nothing. */
import { spawn } from "node:child_process"
import { boundaryRules } from "../test/boundaries/rules.ts"
import { tidyRules } from "../test/tidy/rules.ts"
import { type Report, readTree, type Tree } from "../test/tree.ts"
import { driftInDocs } from "./docs.ts"
import { scanForPeople } from "./phi-scan.ts"

interface Gate {
  readonly name: string
  run(): Promise<Report>
}

const root = `${import.meta.dirname}/..`

/** Runs a tool of ours; what it printed is the violation when it fails. */
async function tool(args: readonly string[], seenIn: (output: string) => string): Promise<Report> {
  const { code, output } = await run(args)
  const looked = seenIn(output)
  const violations = code === 0 ? [] : [withoutStatistics(output)]
  return { looked, seen: Number.parseInt(looked, 10) || 0, violations }
}

function withoutStatistics(output: string): string {
  const isStatistic = /^[A-Z][\w ]+:\s+[\d.]+[sK]?$/
  return output
    .split("\n")
    .filter((line) => !isStatistic.test(line))
    .join("\n")
    .trim()
}

function run(args: readonly string[]): Promise<{ code: number | null; output: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, args, { cwd: root })
    let output = ""
    const keep = (chunk: Buffer): void => {
      output += chunk.toString()
    }
    child.stdout.on("data", keep)
    child.stderr.on("data", keep)
    child.on("error", reject)
    child.on("close", (code) => resolve({ code, output }))
  })
}

/** A gate that cannot run is red, and the ones behind it still run. */
function broken(reason: unknown): Report {
  return { looked: "it broke", seen: 1, violations: [String(reason)] }
}

function merged(reports: readonly Report[]): Report {
  return {
    looked: reports[0]?.looked ?? "nothing",
    seen: Math.max(0, ...reports.map(({ seen }) => seen)),
    violations: reports.flatMap(({ violations }) => violations),
  }
}

function gatesOver(tree: Tree): readonly Gate[] {
  const bin = `${root}/node_modules/.bin`
  return [
    {
      name: "format and lint",
      run: () =>
        tool(
          [
            `${bin}/biome`,
            "ci",
            "--colors=off",
            "--error-on-warnings",
            "--diagnostic-level=warn",
            ".",
          ],
          (output) => /Checked (\d+ files?)/.exec(output)?.[1] ?? "0 files",
        ),
    },
    {
      name: "types",
      run: () =>
        tool(
          [`${bin}/tsc`, "-p", ".", "--extendedDiagnostics"],
          (output) => `${/^Files:\s+(\d+)/m.exec(output)?.[1] ?? 0} files`,
        ),
    },
    {
      name: "boundaries",
      run: async () => merged([...boundaryRules].reverse().map((rule) => rule.check(tree))),
    },
    {
      name: "tidy",
      run: async () => merged(Object.values(tidyRules).map((check) => check(tree))),
    },
    { name: "docs", run: () => driftInDocs(root) },
    { name: "only invented people", run: async () => scanForPeople(root) },
  ]
}

let failed = 0
for (const gate of gatesOver(readTree(root))) {
  const { looked, seen, violations } = await gate.run().catch(broken)
  const isGreen = seen > 0 && violations.length === 0
  console.log(`${isGreen ? "ok  " : "FAIL"} ${gate.name} (${looked})`)
  for (const violation of violations) console.log(`     ${violation.replaceAll("\n", "\n     ")}`)
  if (seen === 0) console.log("     It saw nothing, so it has not passed.")
  if (!isGreen) failed++
}
process.exitCode = failed === 0 ? 0 : 1
