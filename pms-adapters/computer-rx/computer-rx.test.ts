/** The adapter for Computer-Rx over its simulator. */
import { conformance } from "../conformance.ts"
import adapter from "./adapter.ts"
import { startComputerRxWorld } from "./world.ts"

conformance(adapter, { start: startComputerRxWorld })
