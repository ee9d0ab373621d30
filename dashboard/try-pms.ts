/**
 * What of the pharmacy system in use works, for whoever sets it up: the questions of `mortar pms
 * test`, but none about a person. It never acts.
 */
import { pms } from "#core/pms.ts"
import { type Askable, type Finding, tryOut } from "../pms-adapters/try-out.ts"
import type { Here } from "./needs.ts"

type Command = Finding["operation"]

export async function tryPms({
  call,
  offers,
}: Pick<Here, "call" | "offers">): Promise<readonly Finding[]> {
  const offered = new Set<string>()
  for (const name of Object.keys(pms.commands)) {
    if (isCommand(name) && (await offers(pms, name))) offered.add(name)
  }
  const running: Askable = {
    ask: (command, input) => call(pms, command, input),
    offers: (command) => offered.has(command),
  }
  return tryOut(running, { lacks: {}, partly: {} })
}

function isCommand(name: string): name is Command {
  return name in pms.commands
}
