/** Recordings through their contract: what is on the disk, what comes back, and what is refused. */
import assert from "node:assert/strict"
import { readdirSync, readFileSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { test } from "node:test"
import wavefile from "wavefile"
import { openHouse } from "../../test/house.ts"

const only = ["recordings", "verification", "patients", "consents", "messaging", "intent", "pms"]
const STEREO_MS = 16

/** A second of sound: the caller's side counts up, the agent's is one tone. */
function secondOfSound(): Buffer {
  const bytes = Buffer.alloc(1_000 * STEREO_MS)
  for (let at = 0; at < bytes.length; at += 2) {
    bytes[at] = (at / 2) % 256
    bytes[at + 1] = 0x80
  }
  return bytes
}

async function recorded(t: Parameters<typeof openHouse>[0]) {
  const house = await openHouse(t, { only })
  const begun = await house.ask<{ recording: string }>("recordings.begin", { call: "CA1" })
  const { recording } = begun.value
  const append = (bytes: Buffer) =>
    house.ask("recordings.append", { recording, audio: bytes.toString("base64") })
  const folder = join(house.folder, "files", "recordings")
  const wav = async () => {
    const reply = await house.asStaff("technician", "recordings.exportWav", { recording })
    assert.ok(reply.kind === "done")
    const { wavBase64 } = reply.value as { wavBase64: string }
    return new wavefile.WaveFile(Buffer.from(wavBase64, "base64"))
  }
  return { house, recording, append, folder, wav }
}

test("both sides come back as a stereo WAV, the caller left and the agent right", async (t) => {
  const { house, recording, append, wav } = await recorded(t)
  await append(secondOfSound())
  const ended = await house.ask<{ durationMs: number }>("recordings.end", { recording })
  assert.equal(ended.value.durationMs, 1_000)
  const { fmt } = (await wav()) as unknown as { fmt: { numChannels: number; sampleRate: number } }
  assert.deepEqual([fmt.numChannels, fmt.sampleRate], [2, 8_000])
  const [left = [], right = []] = (await wav()).getSamples(false) as unknown as number[][]
  assert.equal(left.length, 8_000)
  assert.equal(new Set(right).size, 1)
  assert.ok(new Set(left).size > 200)
})

test("what is on the disk is encrypted while the call is still going on", async (t) => {
  const { append, folder } = await recorded(t)
  const sound = secondOfSound()
  await append(sound)
  const files = readdirSync(folder)
  assert.equal(files.length, 1)
  const onDisk = readFileSync(join(folder, files[0] ?? ""))
  assert.ok(onDisk.length >= sound.length)
  assert.equal(onDisk.includes(sound.subarray(0, 64)), false)
})

test("a recording whose file was changed by one byte is refused, not played", async (t) => {
  const { house, recording, append, folder } = await recorded(t)
  await append(secondOfSound())
  await house.ask("recordings.end", { recording })
  const file = join(folder, readdirSync(folder)[0] ?? "")
  const bytes = readFileSync(file)
  bytes[500] = (bytes[500] ?? 0) ^ 1
  writeFileSync(file, bytes)
  const reply = await house.asStaff("technician", "recordings.exportWav", { recording })
  assert.equal(reply.kind === "fault" && reply.code, "unreadable")
})

test("after an objection nothing is written but silence, and it can't be taken back", async (t) => {
  const { house, recording, append, wav } = await recorded(t)
  await append(secondOfSound())
  await house.ask("recordings.pause", { recording, reason: "caller_objected" })
  await append(secondOfSound())
  const resumed = await house.ask("recordings.resume", { recording })
  assert.equal((resumed as { code?: string }).code, "objected")
  const [left = []] = (await wav()).getSamples(false) as unknown as number[][]
  assert.deepEqual([...new Set(left.slice(8_000))], [0])
})

test("a recording goes on after its module was killed in mid-call", async (t) => {
  const { house, append, wav } = await recorded(t)
  await append(secondOfSound())
  const pid = house.host.pidOf("recordings")
  assert.ok(pid)
  process.kill(pid, "SIGKILL")
  while ((await append(secondOfSound())).kind !== "done")
    await new Promise((resolve) => setImmediate(resolve))
  const [left = []] = (await wav()).getSamples(false) as unknown as number[][]
  assert.equal(left.length, 16_000)
})

test("a caller can't listen to any recording, not even their own", async (t) => {
  const { house, recording } = await recorded(t)
  const reply = await house.asCaller("1001", "recordings.exportWav", { recording })
  assert.equal(reply.kind, "refused")
})
