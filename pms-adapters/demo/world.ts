/** Starts the demo vendor's simulator for a test, as a process of its own. For tests only. */
import { spawn } from "node:child_process"
import { once } from "node:events"
import { createInterface } from "node:readline"
import { type Static, type TSchema, Type as t } from "typebox"
import { parseJson } from "#core/json.ts"
import type { TroublePlan, World } from "../world.ts"

const SIMULATOR = `${import.meta.dirname}/../../simulators/pms/demo/main.ts`
const TODAY = "2026-11-20"
/** Longer than any test lasts. */
const SLOW_MS = 600_000

const Ready = t.Object({ ready: t.Literal(true), url: t.String() })
const Submissions = t.Object({
  submissions: t.Array(t.Object({ rx: t.String(), key: t.String(), deliveries: t.Integer() })),
})

export interface DemoWorld extends World {
  readonly url: string
  /** Moves a fill on, as the people behind the counter would. The code is the vendor's. */
  moveFill(rxNumber: string, code: string): Promise<void>
}

const known = {
  patient: {
    patient: "1001",
    lastName: "Carter",
    dateOfBirth: "1958-03-14",
    phone: "+15125550100",
  },
  absentPatient: "9999",
  absentRx: "7999999",
  refillable: "7001234",
  notRefillable: "7001291",
  eligibility: {
    refillable: "7001234",
    no_refills: "7001261",
    expired: "7001311",
    too_soon: "7001251",
    on_hold: "7001291",
    discontinued: "7001302",
    transferred_out: "7001301",
    already_in_process: "7001272",
    ready_now: "7001271",
    recently_picked_up: "7001281",
    controlled_needs_review: "7001241",
    prescriber_auth_possible: "7001262",
    not_found: "7999999",
    pharmacist_must_speak: "7001381",
    unknown: "7001391",
  },
} as const

/** The simulator ends when its standard input does, so it can't outlive the test's process. */
export async function startDemoWorld(): Promise<DemoWorld> {
  const child = spawn(process.execPath, [SIMULATOR, "--today", TODAY], {
    stdio: ["pipe", "pipe", "inherit"],
  })
  const [line] = await once(createInterface(child.stdout), "line")
  const { url } = parseJson(String(line), Ready)
  return {
    url,
    known,
    secrets: { "env:DEMO_PMS_PASSWORD": "demo", "env:DEMO_PMS_CUSTOMER_KEY": "demo-key" },
    offers: [
      "findPatientsByPhone",
      "submitRefill",
      "requestRenewal",
      "requestTransfer",
      "durAlerts",
    ],
    settings: (timeoutMs) => ({
      baseUrl: url,
      user: "mortar",
      password: "env:DEMO_PMS_PASSWORD",
      npi: "1234567893",
      customerKey: "env:DEMO_PMS_CUSTOMER_KEY",
      timeoutMs,
    }),
    async trouble({ sequence = [], mode }: TroublePlan) {
      await control(url, "/faults", t.Unknown(), { mode, sequence, delayMs: SLOW_MS })
    },
    async submissions() {
      const { submissions } = await control(url, "/submissions", Submissions)
      return submissions.map(({ rx, key, deliveries }) => ({ rxNumber: rx, key, deliveries }))
    },
    async moveFill(rxNumber, code) {
      await control(url, "/fills", t.Unknown(), { rx: rxNumber, code })
    },
    async reset() {
      await control(url, "/reset", t.Unknown(), {})
    },
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
  const response = await fetch(new URL(path, url), sent)
  if (!response.ok) throw new Error(`the simulator refused ${path}`)
  return parseJson(await response.text(), answer)
}
