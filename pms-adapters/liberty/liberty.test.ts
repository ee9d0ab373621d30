/** The adapter for Liberty over its simulator. */
import { conformance } from "../conformance.ts"
import adapter from "./adapter.ts"
import { startLibertyWorld } from "./world.ts"

conformance(adapter, { start: startLibertyWorld })
