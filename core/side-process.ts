/**
 * A program in a process of its own beside a module, for native code that blocks. What it is asked
 * is bounded in number and in time; one that dies fails what it was asked at once and is started
 * again, later each time it keeps dying.
 */
import { type ChildProcess, execFile, fork } from "node:child_process"
import { readFile } from "node:fs/promises"
import { promisify } from "node:util"
import type { Clock, Timer } from "./clock.ts"
import { environment as inherited } from "./config.ts"
import { Outage, type OutageCode } from "./fault.ts"
import type { Log } from "./log.ts"

/** Requests at one process at one time, the running one included. */
const WAITING_MAX = 32
const RESTART_MS_MIN = 500
const RESTART_MS_MAX = 30_000
/** Who lived so long is forgiven earlier deaths. */
const STEADY_MS = 60_000

/** What the process says: that it can be asked, part of an answer, or the end of one. */
export type Told<Part, Done> =
  | { readonly kind: "ready" }
  | { readonly kind: "part"; readonly id: number; readonly part: Part }
  /** Without `done` it could not answer. */
  | { readonly kind: "done"; readonly id: number; readonly done?: Done }

export interface SideProcessParts<Part, Done> {
  /** The program to run; without one the process is simply never ready. */
  readonly entry: string | undefined
  /** The name it goes by in the log, and the program's first argument. */
  readonly role: string
  /** Variables beside our own. */
  readonly environment?: Readonly<Record<string, string>>
  /** Told to each new process before anything else. */
  readonly opening?: object
  /** Reads what came over the channel; undefined when it is nothing we know. */
  readonly read: (message: unknown) => Told<Part, Done> | undefined
  /** What a request that meets no process fails with. */
  readonly down: OutageCode
  readonly clock: Clock
  readonly log: Log
}

export interface SideRequest<Done> {
  readonly done: Promise<Done>
  cancel(): void
}

interface Waiting<Part, Done> {
  readonly resolve: (done: Done) => void
  readonly reject: (outage: Outage) => void
  readonly onPart: ((part: Part) => void) | undefined
  readonly timer: Timer
}

export class SideProcess<Part, Done> {
  readonly #parts: SideProcessParts<Part, Done>
  readonly #waiting = new Map<number, Waiting<Part, Done>>()
  #child: ChildProcess | undefined
  #isReady = false
  #isClosed = false
  #nextId = 1
  #deaths = 0
  #bornAtMs = 0
  #loadMs: number | undefined
  #restart: Timer | undefined
  #onReady: (() => void)[] = []

  constructor(parts: SideProcessParts<Part, Done>) {
    this.#parts = parts
    this.#start()
  }

  get isReady(): boolean {
    return this.#isReady
  }

  /** For whoever looks after the machine. What it took to be ready is that of the last start. */
  async standing() {
    const [isReady, pid, loadMs] = [this.#isReady, this.#child?.pid, this.#loadMs]
    const residentMiB = pid === undefined ? 0 : await residentMiBOf(pid)
    return { isReady, deaths: this.#deaths, residentMiB, ...(loadMs !== undefined && { loadMs }) }
  }

  whenReady(): Promise<void> {
    if (this.#isReady) return Promise.resolve()
    return new Promise((resolve) => this.#onReady.push(resolve))
  }

  get waiting(): number {
    return this.#waiting.size
  }

  /** Asks; `done` is rejected with an outage when the process is down, too busy or too slow. */
  request(asks: object, deadlineMs: number, onPart?: (part: Part) => void): SideRequest<Done> {
    if (!this.#isReady) return failed(this.#parts.down)
    if (this.#waiting.size >= WAITING_MAX) return failed("overloaded")
    const id = this.#nextId++
    const done = new Promise<Done>((resolve, reject) => {
      const timer = this.#parts.clock.after(deadlineMs, () => this.#fail(id, "deadline"))
      this.#waiting.set(id, { resolve, reject, onPart, timer })
    })
    this.#send({ ...asks, id })
    return { done, cancel: () => this.#cancel(id) }
  }

  /** Says something that needs no answer. */
  tell(message: object): void {
    if (this.#isReady) this.#send({ ...message, id: this.#nextId++ })
  }

  close(): void {
    this.#isClosed = true
    this.#restart?.cancel()
    this.#child?.kill("SIGKILL")
  }

  #start(): void {
    const { entry, role, environment, opening, clock } = this.#parts
    if (!entry) return
    this.#bornAtMs = clock.monotonicMs()
    const child = fork(entry, [role], {
      execArgv: ["--disable-warning=ExperimentalWarning"],
      serialization: "advanced",
      env: { ...inherited, ...environment },
      stdio: ["ignore", "ignore", "ignore", "ipc"],
    })
    this.#child = child
    child.on("message", (message) => this.#receive(message))
    child.once("exit", () => this.#died(child))
    child.once("error", () => this.#died(child))
    if (opening) this.#send(opening)
  }

  #receive(message: unknown): void {
    const told = this.#parts.read(message)
    if (!told) return
    if (told.kind === "ready") {
      this.#isReady = true
      this.#loadMs = Math.round(this.#parts.clock.monotonicMs() - this.#bornAtMs)
      this.#parts.log.info("a process beside the module is ready", { role: this.#parts.role })
      for (const tell of this.#onReady.splice(0)) tell()
      return
    }
    const waiting = this.#waiting.get(told.id)
    if (!waiting) return
    if (told.kind === "part") {
      waiting.onPart?.(told.part)
      return
    }
    this.#waiting.delete(told.id)
    waiting.timer.cancel()
    if (told.done !== undefined) waiting.resolve(told.done)
    else waiting.reject(new Outage(this.#parts.down))
  }

  #died(child: ChildProcess): void {
    if (this.#child !== child) return
    const { clock, down, log, role } = this.#parts
    this.#child = undefined
    this.#isReady = false
    for (const id of [...this.#waiting.keys()]) this.#fail(id, down)
    if (this.#isClosed) return
    this.#deaths = clock.monotonicMs() - this.#bornAtMs > STEADY_MS ? 1 : this.#deaths + 1
    const waitMs = Math.min(RESTART_MS_MAX, RESTART_MS_MIN * 2 ** (this.#deaths - 1))
    log.warn("a process beside the module ended and will be started again", { role, waitMs })
    this.#restart = clock.after(waitMs, () => this.#start())
  }

  #cancel(id: number): void {
    if (this.#waiting.has(id)) this.#fail(id, "deadline")
  }

  #fail(id: number, code: OutageCode): void {
    const waiting = this.#waiting.get(id)
    if (!waiting) return
    this.#waiting.delete(id)
    waiting.timer.cancel()
    if (code === "deadline") this.#send({ id: this.#nextId++, op: "cancel", target: id })
    waiting.reject(new Outage(code))
  }

  #send(message: object): void {
    if (this.#child?.connected) this.#child.send(message, () => undefined)
  }
}

/** As the system counts it; 0 for one that has just ended. A small Linux has no `ps`. */
async function residentMiBOf(pid: number): Promise<number> {
  const told =
    process.platform === "linux"
      ? readFile(`/proc/${pid}/status`, "utf8")
      : promisify(execFile)("ps", ["-o", "rss=", "-p", String(pid)]).then(({ stdout }) => stdout)
  const kib = /(?:^VmRSS:|^)\s*(\d+)/m.exec(await told.catch(() => ""))?.[1]
  return Math.round(Number(kib ?? 0) / 1_024)
}

function failed<Done>(code: OutageCode): SideRequest<Done> {
  const done = Promise.reject<Done>(new Outage(code))
  done.catch(() => undefined)
  return { done, cancel: () => undefined }
}
