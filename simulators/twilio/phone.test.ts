/** The browser phone: a page dials, speaks, keys and hears; a stranger's page is refused. */
import assert from "node:assert/strict"
import { spawn } from "node:child_process"
import { once } from "node:events"
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises"
import { createServer } from "node:http"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { createInterface } from "node:readline"
import { test } from "node:test"
import { WebSocket } from "ws"
import { callCommand } from "./call-command.ts"
import { realClock } from "./clock.ts"
import { frameBytes } from "./mulaw.ts"
import { startPhoneServer } from "./phone.ts"
import { portOf } from "./rest.ts"
import { accountSid, authToken, publicUrl, startApplication } from "./test-application.ts"
import { tone } from "./tones.ts"

const connect = `<Response><Connect><Stream url="wss://rx.example/media"/></Connect></Response>`
const reply = "<Response><Message>Open until six</Message></Response>"

async function startPhone(options = {}) {
  const application = await startApplication({ "/voice": connect, "/sms": reply }, options)
  const phones = await startPhoneServer({
    cloud: application.cloud,
    voice: (text) => Promise.resolve(tone(text.length * 20)),
    voiceUrl: `${publicUrl}/voice`,
    smsUrl: `${publicUrl}/sms`,
    dashboardOrigin: "https://dashboard.example",
  })
  const close = async (): Promise<void> => {
    await phones.close()
    await application.close()
  }
  return { application, phones, close }
}

async function openPage(url: string, origin = "http://localhost:5173") {
  const page = new WebSocket(url, { origin })
  const sounds: Buffer[] = []
  const messages: Record<string, string>[] = []
  let changed = (): void => {}
  page.on("message", (raw: Buffer, isBinary: boolean) => {
    if (isBinary) sounds.push(raw)
    else messages.push(JSON.parse(String(raw)))
    changed()
  })
  await once(page, "open")
  const until = (isSo: () => boolean): Promise<void> =>
    new Promise((resolve) => {
      changed = () => isSo() && resolve()
      changed()
    })
  const send = (message: object): void => page.send(JSON.stringify(message))
  return { page, sounds, messages, until, send }
}

test("a page dials, hears the agent, and is heard through its microphone", async (t) => {
  const { application, phones, close } = await startPhone()
  t.after(close)
  const { page, sounds, messages, until, send } = await openPage(phones.url)
  const opening = application.nextStream()
  send({ type: "dial", to: "+15125550100" })
  const stream = await application.until(opening)
  await application.until(stream.until("start"))
  await application.until(until(() => messages.some(({ state }) => state === "inCall")))
  const said = tone(500)
  stream.sendSound(said)
  await application.until(until(() => sounds.some((sound) => sound.equals(said.subarray(0, 160)))))
  assert.ok(sounds.every(({ length }) => length === frameBytes))
  for (let frame = 0; frame < 5; frame++) page.send(tone(20), { binary: true })
  const heard = (): boolean =>
    stream.of("media").some(({ media }) => Buffer.from(media!.payload, "base64").equals(tone(20)))
  for (let count = stream.of("media").length; !heard(); count++)
    await application.until(stream.until("media", count + 1))
  send({ type: "keys", digits: "42" })
  await application.until(stream.until("dtmf", 2))
  send({ type: "hangUp" })
  await application.until(until(() => messages.some(({ state }) => state === "ended")))
  assert.equal(messages.at(-1)?.by, "caller")
})

test("what is typed is spoken", async (t) => {
  const { application, phones, close } = await startPhone()
  t.after(close)
  const { send, messages, until } = await openPage(phones.url)
  send({ type: "dial", to: "+15125550100", from: "+15125550124" })
  await application.until(until(() => messages.some(({ state }) => state === "inCall")))
  const [call] = [...application.cloud.calls.values()]
  send({ type: "say", text: "I need a refill" })
  await application.until(call!.leg.timeline.first("callerSpeechEnd"))
  assert.equal(call!.leg.options.from, "+15125550124")
})

test("a text is sent from the phone and its answer shown on it", async (t) => {
  const { application, phones, close } = await startPhone()
  t.after(close)
  const { send, messages, until } = await openPage(phones.url)
  send({ type: "text", to: "+15125550100", body: "When do you close?" })
  await application.until(until(() => messages.length > 0))
  assert.deepEqual(messages, [{ type: "text", from: "+15125550100", body: "Open until six" }])
})

test("only this machine's pages, the dashboard's, and programs may open a phone", async (t) => {
  const { phones, close } = await startPhone()
  t.after(close)
  for (const origin of ["https://dashboard.example", "http://127.0.0.1:8081"])
    (await openPage(phones.url, origin)).page.terminate()
  const stranger = new WebSocket(phones.url, { origin: "https://elsewhere.example" })
  const [error] = await once(stranger, "error")
  assert.match(String(error), /403/)
})

test("a message no phone sends is answered with an error and changes nothing", async (t) => {
  const { phones, close } = await startPhone()
  t.after(close)
  const { send, messages, until } = await openPage(phones.url)
  send({ type: "dial", to: "not a number" })
  await until(() => messages.length > 0)
  assert.equal(messages[0]?.type, "error")
})

test("the process says where it listens and ends when its input does", async () => {
  const process_ = spawn(
    process.execPath,
    [join(import.meta.dirname, "main.ts"), "--phone-port", "0"],
    {
      stdio: ["pipe", "pipe", "inherit"],
      env: { ...process.env, TWILIO_ACCOUNT_SID: accountSid, TWILIO_AUTH_TOKEN: authToken },
    },
  )
  const exited = once(process_, "exit")
  const [line] = await once(createInterface(process_.stdout), "line")
  const { ready, restUrl, phoneUrl } = JSON.parse(String(line))
  assert.equal(ready, true)
  assert.match(restUrl, /^http:\/\/127\.0\.0\.1:\d+$/)
  assert.match(phoneUrl, /^ws:\/\/127\.0\.0\.1:\d+\/phone$/)
  process_.stdin.end()
  assert.deepEqual(await exited, [0, null])
})

test("the call command plays a script through a running cloud and records it", async (t) => {
  const { application, phones, close } = await startPhone({ clock: realClock })
  t.after(close)
  const folder = await mkdtemp(join(tmpdir(), "call-command-"))
  t.after(() => rm(folder, { recursive: true }))
  const staff = createServer((request, response) => {
    response.writeHead(200, { "content-type": "application/json" })
    const isLogin = request.url === "/v1/sessions/login"
    const lines = [{ who: "agent", text: "Welcome." }]
    response.end(JSON.stringify(isLogin ? { token: "t" } : { lines }))
  })
  await new Promise<void>((resolve) => staff.listen(0, "127.0.0.1", resolve))
  t.after(() => staff.close())
  const [script, wav] = [join(folder, "keys.yaml"), join(folder, "call.wav")]
  await writeFile(
    script,
    `name: keys-only\nabout: Keys only.\nfrom: "+15125550123"
steps: [{hear: Welcome}, {keys: "12"}, {hangUp: true}]
expect: {said: [Welcome], ended: caller}\n`,
  )
  const urls = [
    "--phone-url",
    phones.url,
    "--staff-url",
    `http://127.0.0.1:${portOf(staff.address())}`,
  ]
  assert.equal(await callCommand([script, "--wav", wav, ...urls]), 0)
  const [call] = [...application.cloud.calls.values()]
  const keys = call!.leg.timeline.all("key").map(({ detail }) => detail)
  assert.deepEqual(keys, ["1", "2"])
  assert.equal((await readFile(wav)).toString("latin1", 0, 4), "RIFF")
  await writeFile(script, "name: wrong\n")
  assert.equal(await callCommand([script, ...urls]), 2)
})
