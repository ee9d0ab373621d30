/** The demo adapter over its simulator. */
import { conformance } from "../conformance.ts"
import adapter from "./adapter.ts"
import { startDemoWorld } from "./world.ts"

conformance(adapter, { start: startDemoWorld })
