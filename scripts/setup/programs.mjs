/** Programs of the system that speech and its tests call: found on PATH, or installed. */
import { existsSync } from "node:fs"
import { delimiter, join } from "node:path"
import { step, Trouble } from "./step.mjs"

const programs = [
  { name: "espeak-ng", debian: "espeak-ng", brew: "espeak-ng", isThere: () => onPath("espeak-ng") },
  { name: "flite", debian: "flite", brew: "flite", isThere: () => onPath("flite") },
  { name: "festival", debian: "festival", isThere: () => onPath("text2wave") },
  {
    name: "a festival voice",
    debian: "festvox-us-slt-hts",
    isThere: () => existsSync("/usr/share/festival/voices/us/cmu_us_slt_arctic_hts"),
  },
  {
    name: "chromium",
    debian: "chromium",
    forTests: true,
    isThere: () => ["chromium", "chromium-browser", "google-chrome"].some(onPath) || hasMacChrome(),
  },
]

function onPath(program) {
  return (process.env.PATH ?? "")
    .split(delimiter)
    .some((folder) => existsSync(join(folder, program)))
}

function hasMacChrome() {
  return existsSync("/Applications/Google Chrome.app")
}

const isMac = process.platform === "darwin"
const isDebian = existsSync("/usr/bin/apt-get")
const isRoot = process.getuid?.() === 0

export function missingPrograms({ forTests }) {
  return programs
    .filter((program) => (forTests || !program.forTests) && (!isMac || program.brew))
    .filter(({ isThere }) => !isThere())
}

/** Installs what it may; otherwise says in one sentence what a person should install. */
export async function installPrograms(missing) {
  const names = missing.map(({ name }) => name).join(", ")
  if (isMac && onPath("brew")) {
    await step(`Installing ${names}`, "brew", ["install", ...missing.map(({ brew }) => brew)])
  } else if (isDebian && isRoot) {
    await installDebian(
      names,
      missing.map(({ debian }) => debian),
    )
  } else {
    console.error(`Mortar needs ${names}. ${adviceFor(missing)}`)
  }
}

async function installDebian(names, packages) {
  const env = { DEBIAN_FRONTEND: "noninteractive" }
  const args = ["install", "-y", "--no-install-recommends", ...packages]
  try {
    await step(`Installing ${names}`, "apt-get", args, { env })
  } catch (trouble) {
    if (!(trouble instanceof Trouble)) throw trouble
    await step("Reading the list of packages", "apt-get", ["update"], { env })
    await step(`Installing ${names}`, "apt-get", args, { env })
  }
}

function adviceFor(missing) {
  if (isMac)
    return `Install Homebrew, then: brew install ${missing.map(({ brew }) => brew).join(" ")}`
  const packages = missing.map(({ debian }) => debian).join(" ")
  if (isDebian) return `Run: sudo apt-get install ${packages}`
  return "Install them with your system's package manager, then start again."
}
