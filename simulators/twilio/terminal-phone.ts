/** A telephone in the terminal: a line is said, digits are keyed, `/hang` hangs up. */
import { createInterface } from "node:readline"
import type { Readable } from "node:stream"
import { Caller } from "./caller.ts"
import { Dialogue, type TranscriptOf } from "./dialogue.ts"
import type { Telephone } from "./run-script.ts"

export interface TerminalPhone {
  readonly telephone: Telephone
  readonly input: Readable
  readonly print: (line: string) => void
  readonly speak: (text: string) => Promise<Uint8Array>
  readonly transcriptOf: TranscriptOf
}

/** Talks until either side hangs up or the input ends. Resolves to who ended the call. */
export async function talk(phone: TerminalPhone): Promise<string> {
  const { telephone, input, print, speak, transcriptOf } = phone
  const { handset, clock, callSid } = telephone
  const caller = new Caller({ handset, clock, speak })
  const dialogue = new Dialogue({
    callSid,
    transcriptOf,
    clock,
    onLine: ({ who, text }) => print(`${who.padStart(7)}  ${text}`),
  })
  const following = dialogue.follow()
  const lines = createInterface({ input, terminal: false })
  lines.on("line", (line) => void obey(line.trim(), caller, print))
  lines.once("close", () => caller.hangUp())
  const ended = await telephone.ended
  lines.close()
  dialogue.stop()
  await following
  await dialogue.look()
  return ended
}

async function obey(line: string, caller: Caller, print: (line: string) => void): Promise<void> {
  if (line === "") return
  if (line === "/hang") return caller.hangUp()
  if (/^[0-9*#]+$/.test(line)) return caller.keys(line)
  await caller.sayAtOnce(line).catch(() => print("      !  that could not be spoken"))
}
