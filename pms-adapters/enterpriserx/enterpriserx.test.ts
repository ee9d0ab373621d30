/** The adapter for EnterpriseRx over its simulator. */
import { conformance } from "../conformance.ts"
import adapter from "./adapter.ts"
import { startEnterpriseRxWorld } from "./world.ts"

conformance(adapter, { start: startEnterpriseRxWorld })
