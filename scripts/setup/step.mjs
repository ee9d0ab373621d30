/**
 * One step of set-up: a program that runs, shows that it is alive, and explains itself on failure.
 */
import { spawn, spawnSync } from "node:child_process"
import { root } from "../pinned.mjs"

const isQuiet = process.argv.includes("--quiet")
const OUTPUT_CHARACTERS_MAX = 20_000
const FIRST_SIGN_MS = 2_000
const SIGN_EVERY_MS = 5_000

/** Something a person can mend; the message says how. */
export class Trouble extends Error {}

export async function step(title, program, args, { shows = false, env = {} } = {}) {
  const startedAtMs = Date.now()
  const seconds = () => `${Math.round((Date.now() - startedAtMs) / 1_000)} s`
  const signs = isQuiet || shows ? silence() : lifeSigns(() => `${title} … ${seconds()}`)
  if (shows) console.log(`${title} …`)
  const { code, output } = await run(program, args, { shows, env })
  signs.stop()
  if (code !== 0) {
    throw new Trouble(`${output}\n${title} failed (${program} ended with ${code ?? "a signal"}).`)
  }
  if (!isQuiet) console.log(`${title}: done in ${seconds()}.`)
}

function run(program, args, { shows, env }) {
  return new Promise((resolve) => {
    const child = spawn(program, args, {
      cwd: root,
      env: { ...process.env, ...env },
      stdio: shows ? "inherit" : ["ignore", "pipe", "pipe"],
    })
    let output = ""
    const keep = (chunk) => {
      output = `${output}${chunk}`.slice(-OUTPUT_CHARACTERS_MAX)
    }
    child.stdout?.on("data", keep)
    child.stderr?.on("data", keep)
    child.on("error", ({ code }) => resolve({ code, output: `${program} could not be started.` }))
    child.on("close", (code) => resolve({ code, output }))
  })
}

/** A line that counts the seconds in a terminal, and one now and then in a log file. */
function lifeSigns(text) {
  const isTerminal = process.stdout.isTTY === true
  let shown = false
  const show = () => {
    shown = true
    if (isTerminal) process.stdout.write(`\r${text()}`)
    else console.log(text())
  }
  const first = setTimeout(show, FIRST_SIGN_MS)
  const every = setInterval(show, isTerminal ? 1_000 : SIGN_EVERY_MS)
  return {
    stop() {
      clearTimeout(first)
      clearInterval(every)
      if (shown && isTerminal) process.stdout.write("\r\u001b[K")
    },
  }
}

function silence() {
  return { stop() {} }
}

/** The first line a program prints, or nothing when it cannot run. */
export function answers(program, args) {
  const { status, stdout } = spawnSync(program, args, { encoding: "utf8" })
  return status === 0 ? stdout.trim().split("\n")[0] : undefined
}
