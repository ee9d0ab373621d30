/** Whether an automation is on, off, or still has to be tried. */
import type { Automation } from "../../../../modules/automations/contract.ts"
import { Tag } from "../parts/tag.tsx"
import { say } from "../say.ts"

export function StateTag({ automation: { isOn, isTested } }: { automation: Automation }) {
  if (isOn) return <Tag tone="good">{say("on")}</Tag>
  return isTested ? <Tag>{say("off")}</Tag> : <Tag tone="soon">{say("off, not tried yet")}</Tag>
}
