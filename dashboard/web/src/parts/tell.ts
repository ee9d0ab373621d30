/** Does something and says what came of it, once, in the corner of the page. */
import { notifications } from "@mantine/notifications"
import { say } from "../say.ts"
import { troubleOf } from "../use-loaded.ts"

export async function tellDone(work: () => Promise<unknown>, done: string): Promise<boolean> {
  try {
    await work()
    notifications.show({ color: "mortar", message: done })
    return true
  } catch (error) {
    notifications.show({ color: "red", title: say("Not done"), message: troubleOf(error).message })
    return false
  }
}
