/**
 * One running copy of one module: a child process, what it was asked, and whether it still answers.
 */
import { type ChildProcess, fork } from "node:child_process"
import type { Socket } from "node:net"
import { fileURLToPath } from "node:url"
import type { Actor } from "./actor.ts"
import type { Clock, Rehearsal, Timer } from "./clock.ts"
import { environment } from "./config.ts"
import { Outage, type OutageCode } from "./fault.ts"
import type { Reply } from "./module.ts"
import type { Manifest, ToHost, ToModule } from "./wire.ts"

const RUNNER = fileURLToPath(new URL("./runner.ts", import.meta.url))
const COMPILED = fileURLToPath(new URL("../node_modules/.mortar/compiled", import.meta.url))
const MEMORY_MIB_DEFAULT = 96
const WAITING_MAX = 1_000
const LOAD_MS_MAX = 30_000
const STOP_MS_MAX = 3_000

/**
 * Where programs and models are found. Secrets stay with the host, which hands out what is granted.
 */
const PASSED_ON = ["PATH", "HOME", "TMPDIR", "LANG", "XDG_CACHE_HOME", "MORTAR_MODELS"]
const childEnvironment = {
  ...Object.fromEntries(PASSED_ON.map((name) => [name, environment[name]])),
  // Compiled code is kept, in a folder only we write to: a module starts in half the time.
  NODE_COMPILE_CACHE: COMPILED,
}

export interface Patience {
  readonly pingEveryMs: number
  /** A process that has not answered a ping for so long is ended. */
  readonly stuckAfterMs: number
}

export interface Watcher {
  asked(message: Extract<ToHost, { type: "ask" }>, from: ModuleProcess): void
  said(message: Extract<ToHost, { type: "emit" | "log" | "defect" }>, from: ModuleProcess): void
  /** The module has a connection it was sent. */
  took(connection: number): void
  exited(from: ModuleProcess, how: string): void
}

export interface Work {
  readonly command: string
  readonly phase: "run" | "facts"
  readonly input: unknown
  readonly actor: Actor
  readonly key: string
  /** On the clock that never jumps. */
  readonly deadlineAtMs: number
}

interface Waiting {
  readonly work: Work
  readonly timer: Timer
  readonly settle: (reply: Reply) => void
}

export function outageReply(code: OutageCode, retryable = true): Reply {
  return { kind: "outage", code, retryable, hint: new Outage(code).hint }
}

export class ModuleProcess {
  readonly path: string
  manifest!: Manifest
  residentMiB = 0
  readonly #child: ChildProcess
  #nextId = 1
  /**
   * Pings in a row that were not answered. Counted, so that a busy host does not blame a module.
   */
  #unanswered = 0
  #hasExited = false
  #pings: Timer | undefined
  #settleStep: ((failure: string | undefined) => void) | undefined
  #whenDrained: (() => void) | undefined
  #whenIdle: (() => void) | undefined
  readonly #waiting = new Map<number, Waiting>()
  readonly #clock: Clock
  readonly #watcher: Watcher
  readonly #patience: Patience
  readonly #rehearsal: Rehearsal

  private constructor(path: string, memoryMiB: number, around: Around) {
    this.path = path
    this.#clock = around.clock
    this.#watcher = around.watcher
    this.#patience = around.patience
    this.#rehearsal = around.rehearsal
    this.#child = fork(RUNNER, [], {
      execArgv: [`--max-old-space-size=${memoryMiB}`, "--disable-warning=ExperimentalWarning"],
      serialization: "advanced",
      env: childEnvironment,
      // What a process prints while it dies may hold anything; the host tells how it ended.
      stdio: ["ignore", "ignore", "ignore", "ipc"],
    })
    this.#child.on("message", (message) => this.#receive(message as ToHost))
    this.#child.once("exit", (code, signal) => this.#exited(signal ?? `code ${code}`))
    this.#child.once("error", () => this.#exited("could not be started"))
  }

  /** Starts a process and lets it read the module. Throws with the reason when it cannot. */
  static async load(path: string, around: Around): Promise<ModuleProcess> {
    const { memoryMiB: guessMiB = MEMORY_MIB_DEFAULT } = around
    const first = new ModuleProcess(path, guessMiB, around)
    await first.#step({ type: "load", path })
    const { memoryMiB } = first.manifest
    if (memoryMiB === guessMiB) return first
    // The limit is fixed when a process starts, and only the module knows it.
    first.kill()
    const second = new ModuleProcess(path, memoryMiB, around)
    await second.#step({ type: "load", path })
    return second
  }

  /** Grants the module its configuration and waits until it says that it is fit to serve. */
  async start(config: unknown, folder: string): Promise<void> {
    // A module may compute for seconds before it is fit to serve: until then the step's own limit
    // holds, and nobody is asked whether it still answers.
    await this.#step({ type: "start", config, folder, rehearsal: this.#rehearsal })
    this.#pings = this.#clock.every(this.#patience.pingEveryMs, () => this.#ping())
  }

  get pid(): number | undefined {
    return this.#child.pid
  }

  get hasExited(): boolean {
    return this.#hasExited
  }

  get inFlight(): number {
    return this.#waiting.size
  }

  request(work: Work): Promise<Reply> {
    if (this.#hasExited || this.#isSilent()) return Promise.resolve(outageReply("module_down"))
    if (this.#waiting.size >= WAITING_MAX) return Promise.resolve(outageReply("overloaded"))
    const deadlineMs = work.deadlineAtMs - this.#clock.monotonicMs()
    if (deadlineMs <= 0) return Promise.resolve(outageReply("deadline"))
    const id = this.#nextId++
    const { command, phase, input, actor, key } = work
    return new Promise((settle) => {
      const timer = this.#clock.after(deadlineMs, () => {
        this.send({ type: "cancel", id })
        this.#settle(id, outageReply("deadline"))
      })
      this.#waiting.set(id, { work, timer, settle })
      this.send({ type: "request", id, command, phase, input, actor, key, deadlineMs })
    })
  }

  /** The work during which the module asked something; undefined outside of a request. */
  workOf(id: number | undefined): Work | undefined {
    return id === undefined ? undefined : this.#waiting.get(id)?.work
  }

  /** A socket stays open here too, until the module says that it took it. */
  send(message: ToModule, socket?: Socket): void {
    if (this.#hasExited || !this.#child.connected) return
    this.#child.send(message, socket, { keepOpen: true }, () => undefined)
  }

  /** Resolves when the connections it has are over, which new ones go past, or after `maxMs`. */
  async drain(maxMs: number): Promise<void> {
    if (this.#hasExited) return
    await new Promise<void>((resolve) => {
      const timer = this.#clock.after(maxMs, resolve)
      this.#whenDrained = () => {
        timer.cancel()
        resolve()
      }
      this.send({ type: "drain" })
    })
  }

  /** Lets what is running finish, at most for `drainMs`, then ends the process. */
  async stop(drainMs: number): Promise<void> {
    if (this.#waiting.size > 0)
      await new Promise<void>((resolve) => {
        const timer = this.#clock.after(drainMs, resolve)
        this.#whenIdle = () => {
          timer.cancel()
          resolve()
        }
      })
    if (this.#hasExited) return
    const gone = new Promise<void>((resolve) => this.#child.once("exit", () => resolve()))
    const timer = this.#clock.after(STOP_MS_MAX, () => this.kill())
    this.send({ type: "stop" })
    await gone
    timer.cancel()
  }

  kill(): void {
    this.#child.kill("SIGKILL")
  }

  async #step(message: ToModule): Promise<void> {
    const failure = await new Promise<string | undefined>((resolve) => {
      const timer = this.#clock.after(LOAD_MS_MAX, () => resolve("it took too long"))
      this.#settleStep = (result) => {
        timer.cancel()
        resolve(result)
      }
      this.send(message)
    })
    if (failure === undefined) return
    this.kill()
    throw new Error(`${this.path}: ${failure}`)
  }

  #receive(message: ToHost): void {
    switch (message.type) {
      case "loaded":
        this.manifest = message.manifest
        this.#settleStep?.(undefined)
        break
      case "ready":
        this.#settleStep?.(undefined)
        break
      case "drained":
        this.#whenDrained?.()
        break
      case "failed":
        this.#settleStep?.(message.why)
        break
      case "reply":
        this.#settle(message.id, message.reply)
        break
      case "pong":
        this.#unanswered = 0
        this.residentMiB = message.residentMiB
        break
      case "took":
        this.#watcher.took(message.id)
        break
      case "ask":
        this.#watcher.asked(message, this)
        break
      default:
        this.#watcher.said(message, this)
    }
  }

  #isSilent(): boolean {
    const { pingEveryMs, stuckAfterMs } = this.#patience
    return this.#unanswered * pingEveryMs > stuckAfterMs
  }

  #ping(): void {
    const { memoryMiB, nativeMiB } = this.manifest
    if (this.#isSilent() || this.residentMiB > memoryMiB + nativeMiB) this.kill()
    else {
      this.#unanswered++
      this.send({ type: "ping" })
    }
  }

  #settle(id: number, reply: Reply): void {
    const waiting = this.#waiting.get(id)
    if (!waiting) return
    this.#waiting.delete(id)
    waiting.timer.cancel()
    waiting.settle(reply)
    if (this.#waiting.size === 0) this.#whenIdle?.()
  }

  #exited(how: string): void {
    if (this.#hasExited) return
    this.#hasExited = true
    this.#pings?.cancel()
    this.#settleStep?.(`the process ended (${how})`)
    this.#whenDrained?.()
    for (const id of [...this.#waiting.keys()]) this.#settle(id, outageReply("module_down"))
    this.#watcher.exited(this, how)
  }
}

interface Around {
  readonly clock: Clock
  readonly watcher: Watcher
  readonly patience: Patience
  readonly rehearsal: Rehearsal
  /** What the module said last time: right, unless another version wants another limit. */
  readonly memoryMiB?: number | undefined
}
