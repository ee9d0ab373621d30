/** A command line with subcommands: finds the one that is meant, and says why when it fails. */
import { Outage } from "./fault.ts"
import { ProblemsError } from "./json.ts"

export type Subcommand = (args: string[]) => Promise<number>

/** Runs what the arguments name and answers the exit code: 2 when nothing is named so. */
export async function runSubcommand(
  [name = "help", ...args]: readonly string[],
  { commands, help }: { commands: Readonly<Record<string, Subcommand>>; help: string },
): Promise<number> {
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined
  if (!command) {
    process.stdout.write(`${help}\n`)
    return name === "help" || name === "--help" ? 0 : 2
  }
  try {
    return await command(args)
  } catch (trouble) {
    process.stderr.write(`${toldOf(trouble).join("\n")}\n`)
    return 1
  }
}

/** Every problem on a line of its own. At a start nobody's data has been touched yet. */
function toldOf(trouble: unknown): readonly string[] {
  if (trouble instanceof ProblemsError)
    return trouble.problems.map(({ where, says }) => `${where}: ${says}`)
  if (trouble instanceof Outage) return [`${trouble.message}. ${trouble.hint}`]
  if (trouble instanceof SuppressedError)
    return [...toldOf(trouble.suppressed), ...toldOf(trouble.error)]
  return [String(trouble)]
}
