/** Starts the simulator of a REST vendor for a test, as a process of its own. For tests only. */
import { spawn } from "node:child_process"
import { once } from "node:events"
import { createInterface } from "node:readline"
import { type Static, type TSchema, Type as t } from "typebox"
import { parseJson } from "#core/json.ts"
import type { TroublePlan, World } from "./world.ts"

const SIMULATORS = `${import.meta.dirname}/../simulators/pms`
const TODAY = "2026-11-20"
/** Longer than any test lasts. */
const SLOW_MS = 600_000

const Ready = t.Object({ ready: t.Literal(true), url: t.String() })
const Submissions = t.Object({
  submissions: t.Array(t.Object({ rx: t.String(), key: t.String(), deliveries: t.Integer() })),
})

export interface RestWorld extends World {
  readonly url: string
  /** Moves a fill on, as the people behind the counter would. The code is the demo's. */
  moveFill(rxNumber: string, code: string): Promise<void>
  /** Lets the vendor write its records in all the odd ways it is known for. */
  beOdd(): Promise<void>
}

export interface RestVendor extends Pick<World, "known" | "secrets" | "offers"> {
  /** The folder of the simulator. */
  readonly vendor: string
  /** What a site would set, but for the address and the time limit. */
  readonly settings: object
}

/** The simulator ends when its standard input does, so it can't outlive the test's process. */
export async function startRestWorld(options: RestVendor): Promise<RestWorld> {
  const { vendor, known, secrets, offers } = options
  const main = `${SIMULATORS}/${vendor}/main.ts`
  const child = spawn(process.execPath, [main, "--today", TODAY], {
    stdio: ["pipe", "pipe", "inherit"],
  })
  const [line] = await once(createInterface(child.stdout), "line")
  const { url } = parseJson(String(line), Ready)
  const tell = async (path: string, body: object) => {
    await control(url, path, t.Unknown(), body)
  }
  return {
    url,
    known,
    secrets,
    offers,
    settings: (timeoutMs) => ({ ...options.settings, baseUrl: url, timeoutMs }),
    trouble: ({ sequence = [], mode }: TroublePlan) =>
      tell("faults", { mode, sequence, delayMs: SLOW_MS }),
    submissions: async () =>
      (await control(url, "submissions", Submissions)).submissions.map(
        ({ rx, key, deliveries }) => ({ rxNumber: rx, key, deliveries }),
      ),
    moveFill: (rxNumber, code) => tell("fills", { rx: rxNumber, code }),
    beOdd: () => tell("habits", { odd: true, clockOffMs: -86_400_000 }),
    reset: () => tell("reset", {}),
    async stop() {
      const ended = once(child, "exit")
      child.stdin.end()
      await ended
    },
  }
}

async function control<T extends TSchema>(
  url: string,
  path: string,
  answer: T,
  body?: object,
): Promise<Static<T>> {
  const sent = body ? { method: "POST", body: JSON.stringify(body) } : {}
  const response = await fetch(new URL(`/control/${path}`, url), sent)
  if (!response.ok) throw new Error(`the simulator refused ${path}`)
  return parseJson(await response.text(), answer)
}
