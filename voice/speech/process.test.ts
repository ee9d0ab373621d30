import assert from "node:assert/strict"
import { type TestContext, test } from "node:test"
import { fileURLToPath } from "node:url"
import { systemClock, VirtualClock } from "#core/clock.ts"
import { Outage } from "#core/fault.ts"
import type { Log } from "#core/log.ts"
import { SpeechProcess } from "./process.ts"
import type { Clause, Role } from "./wire.ts"

const entry = fileURLToPath(new URL("./fixtures/speech-child.ts", import.meta.url))
const nothing = () => undefined
const log: Log = { debug: nothing, info: nothing, warn: nothing, error: nothing, child: () => log }
const transcribe = { op: "transcribe", pcm16k: new Float32Array(1_600) } as const

async function start(t: TestContext, role: Role, clock = systemClock): Promise<SpeechProcess> {
  const process = new SpeechProcess({ entry, role, clock, log })
  t.after(() => process.close())
  await process.whenReady()
  return process
}

const isOutage = (code: string) => (error: unknown) =>
  error instanceof Outage && error.code === code

test("a speech process is asked and answers", async (t) => {
  const process = await start(t, "quick")
  assert.equal((await process.request(transcribe, 5_000).done).text, "1600 samples")
  assert.equal(process.waiting, 0)
})

test("clauses arrive one by one before the end", async (t) => {
  const process = await start(t, "voice")
  const clauses: Clause[] = []
  const asks = { op: "speak", text: "hello", voice: "a", speed: 1 } as const
  await process.request(asks, 5_000, (clause) => clauses.push(clause)).done
  assert.deepEqual(
    clauses.map(({ clause, pcm24k }) => [clause, pcm24k.length]),
    [
      [0, 2_400],
      [1, 2_400],
    ],
  )
})

test("a process that dies fails what it was asked at once, and comes back", async (t) => {
  const process = await start(t, "careful")
  const both = [process.request(transcribe, 60_000), process.request(transcribe, 60_000)]
  for (const { done } of both) await assert.rejects(done, isOutage("speech_down"))
  await assert.rejects(process.request(transcribe, 60_000).done, isOutage("speech_down"))
  await process.whenReady()
  assert.ok(process.isReady)
})

test("a request that is not answered in time fails as such", async (t) => {
  const clock = new VirtualClock(0)
  const process = await start(t, "vad", clock)
  const { done } = process.request({ op: "frames", items: [] }, 1_000)
  clock.advance(1_000)
  await assert.rejects(done, isOutage("deadline"))
})

test("more requests than may wait are refused at once", async (t) => {
  const process = await start(t, "vad", new VirtualClock(0))
  for (let i = 0; i < 32; i++)
    process.request({ op: "frames", items: [] }, 1_000).done.catch(nothing)
  const { done } = process.request({ op: "frames", items: [] }, 1_000)
  await assert.rejects(done, isOutage("overloaded"))
})

test("without a program there is no speech, and asking says so", async () => {
  const process = new SpeechProcess({ entry: undefined, role: "quick", clock: systemClock, log })
  await assert.rejects(process.request(transcribe, 1_000).done, isOutage("speech_down"))
})
