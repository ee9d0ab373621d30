/** A vendor's simulator in a process of its own, and its controls. For tests only. */
import { spawn } from "node:child_process"
import { once } from "node:events"
import { createInterface } from "node:readline"
import { type Static, type TSchema, Type as t } from "typebox"
import { parseJson } from "#core/json.ts"
import type { World } from "./world.ts"

const SIMULATORS = `${import.meta.dirname}/../simulators/pms`
const TODAY = "2026-11-20"
/** Longer than any test lasts. */
const SLOW_MS = 600_000

const Ready = t.Object({
  ready: t.Literal(true),
  /** Of the controls, and of the vendor's own wire where that is HTTP. */
  url: t.String(),
  port: t.Optional(t.Integer()),
  /** Where a vendor that speaks through files has them. */
  folder: t.Optional(t.String()),
  /** Of a certificate that only the vendor itself vouches for. */
  fingerprint: t.Optional(t.String()),
})
const Submissions = t.Object({
  submissions: t.Array(t.Object({ rx: t.String(), key: t.String(), deliveries: t.Integer() })),
})

export interface Simulator extends Pick<World, "trouble" | "submissions" | "reset" | "stop"> {
  readonly url: string
  readonly port: number | undefined
  readonly folder: string | undefined
  readonly fingerprint: string | undefined
  /** Moves a fill on, as the people behind the counter would. The code is the vendor's. */
  moveFill(rxNumber: string, code: string): Promise<void>
  /** Turns a control that only this vendor has. */
  tell(control: string, body: object): Promise<void>
}

/**
 * `vendor` is the simulator's folder, `controls` the path its controls stand under. The process
 * ends when its standard input does, so it can't outlive the test's.
 */
export async function startSimulator(vendor: string, controls = ""): Promise<Simulator> {
  const main = `${SIMULATORS}/${vendor}/main.ts`
  const child = spawn(process.execPath, [main, "--today", TODAY], {
    stdio: ["pipe", "pipe", "inherit"],
  })
  const [line] = await once(createInterface(child.stdout), "line")
  const { url, port, folder, fingerprint } = parseJson(String(line), Ready)
  const control = <T extends TSchema>(name: string, answer: T, body?: object) =>
    turn(new URL(`${controls}/${name}`, url), answer, body)
  const tell = async (name: string, body: object) => {
    await control(name, t.Unknown(), body)
  }
  return {
    url,
    port,
    folder,
    fingerprint,
    tell,
    trouble: ({ sequence = [], mode }) => tell("faults", { mode, sequence, delayMs: SLOW_MS }),
    async submissions() {
      const { submissions } = await control("submissions", Submissions)
      return submissions.map(({ rx, key, deliveries }) => ({ rxNumber: rx, key, deliveries }))
    },
    moveFill: (rxNumber, code) => tell("fills", { rx: rxNumber, code }),
    reset: () => tell("reset", {}),
    async stop() {
      const ended = once(child, "exit")
      child.stdin.end()
      await ended
    },
  }
}

async function turn<T extends TSchema>(control: URL, answer: T, body?: object): Promise<Static<T>> {
  const sent = body ? { method: "POST", body: JSON.stringify(body) } : {}
  const response = await fetch(control, sent)
  if (!response.ok) throw new Error(`the simulator refused ${control.pathname}`)
  return parseJson(await response.text(), answer)
}
