/** Carries commands to the modules that serve them, and events to the modules that hear them. */
import type { Actor } from "./actor.ts"
import type { CommandSpec } from "./contract.ts"
import { type Command, type GateDeps, passGate } from "./gate.ts"
import { newId } from "./id.ts"
import type { Log } from "./log.ts"
import type { ProposeOptions, Reply } from "./module.ts"
import { outageReply } from "./module-process.ts"
import type { Once } from "./once.ts"
import { fits } from "./schema.ts"
import type { Slot } from "./slot.ts"
import { Timings } from "./timings.ts"

export const DEADLINE_MS_DEFAULT = 5_000
const DEADLINE_MS_MAX = 60_000

export interface Request {
  readonly module: string
  readonly command: string
  readonly input: unknown
  readonly actor: Actor
  readonly via?: string
  readonly options: ProposeOptions
  /** On the clock that never jumps: what is left of the caller's own time. */
  readonly deadlineAtMs?: number
}

export interface BusDeps extends GateDeps {
  readonly log: Log
  /** Remembers what keyed acts answered. */
  readonly once: Once
}

export class Bus {
  readonly timings = new Timings()
  readonly #slots: ReadonlyMap<string, Slot>
  readonly #deps: BusDeps

  constructor(slots: ReadonlyMap<string, Slot>, deps: BusDeps) {
    this.#slots = slots
    this.#deps = deps
  }

  async request(request: Request): Promise<Reply> {
    const { module, command, input, options } = request
    const slot = this.#slots.get(module)
    const spec = slot?.manifest?.contract.commands[command]
    if (!slot?.manifest || !spec) return outageReply("module_down")
    if (!slot.manifest.commands.includes(command)) return outageReply("not_offered", false)
    if (!fits(spec.input, input)) return invalidInput(module)
    const { clock, once } = this.#deps
    const startedAtMs = clock.monotonicMs()
    const pass = () => passGate(this.#command(request, slot, spec), this.#deps)
    const isAct = spec.effect !== "read" && !options.isTrial
    const reply =
      isAct && options.key !== undefined
        ? await once.perform(`${module}.${command}`, options.key, pass)
        : await pass()
    this.timings.add(`${module}.${command}`, clock.monotonicMs() - startedAtMs)
    return reply
  }

  /** Validates an event and hands it to everybody who declared to hear it. */
  publish(module: string, event: string, data: unknown): void {
    const schema = this.#slots.get(module)?.manifest?.contract.events[event]
    if (!schema || !fits(schema, data)) {
      this.#deps.log.error("an event did not fit its contract", { module, event })
      return
    }
    const name = `${module}.${event}`
    for (const slot of this.#slots.values())
      if (slot.manifest?.events.includes(name)) slot.tell({ type: "event", name, data })
  }

  #command(request: Request, slot: Slot, spec: CommandSpec): Command {
    const { module, command, input, actor, via, options } = request
    const { clock } = this.#deps
    const nowMs = clock.monotonicMs()
    const ownMs = Math.min(options.deadlineMs ?? DEADLINE_MS_DEFAULT, DEADLINE_MS_MAX)
    const deadlineAtMs = Math.min(nowMs + ownMs, request.deadlineAtMs ?? Number.POSITIVE_INFINITY)
    const key = options.key ?? newId(clock.nowMs())
    const work = { command, input, actor, key, deadlineAtMs }
    const hasFacts = slot.manifest?.facts.includes(command) === true
    return {
      name: `${module}.${command}`,
      spec,
      input,
      actor,
      ...(via === undefined ? {} : { via }),
      key,
      proposal: options,
      facts: hasFacts ? () => slot.request({ ...work, phase: "facts" }) : undefined,
      run: () => this.#run(slot, { ...work, phase: "run" }, spec),
    }
  }

  async #run(slot: Slot, work: Parameters<Slot["request"]>[0], spec: CommandSpec): Promise<Reply> {
    const reply = await slot.request(work)
    if (reply.kind !== "done" || fits(spec.output, reply.value)) return reply
    this.#deps.log.error("an answer did not fit its contract", { command: work.command })
    return outageReply("module_down")
  }
}

/** Says that the input does not fit. Where is asked of the schema, not answered with the value. */
export function invalidInput(module: string): Reply {
  return {
    kind: "fault",
    module,
    code: "invalid_input",
    says: "The input does not fit the command's schema.",
  }
}
