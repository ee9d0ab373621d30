/** The adapter over a vendor that lives in this process. */
import { conformance } from "../conformance.ts"
import adapter from "./adapter.ts"
import { startWorld } from "./world.ts"

conformance(adapter, { start: startWorld })
