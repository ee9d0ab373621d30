/** The macOS Keychain, through the `security` program. A value never stands on a command line. */
import { execFile } from "node:child_process"
import { Outage } from "./fault.ts"

/** What `security` exits with when there is no such item. */
const NOT_FOUND = 44
const ANSWER_TIMEOUT_MS = 30_000

/** The value kept for a service, or undefined when there is none. */
export async function readKeychain(service: string): Promise<string | undefined> {
  const answer = await security(["find-generic-password", "-s", service, "-w"], "")
  return answer?.trimEnd()
}

/** Keeps a hexadecimal value for a service, and reads it back to be sure. */
export async function writeKeychain(service: string, value: string): Promise<void> {
  await security(["-i"], `add-generic-password -a mortar -s "${service}" -w "${value}"\n`)
  if ((await readKeychain(service)) !== value) throw new Outage("keychain_refused")
}

function security(parameters: readonly string[], input: string): Promise<string | undefined> {
  return new Promise((resolve, reject) => {
    const options = { timeout: ANSWER_TIMEOUT_MS }
    const child = execFile("security", parameters, options, (error, answer) => {
      if (!error) resolve(answer)
      else if (error.code === NOT_FOUND) resolve(undefined)
      else reject(new Outage(error.code === "ENOENT" ? "keychain_absent" : "keychain_refused"))
    })
    child.stdin?.on("error", () => undefined)
    child.stdin?.end(input)
  })
}
