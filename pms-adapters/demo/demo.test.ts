/** The demo adapter over its simulator: the conformance of every adapter, and the vendor's own quirks. */
import { conformance } from "../conformance.ts"
import adapter from "./adapter.ts"
import { startDemoWorld } from "./world.ts"

conformance(adapter, { start: startDemoWorld })
