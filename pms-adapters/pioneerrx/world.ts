/** Starts PioneerRx's simulator for a test, as a process of its own. For tests only. */
import { castFor } from "../cast.ts"
import { freePort } from "../free-port.ts"
import { type Simulator, startSimulator } from "../simulated.ts"
import type { World } from "../world.ts"

const A_DAY_LATE_MS = -86_400_000

export interface PioneerRxWorld extends World, Pick<Simulator, "moveFill"> {
  readonly eventsPort: number
  beLate(): Promise<void>
  /** Pushes one event about a prescription, as often as it is called. */
  push(rxNumber: string, messageId: string): Promise<void>
}

const inAll = castFor([
  "refillable",
  "no_refills",
  "expired",
  "on_hold",
  "discontinued",
  "transferred_out",
  "already_in_process",
  "ready_now",
  "not_found",
  "unknown",
])

/** PioneerRx names people by GUID. */
const known = {
  ...inAll,
  patient: { ...inAll.patient, patient: "0e0b0c0d-0000-4000-8000-000000001001" },
  absentPatient: "0e0b0c0d-0000-4000-8000-000000009999",
}

export async function startPioneerRxWorld(): Promise<PioneerRxWorld> {
  const simulator = await startSimulator("pioneerrx", "/control")
  const eventsPort = await freePort()
  let claims = 0
  const tellClaim = (rx: string, codes: readonly (string | number)[]) => {
    claims++
    return simulator.tell("events", { rx, codes, messageId: `claim-${claims}`, port: eventsPort })
  }
  return {
    ...simulator,
    ...{ known, eventsPort },
    secrets: {
      "env:PIONEERRX_API_KEY": "demo-key",
      "env:PIONEERRX_SECRET": "demo-secret",
      "env:PIONEERRX_EVENTS_PASSWORD": "demo",
    },
    offers: ["findPatientsByPhone", "claimRejects"],
    settings: (timeoutMs) => ({
      baseUrl: `https://127.0.0.1:${simulator.port}`,
      certificate: simulator.fingerprint,
      apiKey: "env:PIONEERRX_API_KEY",
      sharedSecret: "env:PIONEERRX_SECRET",
      employeeId: "17",
      events: {
        host: "127.0.0.1",
        port: eventsPort,
        user: "pioneer",
        password: "env:PIONEERRX_EVENTS_PASSWORD",
      },
      fillTexts: {
        "Waiting on Insurance": "waiting_payer",
        "Waiting on Prescriber": "waiting_prescriber",
      },
      requestsPerMinuteMax: 1_000_000,
      timeoutMs,
    }),
    beOdd: () => simulator.tell("habits", { odd: true }),
    beLate: () => simulator.tell("habits", { clockOffMs: A_DAY_LATE_MS }),
    refuse: tellClaim,
    settle: (rx) => tellClaim(rx, []),
    push: (rx, messageId) => simulator.tell("events", { rx, messageId, port: eventsPort }),
  }
}
