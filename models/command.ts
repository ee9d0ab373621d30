/** `mortar models`: what weights this machine has, fetching them, checking them, timing them. */
import { parseArgs } from "node:util"
import { cacheFolder, stateOf } from "./cache.ts"
import { check, pull } from "./fetch.ts"
import { filesOf, type Manifest, ourManifest } from "./manifest.ts"
import { measure } from "./measure.ts"
import { barReport, plainReport } from "./progress.ts"
import { speed } from "./speed.ts"

const HELP = `mortar models <command>

  list               every profile and file, and what is in the cache
  pull [profile]     fetch and verify what is missing (profile: embedded unless told)
      --from <dir>   look in this folder first: the models folder of another machine
  check [profile]    hash every file of the profile again
  measure            load each engine once and print its latency here
  speed [profile]    load its language models and print their tokens a second here
      --model <id>   only this one
      --draft <id>   with this draft, whatever the manifest says

The cache is MORTAR_MODELS, else ~/.cache/mortar/models (macOS: ~/Library/Caches/mortar/models).`

const DEFAULT_PROFILE = "embedded"

/** Runs one command line; answers the exit code. */
export async function modelsCommand(args: string[]): Promise<number> {
  try {
    const { positionals, values } = parseArgs({
      args,
      allowPositionals: true,
      options: {
        from: { type: "string" },
        model: { type: "string" },
        draft: { type: "string" },
        help: { type: "boolean", short: "h" },
      },
    })
    const [command, profile = DEFAULT_PROFILE] = positionals
    if (values.help === true || command === undefined) {
      console.log(HELP)
      return command === undefined && values.help !== true ? 2 : 0
    }
    if (command === "speed") return await speed({ ...values, profile })
    return await run(command, profile, values.from ?? process.env.MORTAR_MODELS_FROM)
  } catch (trouble) {
    console.error(trouble instanceof Error ? trouble.message : "Something went wrong.")
    return 1
  }
}

async function run(command: string, profile: string, from: string | undefined): Promise<number> {
  const manifest = ourManifest()
  switch (command) {
    case "list":
      return await list(manifest)
    case "pull":
      return await pullProfile(manifest, profile, from)
    case "check":
      return await checkProfile(manifest, profile)
    case "measure":
      return await measure()
    default:
      console.error(`There is no command ${command}.\n\n${HELP}`)
      return 2
  }
}

async function list(manifest: Manifest): Promise<number> {
  const cache = cacheFolder()
  console.log(`Cache: ${cache}`)
  for (const [name, profile] of Object.entries(manifest.profiles)) {
    console.log(`\n${name}: ${profile.does} Memory: ${Math.round(profile.ramMiB / 1024)} GiB.`)
    for (const [, file] of filesOf(manifest, name)) {
      const size = file.bytes === null ? "?" : (file.bytes / 1e6).toFixed(1)
      const state = await stateOf(cache, file)
      console.log(`  ${state.padEnd(11)}${size.padStart(8)} MB  ${file.path}  ${file.does}`)
      if (file.note !== undefined) console.log(`  ${"".padEnd(23)}${file.note}`)
    }
  }
  return 0
}

async function pullProfile(
  manifest: Manifest,
  profile: string,
  from: string | undefined,
): Promise<number> {
  const cache = cacheFolder()
  const report = process.stdout.isTTY ? barReport(process.stdout) : plainReport(console.log)
  const brought = await pull({ manifest, profile, cache, from, report })
  console.log(
    brought === 0
      ? `All models of ${profile} are here.`
      : `${brought} model files verified in ${cache}.`,
  )
  return 0
}

async function checkProfile(manifest: Manifest, profile: string): Promise<number> {
  const checked = await check(manifest, profile, cacheFolder())
  for (const { path, state } of checked) console.log(`${state.padEnd(9)}${path}`)
  const bad = checked.filter(({ state }) => state !== "intact").length
  if (bad > 0) console.error(`${bad} of ${checked.length}: run \`mortar models pull ${profile}\`.`)
  return bad === 0 ? 0 : 1
}
