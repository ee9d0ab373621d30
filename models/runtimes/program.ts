/**
 * Runs a speech program of the system. Words go in through standard input, never on the command
 * line, where every user of the machine could read them.
 */
import { spawn } from "node:child_process"
import { ModelError } from "../model-error.ts"

const RUN_TIMEOUT_MS = 20_000
const OUTPUT_BYTES_MAX = 64 * 2 ** 20

/** What the program wrote to standard output. */
export function runProgram(
  program: string,
  args: readonly string[],
  input: string,
): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, {
      stdio: ["pipe", "pipe", "ignore"],
      timeout: RUN_TIMEOUT_MS,
    })
    const chunks: Buffer[] = []
    let bytes = 0
    child.on("error", () => reject(new ModelError("program_missing", `${program} did not start.`)))
    child.stdout.on("data", (chunk: Buffer) => {
      bytes += chunk.length
      if (bytes > OUTPUT_BYTES_MAX) child.kill()
      else chunks.push(chunk)
    })
    child.on("close", (code) => {
      if (code === 0) resolve(Buffer.concat(chunks))
      else reject(new Error(`${program} failed.`))
    })
    child.stdin.on("error", () => undefined)
    child.stdin.end(input)
  })
}
