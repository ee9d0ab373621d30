/** Starts Computer-Rx's simulator for a test, as a process of its own. For tests only. */
import { join } from "node:path"
import { feedWorld } from "../feed-world.ts"
import { type Simulator, startSimulator } from "../simulated.ts"
import type { World } from "../world.ts"

const A_DAY_LATE_MS = -86_400_000

export interface ComputerRxWorld extends World, Pick<Simulator, "moveFill" | "tell"> {
  readonly folders: {
    readonly exportsFolder: string
    readonly requestsFolder: string
    readonly answersFolder: string
  }
}

export async function startComputerRxWorld(): Promise<ComputerRxWorld> {
  const simulator = await startSimulator("computer-rx")
  const { folder = "" } = simulator
  const folders = {
    exportsFolder: join(folder, "exports"),
    requestsFolder: join(folder, "requests"),
    answersFolder: join(folder, "answers"),
  }
  return {
    ...simulator,
    folders,
    ...feedWorld,
    secrets: { "env:COMPUTER_RX_WORD": "demo-word" },
    settings: (timeoutMs) => ({
      ...folders,
      storeId: "1234567",
      word: "env:COMPUTER_RX_WORD",
      refillsPerMinuteMax: 100_000,
      timeoutMs,
    }),
    beOdd: () => simulator.tell("habits", { odd: true, clockOffMs: A_DAY_LATE_MS }),
    async told(running) {
      await simulator.tell("export", {})
      await running.readChanges()
    },
  }
}
