/**
 * The host: finds modules, grants what they declare, runs each in its own process, and is the only
 * way from one to another. It holds the store, the identities, the gate and the listeners.
 */
import { mkdirSync } from "node:fs"
import { join } from "node:path"
import { schedule as cron, type ScheduledTask } from "node-cron"
import type { TSchema } from "typebox"
import type { Actor } from "./actor.ts"
import { Bus } from "./bus.ts"
import type { Clock, Rehearsal, Timer } from "./clock.ts"
import type { Decision } from "./decision.ts"
import { Desk, type PortsFor, systemOf } from "./desk.ts"
import { assert } from "./fault.ts"
import type { AuditLine, GateDeps } from "./gate.ts"
import { newId } from "./id.ts"
import { Identities, identityCollections } from "./identities.ts"
import { withDefaults } from "./json.ts"
import { Listeners } from "./listeners.ts"
import type { Log } from "./log.ts"
import type { Reply } from "./module.ts"
import type { ModuleProcess, Patience, Watcher } from "./module-process.ts"
import { Once, onceCollections } from "./once.ts"
import type { ModuleHealth, Ports } from "./ports.ts"
import { misfits } from "./schema.ts"
import { type Admitted, Slot } from "./slot.ts"
import type { Store } from "./store.ts"
import type { Manifest, ToHost } from "./wire.ts"

export interface Around {
  readonly clock: Clock
  readonly log: Log
  readonly patience?: Patience
  /** Modules live on another clock than the machine's in a rehearsal. */
  readonly rehearsal?: Rehearsal
}

export interface HostOptions {
  /** Everything a module writes that is no document stands in a folder of its own below this. */
  readonly filesFolder: string
  readonly store: Store
  readonly timeZone: string
  readonly settings: Readonly<Record<string, unknown>>
  readonly decide: GateDeps["decide"]
  readonly audit: GateDeps["audit"]
  /** True when the tier matrix has the row. */
  readonly hasRow: (action: string) => boolean
  /** Which modules may have which port, beyond what they ask for. */
  readonly grants: Readonly<Record<keyof Ports, readonly string[]>>
  readonly ports: (host: Host) => PortsFor
}

/** What stands once the host has started. */
interface Kernel {
  readonly options: HostOptions
  readonly identities: Identities
  readonly bus: Bus
  readonly desk: Desk
  /** Modules as they were started, the last first. */
  readonly waves: (readonly string[])[]
}

const PRUNE_EVERY_MS = 3_600_000
const PATIENCE: Patience = { pingEveryMs: 1_000, stuckAfterMs: 5_000 }

export class Host {
  readonly listeners: Listeners
  readonly #around: Required<Around>
  readonly #slots = new Map<string, Slot>()
  readonly #crons = new Map<string, ScheduledTask[]>()
  #kernel: Kernel | undefined
  #pruning: Timer | undefined

  private constructor(around: Around) {
    this.#around = { patience: PATIENCE, rehearsal: { shiftMs: 0, pace: 1 }, ...around }
    this.listeners = new Listeners((listener, socket) => {
      const slot = [...this.#slots.values()].find((one) => one.manifest?.listens.includes(listener))
      if (slot) slot.connect(listener, socket)
      else socket.destroy()
    })
  }

  /** Reads every module, by name and file, without starting any: what they need is then known. */
  static async load(modules: Readonly<Record<string, string>>, around: Around): Promise<Host> {
    const host = new Host(around)
    for (const [name, path] of Object.entries(modules))
      host.#slots.set(name, host.#slotOf(name, path))
    try {
      await Promise.all([...host.#slots.values()].map((slot) => slot.load()))
    } catch (trouble) {
      await host.stop()
      throw trouble
    }
    return host
  }

  /** The configuration each module wants, by its name. */
  configSchemas(): Readonly<Record<string, TSchema>> {
    return Object.fromEntries([...this.#manifests()].map(([name, { config }]) => [name, config]))
  }

  /** Checks all that the modules ask for and starts them, those that others use first. */
  async start(options: HostOptions): Promise<void> {
    const { clock, log } = this.#around
    const { store, decide, audit } = options
    store.declare("host", { ...identityCollections, ...onceCollections })
    const identities = new Identities(store, clock)
    const once = new Once(store, clock)
    const hold: GateDeps["hold"] = (held, decision, proposal) =>
      holdAsWorkItem(bus, { held, decision, proposal })
    const bus = new Bus(this.#slots, { clock, log, decide, audit, hold, once })
    const portsFor = options.ports(this)
    const desk = new Desk({ bus, slots: this.#slots, store, identities, log, portsFor })
    this.#kernel = { options, identities, bus, desk, waves: [] }
    try {
      for (const wave of wavesOf(this.#manifests())) {
        this.#started.waves.unshift(wave)
        await Promise.all(wave.map((name) => this.#slot(name).start()))
      }
      this.#pruning = clock.every(PRUNE_EVERY_MS, () => void this.#prune(once))
      await this.note("host.started", `${this.#slots.size} modules`)
    } catch (trouble) {
      await this.stop()
      throw trouble
    }
  }

  get bus(): Bus {
    return this.#started.bus
  }

  get desk(): Desk {
    return this.#started.desk
  }

  get identities(): Identities {
    return this.#started.identities
  }

  get #started(): Kernel {
    assert(this.#kernel)
    return this.#kernel
  }

  /** Puts another version of a module in place; nothing changes when it is not fit to serve. */
  async swap(name: string, path: string): Promise<void> {
    await this.#slot(name).swap(path)
    const { version } = this.#slot(name).manifest?.contract ?? {}
    await this.note("module.swapped", `${name}@${version}`)
  }

  /** Ends a module's quarantine. */
  async release(name: string): Promise<void> {
    await this.#slot(name).release()
    await this.note("module.released", name)
  }

  health(): readonly ModuleHealth[] {
    return [...this.#slots].map(([module, slot]) => ({
      module,
      version: slot.manifest?.contract.version ?? "0.0.0",
      state: slot.state,
      restarts: slot.restarts,
      residentMiB: slot.residentMiB,
      commands: this.#kernel?.bus.timings.of(module) ?? {},
    }))
  }

  contracts(): readonly Manifest["contract"][] {
    return [...this.#manifests().values()].map(({ contract }) => contract)
  }

  /** The process id of a running module, for an operator and for tests that kill. */
  pidOf(name: string): number | undefined {
    return this.#slot(name).pid
  }

  /** Stops taking connections, lets modules finish, those that use others first. */
  async stop(): Promise<void> {
    for (const task of [...this.#crons.values()].flat()) await task.stop()
    this.#pruning?.cancel()
    this.listeners.close()
    for (const wave of this.#kernel?.waves.splice(0) ?? [])
      await Promise.all(wave.map((name) => this.#slot(name).stop()))
    await Promise.all([...this.#slots.values()].map((slot) => slot.stop()))
  }

  /** A disk that fails now fails louder elsewhere; the next hour tries again. */
  async #prune(once: Once): Promise<void> {
    try {
      await once.prune()
      await this.identities.prune()
    } catch {
      this.#around.log.warn("what had its time could not be removed")
    }
  }

  #slotOf(name: string, path: string): Slot {
    const { clock, rehearsal, log, patience } = this.#around
    return new Slot({
      path,
      clock,
      rehearsal,
      patience,
      log: log.child({ module: name }),
      watcher: this.#watcher(name),
      admit: (manifest) => this.#admit(name, manifest),
      changed: () => this.#reschedule(name),
    })
  }

  /** Grants all of what a module asks, or throws with everything that is wrong. */
  #admit(name: string, manifest: Manifest): Admitted {
    const { filesFolder, grants, hasRow, settings, store } = this.#started.options
    const folder = join(filesFolder, name)
    const { contract } = manifest
    const config = withDefaults(manifest.config, settings[name] ?? {})
    const problems = [...misfits(manifest.config, config)]
    if (contract.name !== name) problems.push(`its contract is named ${contract.name}`)
    for (const [command, { action, optional }] of Object.entries(contract.commands)) {
      if (!hasRow(action)) problems.push(`${command}: the tier matrix has no row ${action}`)
      if (!optional && !manifest.commands.includes(command)) problems.push(`${command}: no handler`)
    }
    for (const used of manifest.uses)
      if (!this.#slots.has(used)) problems.push(`it needs ${used}, which is not loaded`)
    for (const port of manifest.ports)
      if (!grants[port].includes(name)) problems.push(`the port ${port} is not granted to it`)
    if (problems.length > 0) throw new Error(`${name} can't be loaded: ${problems.join("; ")}`)
    store.declare(name, manifest.collections)
    mkdirSync(folder, { recursive: true, mode: 0o700 })
    return { config, folder }
  }

  #watcher(name: string): Watcher {
    const log = this.#around.log.child({ module: name })
    return {
      asked: (message, from) => void this.#answer(name, message, from),
      said: (message) => {
        if (message.type === "emit") this.#kernel?.bus.publish(name, message.event, message.data)
        else if (message.type === "log") log[message.level](message.message, message.fields)
        else log.error("defect", { name: message.name, at: message.at.join(" < ") })
      },
      took: () => undefined,
      exited: (from, how) => log.debug("a process ended", { pid: from.pid, how }),
    }
  }

  async #answer(
    name: string,
    { id, parent, ask }: Extract<ToHost, { type: "ask" }>,
    from: ModuleProcess,
  ): Promise<void> {
    const asker = { name, manifest: from.manifest, work: from.workOf(parent) }
    const answer = await this.desk.answer(asker, ask)
    from.send({ type: "answer", id, answer })
  }

  #reschedule(name: string): void {
    for (const task of this.#crons.get(name) ?? []) void task.destroy()
    const slot = this.#slot(name)
    const schedules = slot.state === "running" ? Object.entries(slot.manifest?.schedules ?? {}) : []
    const { timeZone: timezone } = this.#started.options
    const tasks = schedules.map(([schedule, line]) =>
      cron(line, () => slot.tell({ type: "schedule", name: schedule }), { timezone }),
    )
    this.#crons.set(name, tasks)
  }

  /** Writes down something that is no command: a sign-in, a start, another version. */
  async note(what: string, outcome: string, actor: Actor = systemOf("host")): Promise<void> {
    const act = newId(this.#around.clock.nowMs())
    await this.write({ phase: "event", act, actor, what, outcome })
  }

  /** Adds one line to the audit log; durable when it resolves. */
  async write(line: AuditLine): Promise<void> {
    await this.#started.options.audit(line)
  }

  #slot(name: string): Slot {
    const slot = this.#slots.get(name)
    if (!slot) throw new Error(`no module is named ${name}`)
    return slot
  }

  #manifests(): ReadonlyMap<string, Manifest> {
    const loaded = [...this.#slots].flatMap(([name, { manifest }]) =>
      manifest ? [[name, manifest] as const] : [],
    )
    return new Map(loaded)
  }
}

interface Held {
  readonly held: Parameters<GateDeps["hold"]>[0]
  readonly decision: Decision
  readonly proposal: Parameters<GateDeps["hold"]>[2]
}

/** Makes a work item of a command; what cannot be put in front of a person is an outage. */
async function holdAsWorkItem(bus: Bus, { held, decision, proposal }: Held): Promise<Reply> {
  const { row, rules, tier } = decision
  const { facts, context = {} } = proposal
  const reply = await bus.request({
    module: "work-queue",
    command: "submit",
    input: { held, tier, row, rules, facts, context },
    actor: systemOf("host"),
    via: "host",
    // Two commands of one turn may carry the same key, and each is an item of its own.
    options: { key: `${held.name} ${held.key}` },
  })
  if (reply.kind !== "done") return reply
  const { item } = reply.value as { item: string }
  return { kind: "asked", tier: tier as 1 | 2 | 3, item, row, rules }
}

/**
 * Modules in waves: each uses only modules of earlier waves. Throws when they use each other in a
 * ring.
 */
function wavesOf(manifests: ReadonlyMap<string, Manifest>): readonly (readonly string[])[] {
  const missing = [...manifests].flatMap(([name, { uses }]) =>
    uses.filter((used) => !manifests.has(used)).map((used) => `${name} needs ${used}`),
  )
  if (missing.length > 0) throw new Error(`modules are not loaded: ${missing.join("; ")}`)
  const waves: string[][] = []
  const placed = new Set<string>()
  while (placed.size < manifests.size) {
    const wave = [...manifests]
      .filter(([name, { uses }]) => !placed.has(name) && uses.every((used) => placed.has(used)))
      .map(([name]) => name)
    const stuck = [...manifests.keys()].filter((name) => !placed.has(name))
    if (wave.length === 0) throw new Error(`modules use each other in a ring: ${stuck.join(", ")}`)
    for (const name of wave) placed.add(name)
    waves.push(wave)
  }
  return waves
}
