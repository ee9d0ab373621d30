/** What stands where there is nothing yet, nothing at all, or nothing because of trouble. */
import { Button, Loader } from "@mantine/core"
import { IconAlertTriangle } from "@tabler/icons-react"
import type { ReactNode } from "react"
import type { Trouble } from "../api.ts"
import { say } from "../say.ts"
import type { Loaded } from "../use-loaded.ts"

export interface EmptyStateProps {
  readonly title: string
  readonly children?: ReactNode
  readonly icon?: ReactNode
}

export function EmptyState({ title, children, icon }: EmptyStateProps) {
  return (
    <div className="empty">
      {icon}
      <p className="empty-title">{title}</p>
      <p className="dim">{children}</p>
    </div>
  )
}

export function TroubleState({ trouble, again }: { trouble: Trouble; again: () => void }) {
  return (
    <div className="empty" role="alert">
      <IconAlertTriangle size={30} aria-hidden />
      <p className="empty-title">{say("This could not be loaded")}</p>
      <p className="dim">{trouble.message}</p>
      <Button variant="default" onClick={again}>
        {say("Try again")}
      </Button>
    </div>
  )
}

/** What is not there yet: it comes, or it could not be loaded. */
export function NotLoaded({ trouble, again }: Pick<Loaded<unknown>, "trouble" | "again">) {
  return trouble ? <TroubleState trouble={trouble} again={again} /> : <LoadingState />
}

export function LoadingState() {
  return (
    <div className="empty">
      <Loader role="status" aria-label={say("Loading")} />
    </div>
  )
}
