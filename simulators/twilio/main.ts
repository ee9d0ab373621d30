/** The simulated cloud as a process: REST and the browser phone, until its input ends. */
import { parseArgs } from "node:util"
import { TwilioCloud } from "./cloud.ts"
import { startPhoneServer } from "./phone.ts"
import { startRest } from "./rest.ts"
import { createVoice } from "./synthetic-voice.ts"

const { values } = parseArgs({
  options: {
    "public-url": { type: "string", default: "http://localhost:8080" },
    "reachable-at": { type: "string" },
    "voice-url": { type: "string" },
    "fallback-url": { type: "string" },
    "status-url": { type: "string" },
    "sms-url": { type: "string" },
    "rest-port": { type: "string", default: "0" },
    "phone-port": { type: "string" },
    "dashboard-origin": { type: "string" },
    "voice-cache": { type: "string" },
    "after-socket-loss": { type: "string", default: "continue" },
  },
})

const { TWILIO_ACCOUNT_SID: accountSid, TWILIO_AUTH_TOKEN: authToken } = process.env
if (!accountSid || !authToken) {
  process.stderr.write("TWILIO_ACCOUNT_SID and TWILIO_AUTH_TOKEN have to be set\n")
  process.exit(2)
}

const publicUrl = values["public-url"]
const optional = {
  ...(values["fallback-url"] ? { voiceFallbackUrl: values["fallback-url"] } : {}),
  ...(values["dashboard-origin"] ? { dashboardOrigin: values["dashboard-origin"] } : {}),
}

const voice = createVoice(values["voice-cache"])
const cloud = new TwilioCloud({
  accountSid,
  authToken,
  publicUrl,
  ...(values["reachable-at"] ? { reachableAt: values["reachable-at"] } : {}),
  afterSocketLoss: values["after-socket-loss"] === "hangUp" ? "hangUp" : "continue",
  isRecorded: false,
  speak: (text, language) => voice(text, language.startsWith("es") ? "es-419" : "kal"),
})
const rest = await startRest(cloud, Number(values["rest-port"]))
const phoneOptions = {
  cloud,
  voice,
  voiceUrl: values["voice-url"] ?? `${publicUrl}/twilio/voice`,
  statusCallback: values["status-url"] ?? `${publicUrl}/twilio/status`,
  smsUrl: values["sms-url"] ?? `${publicUrl}/twilio/sms`,
  ...optional,
}
const { "phone-port": phonePort } = values
/** Where `mortar call` looks. A second cloud on one machine takes any free port instead. */
const usualPhonePort = 8091
const phones =
  phonePort === undefined
    ? await startPhoneServer({ ...phoneOptions, port: usualPhonePort }).catch(() =>
        startPhoneServer(phoneOptions),
      )
    : await startPhoneServer({ ...phoneOptions, port: Number(phonePort) })

let isStopping = false
async function stop(): Promise<void> {
  if (isStopping) return
  isStopping = true
  await phones.close()
  await cloud.close()
  await rest.close()
  process.exit(0)
}

for (const signal of ["SIGTERM", "SIGINT"] as const) process.once(signal, () => void stop())
process.once("disconnect", () => void stop())
process.stdin.once("end", () => void stop()).resume()
process.stdout.write(
  `${JSON.stringify({ ready: true, restUrl: rest.url, phoneUrl: phones.url })}\n`,
)
