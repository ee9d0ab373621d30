/** What automations can be made of, as the server tells it. */
import type { Output } from "../../../../core/contract.ts"
import type { automations } from "../../../../modules/automations/contract.ts"

export type Offers = Output<typeof automations, "offers">
