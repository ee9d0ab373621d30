/**
 * One speech process, kept alive. What it is asked is bounded in number and in time; a process that
 * dies fails what it was asked at once and is started again, later each time it keeps dying.
 */
import { type ChildProcess, fork } from "node:child_process"
import type { Clock, Timer } from "#core/clock.ts"
import { Outage } from "#core/fault.ts"
import type { Log } from "#core/log.ts"
import type { Done, ToSpeech } from "./wire.ts"
import { type Asks, type Clause, isClause, isReady, type Role, readFromSpeech } from "./wire.ts"

/** Requests at one process at one time, the running one included. */
const WAITING_MAX = 32
const RESTART_MS_MIN = 500
const RESTART_MS_MAX = 30_000
/** Who lived so long is forgiven earlier deaths. */
const STEADY_MS = 60_000

export interface Request {
  readonly done: Promise<Done>
  cancel(): void
}

interface Waiting {
  readonly resolve: (done: Done) => void
  readonly reject: (outage: Outage) => void
  readonly onClause: ((clause: Clause) => void) | undefined
  readonly timer: Timer
}

export interface SpeechProcessParts {
  /** The program to run; without one the process is simply never ready. */
  readonly entry: string | undefined
  readonly role: Role
  readonly clock: Clock
  readonly log: Log
}

export class SpeechProcess {
  readonly #parts: SpeechProcessParts
  readonly #waiting = new Map<number, Waiting>()
  #child: ChildProcess | undefined
  #isReady = false
  #isClosed = false
  #nextId = 1
  #deaths = 0
  #bornAtMs = 0
  #restart: Timer | undefined
  #onReady: (() => void)[] = []

  constructor(parts: SpeechProcessParts) {
    this.#parts = parts
    this.#start()
  }

  get isReady(): boolean {
    return this.#isReady
  }

  whenReady(): Promise<void> {
    if (this.#isReady) return Promise.resolve()
    return new Promise((resolve) => this.#onReady.push(resolve))
  }

  get waiting(): number {
    return this.#waiting.size
  }

  /** Asks; `done` is rejected with an outage when the process is down, too busy or too slow. */
  request(asks: Asks, deadlineMs: number, onClause?: (clause: Clause) => void): Request {
    if (!this.#isReady) return failed("speech_down")
    if (this.#waiting.size >= WAITING_MAX) return failed("overloaded")
    const id = this.#nextId++
    const done = new Promise<Done>((resolve, reject) => {
      const timer = this.#parts.clock.after(deadlineMs, () => this.#fail(id, "deadline"))
      this.#waiting.set(id, { resolve, reject, onClause, timer })
    })
    this.#send({ ...asks, id })
    return { done, cancel: () => this.#cancel(id) }
  }

  /** The voice detector may forget a stream. */
  end(stream: string): void {
    if (this.#isReady) this.#send({ id: this.#nextId++, op: "end", stream })
  }

  close(): void {
    this.#isClosed = true
    this.#restart?.cancel()
    this.#child?.kill("SIGKILL")
  }

  #start(): void {
    const { entry, role, clock } = this.#parts
    if (!entry) return
    this.#bornAtMs = clock.monotonicMs()
    const child = fork(entry, [role], {
      execArgv: ["--disable-warning=ExperimentalWarning"],
      serialization: "advanced",
      stdio: ["ignore", "ignore", "ignore", "ipc"],
    })
    this.#child = child
    child.on("message", (message) => this.#receive(message))
    child.once("exit", () => this.#died(child))
    child.once("error", () => this.#died(child))
  }

  #receive(message: unknown): void {
    const known = readFromSpeech(message)
    if (!known) return
    if (isReady(known)) {
      this.#isReady = true
      for (const tell of this.#onReady.splice(0)) tell()
      return
    }
    const waiting = this.#waiting.get(known.id)
    if (!waiting) return
    if (isClause(known)) {
      waiting.onClause?.(known)
      return
    }
    this.#waiting.delete(known.id)
    waiting.timer.cancel()
    if (known.ok) waiting.resolve(known)
    else waiting.reject(new Outage("speech_down"))
  }

  #died(child: ChildProcess): void {
    if (this.#child !== child) return
    const { clock, log, role } = this.#parts
    this.#child = undefined
    this.#isReady = false
    for (const id of [...this.#waiting.keys()]) this.#fail(id, "speech_down")
    if (this.#isClosed) return
    this.#deaths = clock.monotonicMs() - this.#bornAtMs > STEADY_MS ? 1 : this.#deaths + 1
    const waitMs = Math.min(RESTART_MS_MAX, RESTART_MS_MIN * 2 ** (this.#deaths - 1))
    log.warn("a speech process ended and will be started again", { role, waitMs })
    this.#restart = clock.after(waitMs, () => this.#start())
  }

  #cancel(id: number): void {
    if (!this.#waiting.has(id)) return
    this.#fail(id, "deadline")
  }

  #fail(id: number, code: "deadline" | "speech_down"): void {
    const waiting = this.#waiting.get(id)
    if (!waiting) return
    this.#waiting.delete(id)
    waiting.timer.cancel()
    if (code === "deadline") this.#send({ id: this.#nextId++, op: "cancel", target: id })
    waiting.reject(new Outage(code))
  }

  #send(message: ToSpeech): void {
    if (this.#child?.connected) this.#child.send(message, () => undefined)
  }
}

function failed(code: "speech_down" | "overloaded"): Request {
  const done = Promise.reject(new Outage(code))
  done.catch(() => undefined)
  return { done, cancel: () => undefined }
}
