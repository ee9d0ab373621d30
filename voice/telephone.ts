/** The running telephone: the public server, the speech processes, and the calls between them. */
import type { Server } from "node:http"
import { join } from "node:path"
import type { Output } from "#core/contract.ts"
import { intent, type Language, type Sentence } from "../intent/contract.ts"
import type { voice } from "./contract.ts"
import { backstageOf, type VoiceContext } from "./house.ts"
import type { Render } from "./preview.ts"
import { Detector } from "./speech/detector.ts"
import type { EarProcess } from "./speech/ears.ts"
import { SpeechProcess } from "./speech/process.ts"
import { Voicebox } from "./speech/voicebox.ts"
import type { Role } from "./speech/wire.ts"
import { Switchboard } from "./switchboard.ts"
import { ownLines } from "./turns/fillers.ts"
import { type Desk, defaultLimits } from "./twilio/desk.ts"
import { type TwilioRest, twilioRest } from "./twilio/rest.ts"
import { createPublicServer } from "./twilio/server.ts"
import { SignatureWatch } from "./twilio/signature-watch.ts"

/** Utterances that wait for an ear. One more would be late, so one more call is not taken. */
const EARS_WAITING_MAX = 8
const LANGUAGES: readonly Language[] = ["en", "es"]

export interface Telephone {
  readonly server: Server
  readonly switchboard: Switchboard
  readonly rest: TwilioRest
  readonly lines: Desk["lines"]
  readonly render: Render
  health(): Promise<Output<typeof voice, "health">>
  close(): void
}

/** Makes everything ready; sentences that are known in advance are rendered meanwhile. */
export async function openTelephone(context: VoiceContext): Promise<Telephone> {
  const { config, clock, log } = context
  const backstage = backstageOf(context)
  const switchboard = new Switchboard(clock, backstage)
  const speech = speechOf(context, () => switchboard.liveCount > 0)
  const { rest, tokens, isElsewhere } = await accountOf(context)
  const watch = new SignatureWatch(clock)
  const { pharmacy, pharmacist } = config.phones
  const lines = { own: pharmacy, pharmacist, technician: config.technicianPhone }
  const server = createPublicServer({
    clock,
    log,
    signers: { publicUrl: config.publicUrl, tokens },
    watch,
    address: { publicUrl: config.publicUrl, pharmacyLine: pharmacist },
    lines,
    limits: { ...defaultLimits, callsMax: config.callsMax },
    backstage,
    switchboard,
    speech: speech.parts,
    rest,
    isOverloaded: () => speech.waiting() >= EARS_WAITING_MAX,
  })
  void prepare(context, speech.voicebox)
  return {
    server,
    switchboard,
    rest,
    lines,
    render: speech.parts.render,
    async health() {
      const { publicUrl, callsMax } = config
      const account = { isConfigured: tokens.length > 0, isElsewhere }
      const processes = await speech.standing()
      return { processes, account, publicUrl, callsMax, webhooks: watch.standing }
    },
    close() {
      server.emit("close")
      switchboard.close()
      speech.close()
    },
  }
}

function speechOf(context: VoiceContext, isBusy: () => boolean) {
  const { config, clock, log, ports } = context
  const { entry, sentencesFolder, voices, speed } = config.speech
  const { models: profile } = config
  const start = (role: Role) => new SpeechProcess({ entry, role, profile, clock, log })
  const detecting = start("vad")
  const quick = start("quick")
  const careful = start("careful")
  const voice = start("voice")
  const spare = start("spare_voice")
  const folder = sentencesFolder ?? join(ports.files.folder, "sentences")
  const voicebox = new Voicebox({ voice, spare, names: voices, speed, folder, clock, log, isBusy })
  const detector = new Detector(detecting)
  const isAlone = () => voice.waiting === 0 && careful.waiting === 0
  const carefully: EarProcess = {
    request: (asks, deadlineMs) =>
      careful.request(
        asks.op === "transcribe" ? { ...asks, isAlone: isAlone() } : asks,
        deadlineMs,
      ),
  }
  const render = voicebox.render.bind(voicebox)
  const all = { vad: detecting, quick, careful, voice, spare_voice: spare }
  return {
    voicebox,
    standing: () =>
      Promise.all(
        Object.entries(all).map(async ([role, process]) => {
          return { role, ...(await process.standing()) }
        }),
      ),
    parts: { detector, quick, careful: carefully, render },
    waiting: () => Math.max(quick.waiting, careful.waiting),
    close() {
      for (const process of Object.values(all)) process.close()
    },
  }
}

async function accountOf(
  context: VoiceContext,
): Promise<{ rest: TwilioRest; tokens: readonly string[]; isElsewhere: boolean }> {
  const { telephony, previousAuthToken } = context.config
  const read = async (reference: string | undefined): Promise<string> => {
    try {
      return reference ? await context.ports.secrets.read(reference) : ""
    } catch {
      return ""
    }
  }
  const accountSid = await read(telephony.accountSid)
  const authToken = await read(telephony.authToken)
  const tokens = [authToken, await read(previousAuthToken)].filter((token) => token !== "")
  if (tokens.length === 0) {
    context.log.error("no Twilio token can be read, so every call is refused")
  }
  const apiUrl = (await read(telephony.apiBase)) || undefined
  const isElsewhere = apiUrl !== undefined
  return { rest: twilioRest({ accountSid, authToken, apiUrl }), tokens, isElsewhere }
}

/** The greeting first: it is the first thing that anybody hears. */
async function prepare(context: VoiceContext, voicebox: Voicebox): Promise<void> {
  const own = context.config.language
  for (const language of [own, ...LANGUAGES.filter((it) => it !== own)]) {
    const known = await knownSentences(context, language)
    const first = known.filter((sentence) => sentence.protected)
    const rest = known.filter((sentence) => !sentence.protected)
    const greetings = await greetingsOf(context, language)
    await voicebox.prepare([...greetings, ...first, ...ownLines(language), ...rest], language)
  }
}

async function knownSentences(
  context: VoiceContext,
  language: Language,
): Promise<readonly Sentence[]> {
  try {
    const answer = await context.call(intent, "fixedReplies", { language })
    return answer.ok ? answer.value.sentences : []
  } catch {
    context.log.warn("the fixed replies could not be listed", { language })
    return []
  }
}

/** They hold a value, but it is the pharmacy's own name. */
async function greetingsOf(
  context: VoiceContext,
  language: Language,
): Promise<readonly Sentence[]> {
  const { greeting, spokenName: pharmacy } = context.config
  const own = greeting[language]
  const usual = ["greeting.open", "greeting.closed"].map((reply) => {
    return { reply, values: { pharmacy } }
  })
  const lines = own === undefined ? [] : [{ reply: "greeting.own", values: { greeting: own } }]
  try {
    const first = await context.call(intent, "phrase", { lines, language })
    const rest = await context.call(intent, "phrase", { lines: usual, language })
    return [first, rest].flatMap((answer) => (answer.ok ? answer.value.sentences : []))
  } catch {
    return []
  }
}
