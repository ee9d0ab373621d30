/** Pins Node inside the project: through the npm package `node`, else from what the machine has. */
import { existsSync, readFileSync, realpathSync, rmSync, symlinkSync } from "node:fs"
import { pinnedNode, root } from "../pinned.mjs"
import { answers, step, Trouble } from "./step.mjs"

/** Types are stripped without a flag or a warning from here on. */
const OLDEST = [24, 12]

export async function pinNode() {
  const { dependencies } = JSON.parse(readFileSync(`${root}package.json`, "utf8"))
  const wanted = `v${dependencies.node}`
  if (answers(pinnedNode, ["--version"]) === wanted) return
  const refusal = await fetchThroughNpm(wanted)
  if (answers(pinnedNode, ["--version"]) === wanted) return
  const own = machineNodes().find((path) => isRecent(answers(path, ["--version"])))
  if (own === undefined) {
    const fact = `Node ${wanted} is not on npm for this machine.`
    const advice = `Install Node ${OLDEST.join(".")} or later (on a Mac: brew install node).`
    throw new Trouble(`${refusal}\n${fact} ${advice} Then start again.`)
  }
  rmSync(pinnedNode, { force: true })
  symlinkSync(own, pinnedNode)
}

/** The package's install script fetches the binary of this machine. Answers why it could not. */
async function fetchThroughNpm(wanted) {
  try {
    await step(`Pinning Node ${wanted}`, "npm", ["rebuild", "node", "--foreground-scripts"])
    return ""
  } catch (trouble) {
    if (!(trouble instanceof Trouble)) throw trouble
    return trouble.message
  }
}

function machineNodes() {
  const places = [
    process.execPath,
    "/opt/homebrew/bin/node",
    "/usr/local/bin/node",
    "/usr/bin/node",
  ]
  return places.filter((path) => existsSync(path)).map((path) => realpathSync(path))
}

function isRecent(version) {
  const [major, minor] = (version ?? "v0.0").slice(1).split(".").map(Number)
  return major > OLDEST[0] || (major === OLDEST[0] && minor >= OLDEST[1])
}
