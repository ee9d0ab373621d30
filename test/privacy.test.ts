/**
 * One patient's record in a real house: the copy they are given, the hold that keeps it, and its
 * end, which holds also in a backup that was made before and is put back afterwards.
 */
import assert from "node:assert/strict"
import { cpSync, mkdtempSync, readdirSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { after, before, test } from "node:test"
import { Type as t } from "typebox"
import { backUp, KEYS_BACKUP_FILE, restore, STORE_FILE } from "../core/backup.ts"
import { systemClock } from "../core/clock.ts"
import { KEY_RING_FILE, unlock } from "../core/key-source.ts"
import { KeyRing } from "../core/keys.ts"
import { Store } from "../core/store.ts"
import { TwilioCloud } from "../simulators/twilio/cloud.ts"
import { startRest } from "../simulators/twilio/rest.ts"
import { type House, openHouse } from "./house.ts"

const only = [
  ...["privacy", "calls", "consents", "patients", "prescriptions", "recordings", "transcripts"],
  ...["verification", "messaging", "intent", "pms", "work-queue"],
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
  await done("calls.update", { call, state: "ended", recording, ...(patient ? { patient } : {}) })
  return recording
}

/** What is heard arrives a moment later. */
async function isNoted(call: string, patient: string): Promise<void> {
  for (;;) {
    const { transcripts } = await done<Listed>("transcripts.expired", later())
    const inSound = house.store.collection("recordings.recordings").find({ where: { call } })
    const known = transcripts.find(({ conversation }) => conversation === call)?.patient
    const heard = inSound.map(({ doc }) => (doc as { patient?: string }).patient)
    if (known === patient && heard.every((one) => one === patient)) return
    await new Promise((resolve) => setImmediate(resolve))
  }
}

const spec = { schema: t.Unknown(), patientField: "patient" }

async function ringOf(folder: string) {
  const master = await unlock("file:master.key", { folder, environment: {} })
  return { master, keys: KeyRing.open(join(folder, KEY_RING_FILE), master) }
}

async function backUpTo(to: string): Promise<string> {
  const { keys, master } = await ringOf(house.folder)
  try {
    const { folder, store } = house
    return await backUp({ folder, store, keys, master, clock: systemClock, to })
  } finally {
    keys.close()
  }
}

/** A backup that was put back into a folder of its own. */
async function restored<T>(
  [documents, keysFile]: readonly [string, string],
  look: (store: Store, keys: KeyRing, folder: string) => T,
): Promise<T> {
  const folder = mkdtempSync(join(folders, "restored-"))
  cpSync(join(house.folder, "master.key"), join(folder, "master.key"))
  const master = await unlock("file:master.key", { folder, environment: {} })
  await restore({ folder, master, documents, keys: keysFile })
  const { keys } = await ringOf(folder)
  const store = Store.open({ file: join(folder, STORE_FILE), keys, clock: systemClock })
  try {
    return look(store, keys, folder)
  } finally {
    store.close()
    keys.close()
  }
}

/** What a call, and a text beside it, left behind in a backup. */
async function restoredCall(documents: string, keysFile: string, call: string) {
  return await restored([documents, keysFile], (store) => {
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

/**
 * Every text that a backup can still open: what stands in it, and what ever stood there. The
 * journal in it is played again, step by step, to see each document as it was at every moment.
 */
async function restoredTexts(...files: readonly [string, string]): Promise<ReadonlySet<string>> {
  return await restored(files, (store, keys, folder) => {
    const again = Store.open({ file: join(folder, "again.db"), keys, clock: systemClock })
    again.declare("messaging", { messages: spec })
    store.declare("messaging", { messages: spec })
    const found = new Set<string>()
    const note = (from: Store) => {
      for (const { doc } of from.collection("messaging.messages").find({ limit: 1_000 })) {
        const { text, reply } = doc as { text: string; reply?: string }
        for (const words of [text, reply]) if (words !== undefined) found.add(words)
      }
    }
    note(store)
    for (const entry of store.journalFrom(1, 100_000)) {
      again.applyJournal([entry])
      note(again)
    }
    again.close()
    return found
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
    assert.ok((await restoredTexts(proved, olderKeys)).has(words), words)
  const erase = { patient: "1011", because: "The patient asked." }
  const { hold } = await asManager<{ hold: string }>("privacy.hold", erase)
  const refused = await house.asStaff("manager", "privacy.erase", erase)
  assert.equal(refused.kind === "fault" && refused.code, "on_hold")
  assert.equal((await copyOf("1011")).length, 6)
  await asManager("privacy.release", { hold })
  await asManager("privacy.erase", erase)

  const after = await backUpTo(to)
  for (const backup of [unproved, proved, after]) {
    const left = await restoredTexts(backup, join(to, KEYS_BACKUP_FILE))
    assert.ok(left.has(lilys))
    for (const words of amys) assert.ok(!left.has(words), words)
  }
  assert.deepEqual(await copyOf("1012"), [lilys])
  const thread = await house.asStaff("technician", "messaging.thread", { phone: from })
  const shown = (thread as { value: { optedOut: boolean; messages: unknown[] } }).value
  assert.deepEqual([shown.optedOut, shown.messages.length], [true, 1])
  const late = await house.ask("messaging.send", { to: from, text: lilys, patient: "1012" })
  assert.equal((late as { code?: string }).code, "opted_out")
})

test("what is older than the site keeps it is destroyed each night, and what is held stays", async (context) => {
  const folder = mkdtempSync(join(folders, "house-"))
  const today = await openHouse(context, { only, folder })
  house = today
  await ring("CA4")
  await ring("CA5", "1001")
  assert.deepEqual(await done("privacy.applyRetention"), { recordings: 0, transcripts: 0 })
  const because = "Letter of counsel, file 12."
  const { hold } = await asManager<{ hold: string }>("privacy.hold", { patient: "1001", because })
  await today[Symbol.asyncDispose]()

  house = await openHouse(context, { only, folder, nowMs: Date.now() + 800 * DAY_MS })
  assert.deepEqual(await done("privacy.applyRetention"), { recordings: 1, transcripts: 1 })
  await asManager("privacy.release", { hold })
  assert.deepEqual(await done("privacy.applyRetention"), { recordings: 1, transcripts: 1 })
})
