/** Locks the screen at once, for whoever turns away from it. */
import { ActionIcon } from "@mantine/core"
import { IconLock } from "@tabler/icons-react"
import { command } from "../api.ts"
import { say } from "../say.ts"

export function LockButton({ locked }: { locked: () => void }) {
  /** Whatever went wrong, the server knows whether it is locked. */
  const lock = (): void => void command("sessions", "lock", {}).then(locked, locked)
  return (
    <ActionIcon
      variant="subtle"
      color="gray"
      size="lg"
      title={say("Lock the screen")}
      aria-label={say("Lock the screen")}
      onClick={lock}
    >
      <IconLock size={19} />
    </ActionIcon>
  )
}
