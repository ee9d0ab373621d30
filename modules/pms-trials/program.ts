/**
 * `mortar pms`, as an installer types it, in a process of its own: what hangs or falls there is
 * ended, and nothing here falls with it.
 */
import { spawn } from "node:child_process"
import { text } from "node:stream/consumers"
import { environment } from "#core/config.ts"
import { Outage } from "#core/fault.ts"

/** Every question of a trial may wait for a time-out of its own. */
const RUN_MS_MAX = 120_000
const SUCCESS = 0

export interface Run {
  /** The program of the command line. Without it nothing is tried. */
  readonly program: string | undefined
  readonly what: "choices" | "try"
  /** Told on the standard input, where no other program of the machine can read it. */
  readonly input?: object
}

/** The one line it printed. Throws an outage when it did not end well. */
export async function runPms({ program, what, input = {} }: Run): Promise<string> {
  if (program === undefined) throw new Outage("not_offered")
  const child = spawn(process.execPath, [program, "pms", what], {
    env: { ...environment },
    stdio: ["pipe", "pipe", "ignore"],
    timeout: RUN_MS_MAX,
    killSignal: "SIGKILL",
  })
  const ended = new Promise<number | null>((resolve) => {
    child.once("error", () => resolve(null))
    child.once("close", resolve)
  })
  // Whoever ends before it was told all has said what it had to say.
  child.stdin.on("error", () => undefined)
  child.stdin.end(JSON.stringify(input))
  const [printed, code] = await Promise.all([text(child.stdout), ended])
  if (code !== SUCCESS) throw new Outage("pms_unreadable")
  return printed
}
