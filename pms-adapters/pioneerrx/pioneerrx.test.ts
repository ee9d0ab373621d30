/** The adapter for PioneerRx over its simulator. */
import { conformance } from "../conformance.ts"
import adapter from "./adapter.ts"
import { startPioneerRxWorld } from "./world.ts"

conformance(adapter, { start: startPioneerRxWorld })
