/** `mortar call`: a scripted caller with a synthetic voice, or a telephone in the terminal. */
import { readFile, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { parseArgs } from "node:util"
import type { TranscriptOf } from "./dialogue.ts"
import {
  countRefills,
  movePmsFills,
  refillsSince,
  refusePmsClaims,
  setPmsFault,
} from "./pms-control.ts"
import { type RemoteCall, ringThrough } from "./remote-phone.ts"
import { type Played, playScript } from "./run-script.ts"
import { readScript, type Script, ScriptError } from "./script.ts"
import { openTranscripts } from "./staff-api.ts"
import { createVoice } from "./synthetic-voice.ts"
import { talk } from "./terminal-phone.ts"

const help = `mortar call                   a telephone in the terminal
mortar call <scenario.yaml>   a scripted caller, spoken in real time

In the terminal: a line is said, digits with * and # are keyed, an empty line listens,
/hang hangs up.

  --voice NAME       slt, rms, kal, awb (flite), festival, es-419, en-us (espeak-ng)
  --from NUMBER      the number that calls            (+15125550123)
  --to NUMBER        the number that is called        (+15125550100)
  --wav FILE         records the call: caller left, agent right
  --phone-url URL    the simulated cloud's phone      (MORTAR_PHONE_URL, ws://localhost:8091/phone)
  --staff-url URL    the staff API                    (MORTAR_STAFF_URL, http://localhost:8081)
  --user NAME        staff login                      (pharmacist)
  --password WORD    its password                     (MORTAR_DEMO_PASSWORD)
  --pms-url URL      the demo pharmacy system, to set its faults and count its refills
  --help
`

const options = {
  voice: { type: "string" },
  from: { type: "string" },
  to: { type: "string", default: "+15125550100" },
  wav: { type: "string" },
  "phone-url": { type: "string" },
  "staff-url": { type: "string" },
  user: { type: "string", default: "pharmacist" },
  password: { type: "string" },
  "pms-url": { type: "string" },
  help: { type: "boolean", default: false },
} as const

type Settings = ReturnType<typeof readArguments>

function readArguments(args: string[]) {
  const { values, positionals } = parseArgs({ args, options, allowPositionals: true })
  const { MORTAR_PHONE_URL, MORTAR_STAFF_URL, MORTAR_DEMO_PASSWORD } = process.env
  return {
    ...values,
    file: positionals[0],
    phoneUrl: values["phone-url"] ?? MORTAR_PHONE_URL ?? "ws://localhost:8091/phone",
    staffUrl: values["staff-url"] ?? MORTAR_STAFF_URL ?? "http://localhost:8081",
    password: values.password ?? MORTAR_DEMO_PASSWORD ?? "",
    pmsUrl: values["pms-url"],
  }
}

const voice = createVoice(join(tmpdir(), "mortar-simulated-voices"))
const print = (line: string): void => void process.stdout.write(`${line}\n`)

/** Runs the command. Resolves to the exit code: 0 held, 1 did not hold, 2 could not be run. */
export async function callCommand(args: string[]): Promise<number> {
  try {
    const settings = readArguments(args)
    if (settings.help) {
      print(help)
      return 0
    }
    return settings.file === undefined
      ? await callFromTerminal(settings)
      : await callByScript(settings, settings.file)
  } catch (trouble) {
    print(`mortar call: ${trouble instanceof Error ? trouble.message : "failed"}`)
    if (!(trouble instanceof ScriptError))
      print("Is Mortar running? `mortar call --help` says more.")
    return 2
  }
}

async function callFromTerminal(settings: Settings): Promise<number> {
  const transcriptOf = await openTranscripts(settings)
  const { from, to, phoneUrl, voice: voiceName = "slt" } = settings
  const onText = (_: string, body: string): void => print(`   text  ${body}`)
  const call = await ringThrough(phoneUrl, { to, ...(from === undefined ? {} : { from }) }, onText)
  print(`Ringing ${to}. Type what you want to say; /hang hangs up.`)
  const speak = (text: string): Promise<Uint8Array> => voice(text, voiceName)
  const ended = await talk({ telephone: call, input: process.stdin, print, speak, transcriptOf })
  print(`The call is over (${ended}).`)
  await finish(call, settings)
  return 0
}

async function callByScript(settings: Settings, file: string): Promise<number> {
  const written = readScript(await readFile(file, "utf8"))
  const script = {
    ...written,
    ...(settings.from === undefined ? {} : { from: settings.from }),
    ...(settings.voice === undefined ? {} : { voice: settings.voice }),
  }
  if (script.steps.some((step) => "kill" in step))
    throw new ScriptError(["a script that kills a module is only run typed"])
  const transcriptOf = await openTranscripts(settings)
  print(`${script.name}: ${script.about}`)
  const played = await playAgainst(script, settings, transcriptOf)
  report(played)
  return played.passed ? 0 : 1
}

async function playAgainst(
  script: Script,
  settings: Settings,
  transcriptOf: TranscriptOf,
): Promise<Played> {
  const { pmsUrl, phoneUrl, to } = settings
  const fault = script.given?.pms ?? "ok"
  const { claims, fills } = script.given ?? {}
  if (pmsUrl === undefined && (fault !== "ok" || fills || claims))
    throw new ScriptError(["something is given of the pharmacy system: give --pms-url"])
  if (pmsUrl !== undefined) await setPmsFault(pmsUrl, fault)
  if (pmsUrl !== undefined && fills) await movePmsFills(pmsUrl, fills)
  if (pmsUrl !== undefined && claims) await refusePmsClaims(pmsUrl, claims)
  const before = pmsUrl === undefined ? {} : await countRefills(pmsUrl)
  const pharmacist = script.given?.pharmacist ?? "answers"
  const call = await ringThrough(phoneUrl, { to, from: script.from, pharmacist })
  try {
    return await playScript(script, call, {
      ...{ transcriptOf, voice, print },
      observe: async () =>
        pmsUrl === undefined ? {} : { refills: refillsSince(before, await countRefills(pmsUrl)) },
    })
  } finally {
    await finish(call, settings)
    if (pmsUrl !== undefined) await setPmsFault(pmsUrl)
  }
}

function report({ results, ended, callSid }: Played): void {
  print(`\nCall ${callSid} ended: ${ended}.`)
  for (const { expectation, held } of results)
    print(`${held === undefined ? "not seen" : held ? "held    " : "FAILED  "}  ${expectation}`)
}

async function finish(call: RemoteCall, { wav }: Settings): Promise<void> {
  call.close()
  if (wav === undefined) return
  await writeFile(wav, call.recording.toWav())
  print(`Recorded to ${wav}.`)
}
