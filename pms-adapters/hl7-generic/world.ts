/** Starts the HL7 vendor's simulator for a test, as a process of its own. For tests only. */
import { spawn } from "node:child_process"
import { randomInt } from "node:crypto"
import { once } from "node:events"
import { createServer } from "node:net"
import { createInterface } from "node:readline"
import { type Static, type TSchema, Type as t } from "typebox"
import { parseJson } from "#core/json.ts"
import type { TroublePlan, World } from "../world.ts"

const SIMULATOR = `${import.meta.dirname}/../../simulators/pms/hl7-generic/main.ts`
const TODAY = "2026-11-20"
/** Longer than any test lasts. */
const SLOW_MS = 600_000
/** Below what systems hand out by themselves, so that nobody is given it while we are between. */
const PORTS = [18_000, 30_000] as const

const Ready = t.Object({ ready: t.Literal(true), port: t.Integer(), url: t.String() })
const Submissions = t.Object({
  submissions: t.Array(t.Object({ rx: t.String(), key: t.String(), deliveries: t.Integer() })),
})

export interface Hl7World extends World {
  readonly feedPort: number
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

/** This vendor's codes and places, as its site would write them under `pms.settings`. */
export const dialect = {
  paths: {
    fill: "ZRX-1",
    eligibility: "ZRX-2",
    earliest: "ZRX-3",
    promised: "ZRX-4",
    daysSupply: "ZRX-5",
    expires: "ZRX-6",
    copay: "ZRX-7",
  },
  fillCodes: {
    QUE: "queued",
    FIL: "in_process",
    TPR: "waiting_payer",
    DOC: "waiting_prescriber",
    VER: "verified",
    RDY: "ready",
    PUP: "picked_up",
    SHP: "shipped",
    DLV: "delivered",
    RTS: "returned_to_stock",
    CAN: "cancelled",
  },
  eligibilityCodes: {
    YES: "refillable",
    NONE: "no_refills",
    EXPIRED: "expired",
    SOON: "too_soon",
    HOLD: "on_hold",
    STOPPED: "discontinued",
    MOVED: "transferred_out",
    BUSY: "already_in_process",
    WAITING: "ready_now",
    TAKEN: "recently_picked_up",
    CONTROLLED: "controlled_needs_review",
    ASKDOCTOR: "prescriber_auth_possible",
    COUNSEL: "pharmacist_must_speak",
  },
} as const

/** The simulator ends when its standard input does, so it can't outlive the test's process. */
export async function startHl7World(): Promise<Hl7World> {
  const child = spawn(process.execPath, [SIMULATOR, "--today", TODAY], {
    stdio: ["pipe", "pipe", "inherit"],
  })
  const [line] = await once(createInterface(child.stdout), "line")
  const { url, port } = parseJson(String(line), Ready)
  const feedPort = await freePort()
  return {
    feedPort,
    known,
    secrets: { "env:HL7_PMS_WORD": "demo-word" },
    offers: ["findPatientsByPhone", "submitRefill"],
    fromFeed: [
      "findPatients",
      "findPatientsByPhone",
      "getPatient",
      "getPrescription",
      "listPrescriptions",
      "refillEligibility",
    ],
    settings: (timeoutMs) => ({
      ...dialect,
      feed: { host: "127.0.0.1", port: feedPort, allowFrom: ["127.0.0.1"] },
      orders: { host: "127.0.0.1", port },
      sendingFacility: "STORE1",
      receivingApplication: "PHARMSYS",
      security: "env:HL7_PMS_WORD",
      refillsPerMinuteMax: 100_000,
      timeoutMs,
    }),
    async told() {
      await control(url, "/feed", t.Unknown(), { port: feedPort })
    },
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

/** A port that nobody listens on. The adapter must listen where the vendor was told to send. */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = randomInt(...PORTS)
    const server = createServer().listen(port, "127.0.0.1")
    const isFree = await once(server, "listening").then(
      () => true,
      () => false,
    )
    server.close()
    if (isFree) return port
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
