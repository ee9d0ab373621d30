/**
 * The options of a script: `--help` prints what stands at its head and what may be given, and an
 * option that there is none of says so and ends with 2.
 */
import { readFileSync } from "node:fs"
import { type ParseArgsConfig, parseArgs } from "node:util"

export function optionsOf<const C extends ParseArgsConfig>({ filename }: ImportMeta, config: C) {
  if (process.argv.includes("--help")) {
    console.log(helpOf(readFileSync(filename, "utf8"), config))
    process.exit(0)
  }
  try {
    return parseArgs(config)
  } catch (trouble) {
    console.error(`${String(trouble)}\n\n${helpOf(readFileSync(filename, "utf8"), config)}`)
    process.exit(2)
  }
}

/** The first comment of a script without its stars, and its options with what they usually are. */
export function helpOf(source: string, { options = {} }: ParseArgsConfig): string {
  const head = /^\/\*\*([\s\S]*?)\*\//.exec(source)?.[1] ?? ""
  const about = head.replaceAll(/^ ?\* ?/gm, "").trim()
  const lines = Object.entries(options).map(([name, { type, default: usual }]) => {
    const option = `  --${name}${type === "string" ? " …" : ""}`
    const told = usual === false ? "" : String(usual ?? "")
    return told === "" ? option : `${option.padEnd(18)}(${told})`
  })
  return [about, ...(lines.length > 0 ? ["", ...lines] : [])].join("\n")
}
