/** Starts the demo vendor's simulator for a test. For tests only. */
import { cast } from "../cast.ts"
import { type Simulator, startSimulator } from "../simulated.ts"
import type { World } from "../world.ts"

export interface DemoWorld extends World, Pick<Simulator, "url" | "moveFill"> {}

export async function startDemoWorld(): Promise<DemoWorld> {
  const simulator = await startSimulator("demo")
  return {
    ...simulator,
    known: cast,
    secrets: { "env:DEMO_PMS_PASSWORD": "demo", "env:DEMO_PMS_CUSTOMER_KEY": "demo-key" },
    offers: [
      "findPatientsByPhone",
      "submitRefill",
      "requestRenewal",
      "requestTransfer",
      "durAlerts",
      "claimRejects",
      "readStock",
    ],
    refuse: (rx, codes) => simulator.tell("claims", { rx, codes }),
    settle: (rx) => simulator.moveFill(rx, "20"),
    settings: (timeoutMs) => ({
      baseUrl: simulator.url,
      user: "mortar",
      password: "env:DEMO_PMS_PASSWORD",
      npi: "1234567893",
      customerKey: "env:DEMO_PMS_CUSTOMER_KEY",
      timeoutMs,
    }),
  }
}
