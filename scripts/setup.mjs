/**
 * Makes a clone ready: packages, the pinned Node, system programs, models, the dashboard. Plain
 * JavaScript for any Node from 20 on, because it runs before anything is installed. It does only
 * what changed since it last ran.
 */
import { existsSync, readFileSync } from "node:fs"
import { pinnedNode, root } from "./pinned.mjs"
import { cacheFolder, missingModels } from "./setup/models.mjs"
import { pinNode } from "./setup/node.mjs"
import { installPrograms, missingPrograms } from "./setup/programs.mjs"
import { fingerprintOf, isStamped, stamp } from "./setup/stamps.mjs"
import { step, Trouble } from "./setup/step.mjs"

const options = new Set(process.argv.slice(2))
const isQuiet = options.has("--quiet")
const forTests = options.has("--tests")
const onlyPackages = options.has("--packages")

const locked = `${root}package-lock.json`
const web = `${root}dashboard/web`

async function installPackages() {
  const fingerprint = fingerprintOf([locked])
  if (isStamped("packages", fingerprint) && existsSync(pinnedNode)) return
  if (!isInstalledByNpm()) {
    await step("Installing packages", "npm", ["ci", "--ignore-scripts", "--no-audit", "--no-fund"])
  }
  await pinNode()
  stamp("packages", fingerprint)
}

/** Someone ran npm by hand: its own record is as new as the lock. */
function isInstalledByNpm() {
  const record = `${root}node_modules/.package-lock.json`
  if (!existsSync(record)) return false
  const wanted = JSON.parse(readFileSync(locked, "utf8")).packages
  const present = JSON.parse(readFileSync(record, "utf8")).packages
  return Object.entries(wanted).every(
    ([path, { version, optional }]) =>
      path === "" || optional === true || present[path]?.version === version,
  )
}

async function provideModels() {
  if (missingModels().length === 0) return
  const args = [`${root}main.ts`, "models", "pull"]
  await step("Fetching models", pinnedNode, args, { shows: !isQuiet })
  const missing = missingModels()
  if (missing.length > 0) throw new Trouble(`Models are still missing: ${missing.join(", ")}.`)
}

/** Teaches the sentence model what callers say; the result is kept beside the model. */
async function trainIntents() {
  if (!existsSync(`${root}intent/train.ts`)) return
  const fingerprint = fingerprintOf([`${root}intent/en`, `${root}intent/classifier`])
  if (isStamped("intents", `${fingerprint} ${cacheFolder()}`)) return
  await step("Learning what callers say", pinnedNode, [`${root}intent/train.ts`, cacheFolder()])
  stamp("intents", `${fingerprint} ${cacheFolder()}`)
}

async function buildDashboard() {
  if (!existsSync(`${web}/index.html`)) return
  const fingerprint = fingerprintOf([web, locked], { exclude: /\/dist$/ })
  if (isStamped("dashboard", fingerprint) && existsSync(`${web}/dist/index.html`)) return
  const vite = `${root}node_modules/vite/bin/vite.js`
  await step("Building the dashboard", pinnedNode, [vite, "build", web])
  stamp("dashboard", fingerprint)
}

async function installEverythingElse() {
  const missing = missingPrograms({ forTests })
  if (missing.length > 0) await installPrograms(missing)
  await provideModels()
  await trainIntents()
  await buildDashboard()
}

try {
  await installPackages()
  if (!onlyPackages) await installEverythingElse()
} catch (trouble) {
  if (!(trouble instanceof Trouble)) throw trouble
  console.error(`\n${trouble.message}`)
  process.exitCode = 1
}
