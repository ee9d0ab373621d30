/** The adapter keeps the contract, over a vendor that speaks HL7 in a process of its own. */
import { conformance } from "../conformance.ts"
import adapter from "./adapter.ts"
import { startHl7World } from "./world.ts"

conformance(adapter, { start: startHl7World })
