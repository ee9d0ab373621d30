/** The adapter for QS/1 over its simulator. */
import { conformance } from "../conformance.ts"
import adapter from "./adapter.ts"
import { startQs1World } from "./world.ts"

conformance(adapter, { start: startQs1World })
