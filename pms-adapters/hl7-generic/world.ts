/** Starts the HL7 vendor's simulator for a test. For tests only. */
import { feedWorld } from "../feed-world.ts"
import { freePort } from "../free-port.ts"
import { type Simulator, startSimulator } from "../simulated.ts"
import type { World } from "../world.ts"

export interface Hl7World extends World, Pick<Simulator, "moveFill"> {
  readonly feedPort: number
  told(): Promise<void>
}

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

export async function startHl7World(): Promise<Hl7World> {
  const simulator = await startSimulator("hl7-generic")
  const feedPort = await freePort()
  return {
    ...simulator,
    feedPort,
    ...feedWorld,
    secrets: { "env:HL7_PMS_WORD": "demo-word" },
    settings: (timeoutMs) => ({
      ...dialect,
      feed: { host: "127.0.0.1", port: feedPort, allowFrom: ["127.0.0.1"] },
      orders: { host: "127.0.0.1", port: simulator.port },
      sendingFacility: "STORE1",
      receivingApplication: "PHARMSYS",
      security: "env:HL7_PMS_WORD",
      refillsPerMinuteMax: 100_000,
      timeoutMs,
    }),
    told: () => simulator.tell("feed", { port: feedPort }),
  }
}
