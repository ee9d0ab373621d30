/**
 * One patient's record in a real house: the copy they are given, the hold that keeps it, and its
 * end, which holds also in a backup that was made before and is put back afterwards.
 */
import assert from "node:assert/strict"
import { cpSync, mkdtempSync, readdirSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { after, before, test } from "node:test"
import { KEYS_BACKUP_FILE } from "../core/backup.ts"
import { TwilioCloud } from "../simulators/twilio/cloud.ts"
import { startRest } from "../simulators/twilio/rest.ts"
import { type House, openHouse } from "./house.ts"
import { backedUp, everKept, restored, spec } from "./restored.ts"

const only = [
  ...["privacy", "calls", "consents", "patients", "prescriptions", "recordings", "transcripts"],
  ...["verification", "messaging", "intent", "pms", "work-queue", "conversations", "callbacks"],
  ...["complaints", "controlled-substances", "drugs", "emergencies", "prescribers", "refills"],
  ...["store-info", "transfers"],
]
const DAY_MS = 86_400_000
const wrote = "Is it ready? I take the bus at noon."
const said = "I would like my lisinopril, please."
const silence = Buffer.alloc(16_000, 0xff).toString("base64")

const people = {
  "1001": { firstName: "James", lastName: "Carter", datesOfBirth: ["1958-03-14"], zip: "77101" },
}

const closers: (() => unknown)[] = []
const folders = mkdtempSync(join(tmpdir(), "mortar-privacy-"))
let house: House

before(async () => {
  const context = { after: (close: () => unknown) => void closers.push(close) }
  const account = { accountSid: `AC${"1".repeat(32)}`, authToken: "2".repeat(32) }
  const cloud = new TwilioCloud({ ...account, speak: async () => new Uint8Array() })
  const rest = await startRest(cloud, 0)
  closers.push(
    () => cloud.close(),
    () => rest.close(),
  )
  const environment = {
    TWILIO_ACCOUNT_SID: account.accountSid,
    TWILIO_AUTH_TOKEN: account.authToken,
    TWILIO_API_BASE: rest.url,
  }
  house = await openHouse(context, { only, environment })
})
after(async () => {
  for (const close of closers.reverse()) await close()
  rmSync(folders, { recursive: true, force: true, maxRetries: 10 })
})

async function done<T = unknown>(name: string, input: unknown = {}): Promise<T> {
  const reply = await house.ask<T>(name, input)
  assert.equal(reply.kind, "done", `${name}: ${JSON.stringify(reply)}`)
  return reply.value
}

async function asManager<T = unknown>(name: string, input: unknown = {}): Promise<T> {
  const reply = await house.asStaff("manager", name, input)
  assert.equal(reply.kind, "done", `${name}: ${JSON.stringify(reply)}`)
  return (reply as { value: T }).value
}

interface Listed {
  readonly transcripts: readonly { conversation: string; patient?: string }[]
}
interface Sounds {
  readonly recordings: readonly { recording: string; patient?: string }[]
}

interface Waiting {
  readonly items: readonly { readonly context: object }[]
}

const waiting = async () => (await done<Waiting>("work-queue.list")).items
const later = () => ({ beforeMs: Date.now() + DAY_MS })
const sounds = async () => (await done<Sounds>("recordings.expired", later())).recordings

/** A call that is recorded and ends; its caller proves who they are when a patient is given. */
async function ring(call: string, patient?: "1001"): Promise<string> {
  await done("calls.begin", { call, from: "+15125550100" })
  const { recording } = await done<{ recording: string }>("recordings.begin", { call })
  await done("recordings.append", { recording, audio: silence })
  const line = { who: "caller", text: said, atMs: 0, source: "speech" }
  await done("transcripts.append", { conversation: call, line })
  await house.host.identities.openConversation(call, "phone")
  if (patient) {
    await done("verification.offer", { conversation: call, ...people[patient] })
    await isNoted(call, patient)
  }
  await done("recordings.end", { recording })
  await done("calls.update", { call, state: "ended", recording })
  return recording
}

/** Goes on with a call, or begins it; says these, one after the other. */
async function converse(call: string, words: readonly string[], from = "+15125550119") {
  await done("calls.begin", { call, from })
  const opened = { conversation: call, channel: "phone", from }
  let { turn } = await done<{ turn: number }>("conversations.open", opened)
  for (const text of words) {
    const heard = { conversation: call, turn, source: "typed", text, confidence: 1 }
    turn = (await done<{ turn: number }>("conversations.hear", heard)).turn
  }
}

/** How the texts from a number were understood, once so many were. */
async function turnsTexted(from: string, count: number) {
  const states = house.store.collection("conversations.states").find({ limit: 1_000 })
  const isTheirs = (doc: unknown) => {
    const state = doc as { channel: string; from?: string }
    return state.channel === "sms" && state.from === from
  }
  const conversation = states.find(({ doc }) => isTheirs(doc))?.id ?? ""
  for (;;) {
    const doc = house.store.collection("transcripts.turns").get(conversation)?.doc
    const { turns = [], patient } = (doc ?? {}) as { turns?: unknown[]; patient?: string }
    if (turns.length >= count) return { conversation, patient }
    await new Promise((resolve) => setImmediate(resolve))
  }
}

/** What is heard arrives a moment later. */
async function isNoted(call: string, patient: string): Promise<void> {
  for (;;) {
    const { transcripts } = await done<Listed>("transcripts.expired", later())
    const inSound = house.store.collection("recordings.recordings").find({ where: { call } })
    const known = transcripts.find(({ conversation }) => conversation === call)?.patient
    const rang = house.store.collection("calls.calls").get(call)
    const noted = [rang, ...inSound].map(
      (one) => (one?.doc as { patient?: string } | undefined)?.patient,
    )
    if (known === patient && noted.every((one) => one === patient)) return
    await new Promise((resolve) => setImmediate(resolve))
  }
}

const backUpTo = (to: string) => backedUp(house, to)

/** What a call, and a text beside it, left behind in a backup. */
async function restoredCall(documents: string, keysFile: string, call: string) {
  return await restored(house.folder, [documents, keysFile], (store) => {
    store.declare("transcripts", { lines: spec })
    store.declare("calls", { calls: spec })
    store.declare("messaging", { messages: spec })
    store.declare("recordings", { recordings: { ...spec, indexes: { call: "plain" } } })
    return {
      words: store.collection("transcripts.lines").get(call)?.doc,
      text: store.collection("messaging.messages").get("SM1")?.doc,
      call: store.collection("calls.calls").get(call)?.doc,
      sounds: store.collection("recordings.recordings").find({ where: { call } }).length,
    }
  })
}

test("a patient's copy holds the record, the prescriptions and every word, and the log says so", async () => {
  await ring("CA1", "1001")
  await done("messaging.receive", { message: "SM1", from: "+15125550100", body: wrote })
  const { base64 } = await asManager<{ base64: string }>("privacy.export", { patient: "1001" })
  const copy = Buffer.from(base64, "base64").toString()
  for (const part of ["Carter", said, wrote, "CA1", "lisinopril"])
    assert.ok(copy.includes(part), part)
  const whats = house.audit.query({ patient: "1001", limit: 20 }).map(({ what }) => what)
  assert.ok(whats.includes("privacy.export"))
  for (const role of ["technician", "pharmacist", "operator"] as const) {
    const reply = await house.asStaff(role, "privacy.export", { patient: "1001" })
    assert.equal(reply.kind, "refused", role)
  }
})

test("a legal hold keeps everything until it is released", async () => {
  const because = "Letter of counsel, file 12."
  const { hold } = await asManager<{ hold: string }>("privacy.hold", { patient: "1001", because })
  const erase = { patient: "1001", because: "The patient asked." }
  const refused = await house.asStaff("manager", "privacy.erase", erase)
  assert.equal(refused.kind === "fault" && refused.code, "on_hold")
  const { holds } = await asManager<{ holds: { by: string }[] }>("privacy.holds")
  assert.deepEqual(
    holds.map(({ by }) => by),
    ["the-manager"],
  )
  await asManager("privacy.release", { hold })
  assert.equal((await sounds()).length, 1)
})

test("nobody is erased or carried away by whoever merely found a screen open", async () => {
  const manager = { kind: "staff", person: "the-manager", role: "manager" } as const
  const stale = { ...manager, lacks: ["proof" as const] }
  for (const asked of [
    { name: "privacy.erase", input: { patient: "1001", because: "Asked." } },
    { name: "privacy.export", input: { patient: "1001" } },
  ]) {
    const reply = await house.host.desk.proposeAs(stale, { ...asked, options: {} })
    assert.equal(reply.kind === "fault" && reply.code, "prove_again", asked.name)
  }
})

test("who is erased is gone here and in a backup that was made before", async () => {
  const other = await ring("CA2")
  const to = join(folders, "backups")
  const before = await backUpTo(to)
  const olderKeys = join(folders, "older-keys.backup")
  cpSync(join(to, KEYS_BACKUP_FILE), olderKeys)
  const kept = await restoredCall(before, olderKeys, "CA1")
  assert.ok(JSON.stringify(kept.words).includes(said))
  assert.ok(JSON.stringify(kept.text).includes(wrote))
  assert.equal(kept.sounds, 1)

  const asked = { patient: "1001", patientName: "James Carter", words: said }
  const rules: readonly string[] = []
  await done("work-queue.add", { tier: 1, row: "refill_request", rules, context: asked })
  await done("work-queue.add", { tier: 1, row: "refill_request", rules, context: {} })
  assert.equal((await waiting()).length, 2)

  const erase = { patient: "1001", because: "The patient asked." }
  const destroyed = await asManager("privacy.erase", erase)
  assert.deepEqual(destroyed, { transcripts: 1, recordings: 1 })
  await backUpTo(to)
  const gone = await restoredCall(before, join(to, KEYS_BACKUP_FILE), "CA1")
  assert.deepEqual(gone, { words: undefined, text: undefined, call: undefined, sounds: 0 })

  assert.deepEqual(
    (await sounds()).map(({ recording }) => recording),
    [other],
  )
  assert.equal(readdirSync(join(house.folder, "files", "recordings")).length, 1)
  assert.deepEqual(
    (await waiting()).map(({ context }) => context),
    [{}],
  )
  const log = house.audit.query({ patient: "1001", limit: 50 })
  for (const what of ["privacy.erase", "recordings.destroy", "transcripts.destroy"])
    assert.ok(
      log.some((entry) => entry.what === what && entry.outcome === "done"),
      what,
    )
  assert.ok((await house.audit.verify()).ok)
})

test("of two who share a number each takes away their own texts, wherever they ever stood", async () => {
  const from = "+15125550110"
  const amys = ["For Amy: call us.", "my sumatriptan please", "Who is it for?", "Amy, born in June"]
  const lilys = "For Lily: call us."
  const to = join(folders, "texts")
  await done("messaging.send", { to: from, text: lilys, patient: "1012" })
  await done("messaging.send", { to: from, text: amys[0], patient: "1011" })
  const text = (message: string, body: string | undefined) =>
    done<{ conversation: string }>("messaging.receive", { message, from, body })
  const { conversation } = await text("SM11", amys[1])
  await done("messaging.answered", { message: "SM11", reply: amys[2] })
  const unproved = await backUpTo(to)
  await house.host.identities.openConversation(conversation, "sms")
  const amy = { firstName: "Amy", lastName: "Bennett", datesOfBirth: ["1986-06-03"], zip: "77111" }
  await done("verification.offer", { conversation, ...amy })
  await text("SM12", amys[3])
  await text("SM13", "STOP")
  const proved = await backUpTo(to)

  const copyOf = async (patient: string) => {
    const { base64 } = await asManager<{ base64: string }>("privacy.export", { patient })
    const { texts } = JSON.parse(Buffer.from(base64, "base64").toString())
    return (texts as { text: string; reply?: string }[]).flatMap((one) =>
      one.reply === undefined ? [one.text] : [one.text, one.reply],
    )
  }
  while ((await copyOf("1011")).length < 6) await new Promise((resolve) => setImmediate(resolve))
  assert.deepEqual((await copyOf("1011")).slice(0, 4), amys)
  assert.deepEqual(await copyOf("1012"), [lilys])

  const olderKeys = join(folders, "keys-before-amy-left.backup")
  cpSync(join(to, KEYS_BACKUP_FILE), olderKeys)
  for (const words of [...amys, lilys])
    assert.ok((await everKept(house.folder, [proved, olderKeys])).includes(words), words)
  const erase = { patient: "1011", because: "The patient asked." }
  const { hold } = await asManager<{ hold: string }>("privacy.hold", erase)
  const refused = await house.asStaff("manager", "privacy.erase", erase)
  assert.equal(refused.kind === "fault" && refused.code, "on_hold")
  assert.equal((await copyOf("1011")).length, 6)
  await asManager("privacy.release", { hold })
  await asManager("privacy.erase", erase)

  const after = await backUpTo(to)
  for (const backup of [unproved, proved, after]) {
    const left = await everKept(house.folder, [backup, join(to, KEYS_BACKUP_FILE)])
    assert.ok(left.includes(lilys))
    for (const words of amys) assert.ok(!left.includes(words), words)
  }
  assert.deepEqual(await copyOf("1012"), [lilys])
  const thread = await house.asStaff("technician", "messaging.thread", { phone: from })
  const shown = (thread as { value: { optedOut: boolean; messages: unknown[] } }).value
  assert.deepEqual([shown.optedOut, shown.messages.length], [true, 1])
  const late = await house.ask("messaging.send", { to: from, text: lilys, patient: "1012" })
  assert.equal((late as { code?: string }).code, "opted_out")
})

test("what was heard of a patient ends with them, also from before it was known who speaks", async () => {
  const from = "+15125550102"
  const proof = ["Robert Hayes, November 2, 1949", "7 7 1 0 3"]
  const to = join(folders, "heard")
  const left = async (documents: string, keysFile = join(to, KEYS_BACKUP_FILE)) =>
    await everKept(house.folder, [documents, keysFile])
  const text = (message: string, body: string) =>
    done("conversations.text", { message, from, body })
  await converse("CA8", ["Do you have the blue inhaler?"])
  await converse("CA7", ["I want a refund for yesterday"], from)
  const line = { who: "caller", text: "refund for yesterday", atMs: 0, source: "speech" }
  await done("transcripts.append", { conversation: "CA7", line })
  const { recording } = await done<{ recording: string }>("recordings.begin", { call: "CA7" })
  await done("recordings.append", { recording, audio: silence })
  await text("SM71", "I want a refund for Monday")
  const unproved = await backUpTo(to)
  await converse("CA7", proof)
  for (const [at, body] of [...proof, "When do you close?"].entries()) await text(`SM72${at}`, body)
  const { conversation, patient } = await turnsTexted(from, 4)
  assert.equal(patient, "1003")
  await isNoted("CA7", "1003")
  await done("transcripts.append", { conversation: "CA7", line })
  await done("recordings.end", { recording })
  await done("conversations.close", { conversation: "CA7", reason: "caller_left" })
  await done("calls.update", { call: "CA7", state: "ended", recording })
  const proved = await backUpTo(to)

  const olderKeys = join(folders, "keys-before-robert-left.backup")
  cpSync(join(to, KEYS_BACKUP_FILE), olderKeys)
  const before = await left(proved, olderKeys)
  for (const words of ["refund for yesterday", "refund for Monday", "Robert Hayes", "blue inhaler"])
    assert.ok(before.includes(words), words)
  for (const name of ["recordings.recordings", "transcripts.lines", "transcripts.turns"])
    assert.match(before, new RegExp(`"${name}".*"CA7"`))
  await asManager("privacy.erase", { patient: "1003", because: "The patient asked." })
  for (const backup of [unproved, proved, await backUpTo(to)]) {
    const kept = await left(backup)
    assert.ok(kept.includes("blue inhaler"))
    for (const words of ["CA7", conversation, "refund", "Robert", "Hayes", from])
      assert.ok(!kept.includes(words), words)
  }
})

test("what is older than the site keeps it is destroyed each night, and what is held stays", async (context) => {
  const folder = mkdtempSync(join(folders, "house-"))
  const today = await openHouse(context, { only, folder })
  house = today
  await ring("CA4")
  await ring("CA5", "1001")
  await converse("CA6", ["I need a refill"])
  assert.deepEqual(await done("conversations.forget"), { conversations: 0 })
  assert.deepEqual(await done("privacy.applyRetention"), { recordings: 0, transcripts: 0 })
  const because = "Letter of counsel, file 12."
  const { hold } = await asManager<{ hold: string }>("privacy.hold", { patient: "1001", because })
  await today[Symbol.asyncDispose]()

  house = await openHouse(context, { only, folder, nowMs: Date.now() + 800 * DAY_MS })
  assert.deepEqual(await done("conversations.forget"), { conversations: 1 })
  assert.deepEqual(await done("privacy.applyRetention"), { recordings: 1, transcripts: 1 })
  await asManager("privacy.release", { hold })
  assert.deepEqual(await done("privacy.applyRetention"), { recordings: 1, transcripts: 1 })
})
