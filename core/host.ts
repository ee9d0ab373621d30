/**
 * The host: finds modules, grants what they declare, runs each in its own process, and is the only
 * way from one to another. It holds the store, the identities, the gate and the listeners.
 */
import { mkdirSync } from "node:fs"
import { join } from "node:path"
import { schedule as cron, type ScheduledTask } from "node-cron"
import { Bus } from "./bus.ts"
import type { Clock } from "./clock.ts"
import type { Decision } from "./decision.ts"
import { Desk, type PortsFor, systemOf } from "./desk.ts"
import type { GateDeps } from "./gate.ts"
import { Identities, identityCollections } from "./identities.ts"
import { Listeners } from "./listeners.ts"
import type { Log } from "./log.ts"
import type { Reply } from "./module.ts"
import type { ModuleProcess, Patience, Watcher } from "./module-process.ts"
import { Once, onceCollections } from "./once.ts"
import type { ModuleHealth, Ports } from "./ports.ts"
import { withDefaults } from "./schema.ts"
import { Slot } from "./slot.ts"
import type { Store } from "./store.ts"
import type { Manifest, ToHost } from "./wire.ts"

export interface HostOptions {
  /** Module name to the file that defines it. */
  readonly modules: Readonly<Record<string, string>>
  /** Everything a module writes that is no document stands in a folder of its own below this. */
  readonly filesFolder: string
  readonly store: Store
  readonly clock: Clock
  readonly log: Log
  readonly timeZone: string
  readonly settings: Readonly<Record<string, unknown>>
  readonly decide: GateDeps["decide"]
  readonly audit: GateDeps["audit"]
  /** True when the tier matrix has the row. */
  readonly hasRow: (action: string) => boolean
  /** Which modules may have which port, beyond what they ask for. */
  readonly grants: Readonly<Record<keyof Ports, readonly string[]>>
  readonly ports: (host: Host) => PortsFor
  readonly patience?: Patience
}

const PATIENCE: Patience = { pingEveryMs: 1_000, stuckAfterMs: 5_000 }

export class Host {
  readonly identities: Identities
  readonly bus: Bus
  readonly desk: Desk
  readonly listeners: Listeners
  readonly #slots = new Map<string, Slot>()
  readonly #crons = new Map<string, ScheduledTask[]>()
  readonly #options: HostOptions

  private constructor(options: HostOptions) {
    const { clock, log, store, decide, audit } = options
    this.#options = options
    store.declare("host", { ...identityCollections, ...onceCollections })
    this.identities = new Identities(store, clock)
    const hold: GateDeps["hold"] = (held, decision, proposal) =>
      this.#hold(held, decision, proposal)
    const once = new Once(store)
    this.bus = new Bus(this.#slots, { clock, log, decide, audit, hold, once })
    const portsFor = options.ports(this)
    const { bus, identities } = this
    this.desk = new Desk({ bus, slots: this.#slots, store, identities, log, portsFor })
    this.listeners = new Listeners((listener, socket) => {
      const slot = [...this.#slots.values()].find((one) => one.manifest?.listens.includes(listener))
      if (slot) slot.tell({ type: "connection", listener }, socket)
      else socket.destroy()
    })
  }

  /** Loads every module, checks all they ask for, and starts them, those others use first. */
  static async start(options: HostOptions): Promise<Host> {
    const host = new Host(options)
    try {
      await host.#load()
      for (const wave of wavesOf(host.#manifests()))
        await Promise.all(wave.map((name) => host.#slot(name).start()))
    } catch (trouble) {
      await host.stop()
      throw trouble
    }
    return host
  }

  /** Puts another version of a module in place; nothing changes when it is not fit to serve. */
  async swap(name: string, path: string): Promise<void> {
    await this.#slot(name).swap(path)
    const { version } = this.#slot(name).manifest?.contract ?? {}
    await this.#audited("module.swapped", `${name}@${version}`)
  }

  /** Ends a module's quarantine. */
  async release(name: string): Promise<void> {
    await this.#slot(name).release()
    await this.#audited("module.released", name)
  }

  health(): readonly ModuleHealth[] {
    return [...this.#slots].map(([module, slot]) => ({
      module,
      version: slot.manifest?.contract.version ?? "0.0.0",
      state: slot.state,
      restarts: slot.restarts,
      residentMiB: slot.residentMiB,
      commands: this.bus.timings.of(module),
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
    await this.listeners.close()
    for (const wave of wavesOf(this.#manifests()).toReversed())
      await Promise.all(wave.map((name) => this.#slot(name).stop()))
    await Promise.all([...this.#slots.values()].map((slot) => slot.stop()))
  }

  async #load(): Promise<void> {
    const { modules, clock, log, patience = PATIENCE } = this.#options
    for (const [name, path] of Object.entries(modules)) {
      const folder = join(this.#options.filesFolder, name)
      const slot: Slot = new Slot({
        path,
        folder,
        clock,
        log: log.child({ module: name }),
        patience,
        watcher: this.#watcher(name),
        admit: (manifest) => this.#admit(name, manifest, folder),
        changed: () => this.#reschedule(name),
      })
      this.#slots.set(name, slot)
    }
    await Promise.all([...this.#slots.values()].map((slot) => slot.load()))
  }

  /** Grants all of what a module asks, or throws with everything that is wrong. */
  #admit(name: string, manifest: Manifest, folder: string): unknown {
    const { grants, hasRow, settings, store } = this.#options
    const { contract } = manifest
    const { config, problems } = withDefaults(manifest.config, settings[name] ?? {})
    if (contract.name !== name) problems.push(`its contract is named ${contract.name}`)
    for (const [command, { action, optional }] of Object.entries(contract.commands)) {
      if (!hasRow(action)) problems.push(`${command}: the tier matrix has no row ${action}`)
      if (!optional && !manifest.commands.includes(command)) problems.push(`${command}: no handler`)
    }
    for (const used of [...manifest.uses, ...manifest.hears])
      if (!this.#slots.has(used)) problems.push(`it needs ${used}, which is not loaded`)
    for (const port of manifest.ports)
      if (!grants[port].includes(name)) problems.push(`the port ${port} is not granted to it`)
    if (problems.length > 0) throw new Error(`${name} can't be loaded: ${problems.join("; ")}`)
    store.declare(name, manifest.collections)
    mkdirSync(folder, { recursive: true, mode: 0o700 })
    return config
  }

  #watcher(name: string): Watcher {
    const log = this.#options.log.child({ module: name })
    return {
      asked: (message, from) => void this.#answer(name, message, from),
      said: (message) => {
        if (message.type === "emit") this.bus.publish(name, message.event, message.data)
        else if (message.type === "log") log[message.level](message.message, message.fields)
        else log.error("defect", { name: message.name, at: message.at.join(" < ") })
      },
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

  #hold(...[held, decision, proposal]: Parameters<GateDeps["hold"]>): Promise<Reply> {
    return holdAsWorkItem(this.bus, { held, decision, proposal })
  }

  #reschedule(name: string): void {
    for (const task of this.#crons.get(name) ?? []) void task.destroy()
    const slot = this.#slot(name)
    const schedules = slot.state === "running" ? Object.entries(slot.manifest?.schedules ?? {}) : []
    const { timeZone: timezone } = this.#options
    const tasks = schedules.map(([schedule, line]) =>
      cron(line, () => slot.tell({ type: "schedule", name: schedule }), { timezone }),
    )
    this.#crons.set(name, tasks)
  }

  async #audited(what: string, outcome: string): Promise<void> {
    const actor = systemOf("host")
    await this.#options.audit({ phase: "event", act: what, actor, what, outcome })
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
    options: { key: held.key },
  })
  if (reply.kind !== "done") return reply
  const { item } = reply.value as { item: string }
  return { kind: "asked", tier: tier as 1 | 2 | 3, item, row, rules }
}

/** Modules in waves: each uses only modules of earlier waves. Throws when they use each other in a ring. */
function wavesOf(manifests: ReadonlyMap<string, Manifest>): readonly (readonly string[])[] {
  const waves: string[][] = []
  const placed = new Set<string>()
  while (placed.size < manifests.size) {
    const wave = [...manifests]
      .filter(([name, { uses }]) => !placed.has(name) && uses.every((used) => placed.has(used)))
      .map(([name]) => name)
    const stuck = [...manifests.keys()].filter((name) => !placed.has(name))
    if (wave.length === 0)
      throw new Error(`these use each other or what is not loaded: ${stuck.join(", ")}`)
    for (const name of wave) placed.add(name)
    waves.push(wave)
  }
  return waves
}
