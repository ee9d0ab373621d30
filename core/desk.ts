/** Answers what modules ask of the host, after looking whether they declared it. */
import type { Actor } from "./actor.ts"
import { type Bus, DEADLINE_MS_DEFAULT } from "./bus.ts"
import { Conflict } from "./documents.ts"
import { Defect, Outage } from "./fault.ts"
import type { Identities } from "./identities.ts"
import type { Log } from "./log.ts"
import type { Claim, ProposeOptions, Reply } from "./module.ts"
import type { Work } from "./module-process.ts"
import type { Ports } from "./ports.ts"
import type { Slot } from "./slot.ts"
import type { Store } from "./store.ts"
import type { Answered, Ask, Manifest } from "./wire.ts"

export interface Asker {
  readonly name: string
  readonly manifest: Manifest
  /** The request during which the module asks. */
  readonly work: Work | undefined
}

/** The host's side of the ports: like the ports, but knowing who asks. */
export type PortsFor = (asker: Asker) => {
  readonly [P in keyof Ports]: Readonly<Record<string, unknown>>
}

export interface DeskDeps {
  readonly bus: Bus
  readonly slots: ReadonlyMap<string, Slot>
  readonly store: Store
  readonly identities: Identities
  readonly log: Log
  readonly portsFor: PortsFor
}

export class Desk {
  readonly #deps: DeskDeps

  constructor(deps: DeskDeps) {
    this.#deps = deps
  }

  async answer(asker: Asker, ask: Ask): Promise<Answered> {
    try {
      return { ok: true, value: await this.#value(asker, ask) }
    } catch (trouble) {
      return this.#trouble(asker, trouble)
    }
  }

  async #value(asker: Asker, ask: Ask): Promise<unknown> {
    const { store } = this.#deps
    const { name } = asker
    switch (ask.kind) {
      case "call":
        return this.#call(asker, ask)
      case "offers":
        return this.#offers(ask.module, ask.command)
      case "propose":
        return this.#propose(asker, ask)
      case "actor":
        return this.#actor(asker, ask.claim)
      case "port":
        return this.#port(asker, ask)
      case "get":
        return store.collection(`${name}.${ask.collection}`).get(ask.id)
      case "find":
        return store.collection(`${name}.${ask.collection}`).find(ask.query)
      case "count":
        return store.collection(`${name}.${ask.collection}`).count(ask.query)
      case "write":
        return store.write(name, ask.writes)
    }
  }

  async #call(asker: Asker, ask: Extract<Ask, { kind: "call" }>): Promise<Reply> {
    const { name, manifest, work } = asker
    if (!manifest.uses.includes(ask.module)) throw new Defect("undeclared_call")
    const reply = await this.#deps.bus.request({
      module: ask.module,
      command: ask.command,
      input: ask.input,
      actor: work?.actor ?? systemOf(name),
      via: name,
      options: ask.options,
      ...(work === undefined ? {} : { deadlineAtMs: work.deadlineAtMs }),
    })
    if (reply.kind === "fault" && reply.code === "invalid_input") throw new Defect("invalid_input")
    return reply
  }

  #offers(module: string, command: string): boolean {
    return this.#deps.slots.get(module)?.manifest?.commands.includes(command) === true
  }

  async #propose(asker: Asker, ask: Extract<Ask, { kind: "propose" }>): Promise<Reply> {
    const actor = this.#actor(asker, ask.claim)
    if (!actor) return { kind: "refused", row: "nobody", rules: [] }
    const [module = ""] = ask.name.split(".")
    const isDeclared = actor.kind !== "system" || asker.manifest.uses.includes(module)
    if (!isDeclared) throw new Defect("undeclared_call")
    return this.proposeAs(actor, ask, asker.work?.deadlineAtMs)
  }

  /** Puts a command before the gate for an actor who came straight to it. */
  proposeAs(
    actor: Actor,
    { name, input, options }: { name: string; input: unknown; options: ProposeOptions },
    deadlineAtMs?: number,
  ): Promise<Reply> {
    const [module = "", command = ""] = name.split(".")
    return this.#deps.bus.request({
      module,
      command,
      input,
      actor,
      options: { deadlineMs: 2 * DEADLINE_MS_DEFAULT, ...options },
      ...(deadlineAtMs === undefined ? {} : { deadlineAtMs }),
    })
  }

  #actor({ name, manifest }: Asker, claim: Claim): Actor | undefined {
    const actor =
      "schedule" in claim
        ? { ...systemOf(name), schedule: claim.schedule }
        : this.#deps.identities.actor(claim)
    if (!actor) return undefined
    if (!manifest.acts.some((kind) => kind === actor.kind)) throw new Defect("undeclared_port")
    return actor
  }

  #port(asker: Asker, { port, method, args }: Extract<Ask, { kind: "port" }>): unknown {
    if (!asker.manifest.ports.includes(port)) throw new Defect("undeclared_port")
    const found = this.#deps.portsFor(asker)[port][method]
    if (typeof found !== "function") throw new Defect("undeclared_port")
    return found(...args)
  }

  #trouble(asker: Asker, trouble: unknown): Answered {
    if (trouble instanceof Conflict) return { ok: false, trouble: "conflict" }
    if (trouble instanceof Defect)
      return { ok: false, trouble: "defect", defect: trouble.message as never }
    if (trouble instanceof Outage)
      return { ok: false, trouble: "outage", code: trouble.code, retryable: trouble.retryable }
    const what = trouble instanceof Error ? trouble.name : "unknown"
    this.#deps.log.error("the host could not answer a module", { module: asker.name, what })
    return { ok: false, trouble: "outage", code: "store_failed", retryable: false }
  }
}

export function systemOf(module: string): Actor {
  return { kind: "system", module }
}
