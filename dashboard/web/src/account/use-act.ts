/** Does something for the account and tells what became of it, once, in a corner of the screen. */
import { notifications } from "@mantine/notifications"
import { useState } from "react"
import { say } from "../say.ts"
import { troubleOf } from "../use-loaded.ts"

export interface Act {
  readonly isBusy: boolean
  /** True when it was done. */
  readonly act: (work: () => Promise<unknown>, done?: string) => Promise<boolean>
}

export function useAct(): Act {
  const [isBusy, setBusy] = useState(false)
  const act = async (work: () => Promise<unknown>, done?: string): Promise<boolean> => {
    setBusy(true)
    try {
      await work()
      if (done) notifications.show({ message: done, closeButtonProps: closing() })
      return true
    } catch (error) {
      const { message } = troubleOf(error)
      const told = { color: "red", title: say("Not done"), message, role: "alert" }
      notifications.show({ ...told, closeButtonProps: closing() })
      return false
    } finally {
      setBusy(false)
    }
  }
  return { isBusy, act }
}

/** The cross on a notice has no words of its own. */
export function closing() {
  return { "aria-label": say("Close") }
}
