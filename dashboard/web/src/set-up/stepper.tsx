/** Where one is among the steps, and going to another; each is a link that the keyboard reaches. */
import { IconCircle, IconCircleCheck } from "@tabler/icons-react"
import type { MouseEvent } from "react"
import { go } from "../router.ts"
import { say } from "../say.ts"
import { pathOf, type StepId, steps } from "./steps.ts"

export interface StepperProps {
  readonly current: StepId | undefined
  /** Steps in which something is missing. */
  readonly open: ReadonlySet<StepId>
}

export function Stepper({ current, open }: StepperProps) {
  return (
    <nav aria-label={say("Steps")}>
      <ol className="steps">
        <Step label={say("Overview")} to={pathOf(undefined)} isCurrent={current === undefined} />
        {steps.map(({ id, label }) => (
          <Step
            key={id}
            label={say(label)}
            to={pathOf(id)}
            isCurrent={current === id}
            isDone={!open.has(id)}
          />
        ))}
      </ol>
    </nav>
  )
}

interface StepProps {
  readonly label: string
  readonly to: string
  readonly isCurrent: boolean
  readonly isDone?: boolean
}

function Step({ label, to, isCurrent, isDone }: StepProps) {
  const follow = (event: MouseEvent): void => {
    if (event.metaKey || event.ctrlKey || event.shiftKey) return
    event.preventDefault()
    go(to)
  }
  return (
    <li>
      <a className="step" href={to} onClick={follow} aria-current={isCurrent ? "step" : undefined}>
        {isDone === true && <IconCircleCheck size={18} role="img" aria-label={say("Set")} />}
        {isDone === false && <IconCircle size={18} role="img" aria-label={say("Incomplete")} />}
        {label}
      </a>
    </li>
  )
}
