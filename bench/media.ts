/**
 * How many calls the media path holds at once with no frame late, beside a bare ws server that
 * sends back what it gets. Frames go both ways every 20 ms; a frame is late when a listener with
 * 400 ms in hand would have heard a gap.
 */
import assert from "node:assert/strict"
import { type ChildProcess, fork } from "node:child_process"
import { once } from "node:events"
import { setTimeout as pause } from "node:timers/promises"
import { fileURLToPath } from "node:url"
import { Type as t } from "typebox"
import { Value } from "typebox/value"
import type { WebSocket } from "ws"
import { parseJson } from "#core/json.ts"
import { CALLER, openStream, post, startMessage, tokenIn } from "../voice/twilio/fixtures/stage.ts"
import { type BenchResult, rowOf } from "./contest.ts"

const CALLS = [100, 200, 300, 400, 500, 600, 700, 800, 900, 1_000]
const HOLD_MS = 8_000
const FRAME_MS = 20
const FRAME_BYTES = 160
const IN_HAND_MS = 400
/** Telephone silence: the line is quiet, and the detector works all the same. */
const silence = Buffer.alloc(FRAME_BYTES, 0xff).toString("base64")

const Media = t.Object({ event: t.Literal("media"), media: t.Object({ payload: t.String() }) })

type Kind = "mortar" | "echo"

export async function bench(): Promise<BenchResult> {
  const ours = await callsHeld("mortar")
  const reference = await callsHeld("echo")
  const what = `calls held with no late frame, of at most ${CALLS.at(-1)}`
  return {
    name: "media path with its voice detector, beside a bare ws echo server",
    rows: [rowOf({ what, ours, reference, unit: "calls" })],
  }
}

/** The most calls of which none heard a gap; the next step up did, or there was none. */
async function callsHeld(kind: Kind): Promise<number> {
  let held = 0
  for (const count of CALLS) {
    const { server, port } = await startServer(kind)
    const late = await hold(kind, port, count)
    server.disconnect()
    await once(server, "exit")
    if (late > 0) return held
    held = count
  }
  return held
}

async function startServer(kind: Kind): Promise<{ server: ChildProcess; port: number }> {
  const path = fileURLToPath(new URL("fixtures/media-server.ts", import.meta.url))
  const server = fork(path, [kind], { execArgv: ["--disable-warning=ExperimentalWarning"] })
  const [message] = await once(server, "message")
  const { port } = Value.Parse(t.Object({ port: t.Integer() }), message)
  return { server, port }
}

/** Answers how many frames were late, over all calls. */
async function hold(kind: Kind, port: number, count: number): Promise<number> {
  const lines: Line[] = []
  const tick = setInterval(() => {
    for (const line of lines) line.sendDue(performance.now())
  }, FRAME_MS / 4)
  for (let n = 0; n < count; n++) lines.push(await Line.open(kind, port, `CA${n}`))
  await pause(HOLD_MS)
  clearInterval(tick)
  const late = lines.reduce((sum, line) => sum + line.lateBy(performance.now()), 0)
  for (const line of lines) line.close()
  return late
}

class Line {
  readonly #socket: WebSocket
  readonly #isEcho: boolean
  readonly #openedAtMs = performance.now()
  #sent = 0
  #firstAtMs: number | undefined
  #heardMs = 0
  #late = 0

  private constructor(socket: WebSocket, isEcho: boolean) {
    this.#socket = socket
    this.#isEcho = isEcho
    socket.on("message", (message) => this.#receive(message.toString()))
  }

  static async open(kind: Kind, port: number, call: string): Promise<Line> {
    const isEcho = kind === "echo"
    const answer = isEcho
      ? undefined
      : await post({ port }, "/twilio/voice", { CallSid: call, From: CALLER })
    const socket = openStream({ port })
    const line = new Line(socket, isEcho)
    await once(socket, "open")
    if (answer) socket.send(startMessage(call, { token: tokenIn(answer.text) }))
    return line
  }

  /** Says the frames whose time has come. */
  sendDue(nowMs: number): void {
    for (; this.#openedAtMs + this.#sent * FRAME_MS < nowMs; this.#sent++) {
      const timestamp = String(this.#sent * FRAME_MS)
      const media = { track: "inbound", chunk: String(this.#sent), timestamp, payload: silence }
      this.#socket.send(JSON.stringify({ event: "media", streamSid: "MZ1", media }))
    }
  }

  /** Frames that came late, and those that should be here and are not. */
  lateBy(nowMs: number): number {
    assert(this.#firstAtMs !== undefined, "a call was never answered")
    const missing = nowMs - this.#dueMs(this.#firstAtMs)
    return this.#late + Math.max(0, Math.floor(missing / FRAME_MS))
  }

  close(): void {
    this.#socket.terminate()
  }

  #receive(text: string): void {
    if (!text.startsWith('{"event":"media"')) return
    const nowMs = performance.now()
    this.#firstAtMs ??= nowMs
    if (nowMs > this.#dueMs(this.#firstAtMs)) this.#late++
    const { media } = parseJson(text, Media)
    this.#heardMs += (Buffer.byteLength(media.payload, "base64") * FRAME_MS) / FRAME_BYTES
  }

  /** When the next frame is needed. Mortar keeps as much in hand itself; an echo is given it. */
  #dueMs(firstAtMs: number): number {
    return firstAtMs + this.#heardMs + (this.#isEcho ? IN_HAND_MS : 0)
  }
}
