/**
 * A module's place in the house: keeps one copy running, restarts it with growing pauses, sets it
 * aside when it keeps dying, and changes it for another version without losing a request.
 */
import type { Socket } from "node:net"
import type { Clock, Rehearsal, Timer } from "./clock.ts"
import type { Log } from "./log.ts"
import type { Reply } from "./module.ts"
import {
  ModuleProcess,
  outageReply,
  type Patience,
  type Watcher,
  type Work,
} from "./module-process.ts"
import type { ModuleHealth } from "./ports.ts"
import type { Manifest, ToModule } from "./wire.ts"

const RESTART_PAUSE_MS_MIN = 100
const RESTART_PAUSE_MS_MAX = 10_000
/** So many deaths within the window and the module is set aside. */
const DEATHS_MAX = 5
const DEATHS_WINDOW_MS = 60_000
const DRAIN_MS = 10_000
/** A copy that was replaced keeps its connections so long: longer than any call. */
const CONNECTIONS_DRAIN_MS = 60 * 60_000
const EVENTS_KEPT_MAX = 1_000
/** Connections that no copy has taken yet, unread, and for how long. */
const CONNECTIONS_KEPT_MAX = 1_024
const CONNECTION_KEPT_MS = 10_000

export interface SlotOptions {
  readonly path: string
  readonly clock: Clock
  readonly log: Log
  readonly patience: Patience
  readonly rehearsal: Rehearsal
  readonly watcher: Watcher
  /** Checks a manifest before the module is started, and answers what it is granted. */
  readonly admit: (manifest: Manifest) => Admitted
  readonly changed: (slot: Slot) => void
}

type Connection = Extract<ToModule, { type: "connection" }>

/** Until a copy says that it took it: one that dies first leaves it to the next. */
interface WaitingConnection {
  readonly message: Connection
  readonly socket: Socket
  readonly timer: Timer
  sentTo: ModuleProcess | undefined
}

export interface Admitted {
  readonly config: unknown
  readonly folder: string
}

export class Slot {
  state: ModuleHealth["state"] = "stopped"
  restarts = 0
  manifest: Manifest | undefined
  #process: ModuleProcess | undefined
  #path: string
  #retry: Timer | undefined
  #deathsAtMs: number[] = []
  readonly #missed: ToModule[] = []
  readonly #connections = new Map<number, WaitingConnection>()
  #nextConnection = 1
  /** Copies that were replaced and still finish what they had begun. */
  readonly #retiring = new Set<ModuleProcess>()
  readonly #options: SlotOptions

  constructor(options: SlotOptions) {
    this.#options = options
    this.#path = options.path
  }

  get residentMiB(): number {
    return this.#process?.residentMiB ?? 0
  }

  get pid(): number | undefined {
    return this.#process?.pid
  }

  /** Reads the module without starting it, so that the host can order what depends on what. */
  async load(): Promise<Manifest> {
    this.#process = await this.#loaded(this.#path)
    this.manifest = this.#process.manifest
    return this.manifest
  }

  /** Starts what was loaded. Throws when the module is not fit to serve. */
  async start(): Promise<void> {
    this.state = "starting"
    if (!this.#process || this.#process.hasExited) this.#process = await this.#loaded(this.#path)
    this.manifest = this.#process.manifest
    await this.#started(this.#process)
    this.#running()
  }

  request(work: Work): Promise<Reply> {
    if (this.state === "quarantined")
      return Promise.resolve(outageReply("module_quarantined", false))
    if (!this.#process || this.state !== "running")
      return Promise.resolve(outageReply("module_down"))
    return this.#process.request(work)
  }

  /** Something that needs no answer. Kept, within a bound, while the module is down. */
  tell(message: ToModule): void {
    if (this.state === "running") {
      this.#process?.send(message)
      return
    }
    if (message.type === "event" && this.#missed.push(message) > EVENTS_KEPT_MAX) {
      this.#missed.shift()
      this.#options.log.warn("an event was dropped: the module has been down too long")
    }
  }

  /** Hands a connection over. It waits, unread, while the module is started again. */
  connect(listener: Connection["listener"], socket: Socket): void {
    const isServed = ["running", "starting", "restarting"].includes(this.state)
    if (!isServed || this.#connections.size >= CONNECTIONS_KEPT_MAX) return void socket.destroy()
    const message = { type: "connection", id: this.#nextConnection++, listener } as const
    const timer = this.#options.clock.after(CONNECTION_KEPT_MS, () => this.#letGo(message.id))
    const waiting: WaitingConnection = { message, socket, timer, sentTo: undefined }
    this.#connections.set(message.id, waiting)
    if (this.state === "running") this.#hand(waiting)
  }

  #hand(waiting: WaitingConnection): void {
    waiting.sentTo = this.#process
    this.#process?.send(waiting.message, waiting.socket)
  }

  /** Closes our end; where the module has it, that is the end that counts. */
  #letGo(id: number): void {
    const waiting = this.#connections.get(id)
    this.#connections.delete(id)
    waiting?.timer.cancel()
    waiting?.socket.destroy()
  }

  /**
   * Puts another version in place: it is started and checked beside the running one, takes over
   * when it is fit, and the old one finishes what it had begun. On failure nothing has changed.
   */
  async swap(path: string): Promise<void> {
    const next = await this.#loaded(path)
    const former = this.#process
    try {
      await this.#started(next)
    } catch (trouble) {
      next.kill()
      throw trouble
    }
    this.#process = next
    this.#path = path
    this.manifest = next.manifest
    this.#deathsAtMs = []
    this.#running()
    if (!former) return
    const retired = this.#retire(former)
    // What listens may hold a call for an hour: nobody waits for that.
    if (former.manifest.listens.length === 0) await retired
  }

  async #retire(former: ModuleProcess): Promise<void> {
    this.#retiring.add(former)
    await former.drain(CONNECTIONS_DRAIN_MS)
    await former.stop(DRAIN_MS)
    this.#retiring.delete(former)
  }

  /** Ends the module's pause or quarantine now. */
  async release(): Promise<void> {
    this.#retry?.cancel()
    this.#deathsAtMs = []
    if (this.state !== "running") await this.#restart()
  }

  async stop(): Promise<void> {
    this.#retry?.cancel()
    this.state = "stopped"
    this.#dropConnections()
    const copies = [...this.#retiring, ...(this.#process ? [this.#process] : [])]
    await Promise.all(copies.map((copy) => copy.stop(DRAIN_MS)))
  }

  /** True when the process is the one that serves now. */
  isServedBy(process: ModuleProcess): boolean {
    return this.#process === process
  }

  async #loaded(path: string): Promise<ModuleProcess> {
    const { clock, rehearsal, patience, watcher } = this.#options
    return ModuleProcess.load(path, {
      clock,
      rehearsal,
      patience,
      memoryMiB: this.manifest?.memoryMiB,
      watcher: {
        ...watcher,
        asked: (message, from) => watcher.asked(message, from),
        said: (message, from) => watcher.said(message, from),
        took: (connection) => this.#letGo(connection),
        exited: (from, how) => {
          watcher.exited(from, how)
          if (this.isServedBy(from) && this.state !== "stopped") this.#died(how)
        },
      },
    })
  }

  async #started(process: ModuleProcess): Promise<void> {
    const { config, folder } = this.#options.admit(process.manifest)
    await process.start(config, folder)
  }

  #running(): void {
    this.state = "running"
    for (const message of this.#missed.splice(0)) this.#process?.send(message)
    for (const waiting of this.#connections.values())
      if (waiting.sentTo === undefined || waiting.sentTo.hasExited) this.#hand(waiting)
    this.#options.changed(this)
  }

  #dropConnections(): void {
    for (const id of [...this.#connections.keys()]) this.#letGo(id)
  }

  #died(how: string): void {
    const { clock, log } = this.#options
    const nowMs = clock.monotonicMs()
    this.#deathsAtMs = this.#deathsAtMs.filter((atMs) => nowMs - atMs < DEATHS_WINDOW_MS)
    this.#deathsAtMs.push(nowMs)
    this.restarts++
    if (this.#deathsAtMs.length >= DEATHS_MAX) {
      this.state = "quarantined"
      log.error("module set aside: it keeps dying", { how, deaths: this.#deathsAtMs.length })
      this.#dropConnections()
      this.#options.changed(this)
      return
    }
    this.state = "restarting"
    const pauseMs = Math.min(
      RESTART_PAUSE_MS_MAX,
      RESTART_PAUSE_MS_MIN * 2 ** (this.#deathsAtMs.length - 1),
    )
    log.warn("module died and is started again", { how, pauseMs })
    this.#retry = clock.after(pauseMs, () => void this.#restart())
    this.#options.changed(this)
  }

  async #restart(): Promise<void> {
    try {
      this.#process = await this.#loaded(this.#path)
    } catch {
      return this.#died("it could not be loaded")
    }
    try {
      await this.#started(this.#process)
      this.#running()
    } catch {
      // The process that could not start is ended, and its end counts as a death.
    }
  }
}
