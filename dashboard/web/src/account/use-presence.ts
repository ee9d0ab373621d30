/** Tells the server that hands are at the keyboard, and hears at once when it locks the screen. */
import { useEffect } from "react"
import { post, SHUT, Trouble } from "../api.ts"

const TOLD_EVERY_MS = 30_000

/** `shut` is called when the session is locked or over. */
export function usePresence(isLocked: boolean, shut: () => void): void {
  useEffect(() => {
    addEventListener(SHUT, shut)
    return () => removeEventListener(SHUT, shut)
  }, [shut])

  useEffect(() => {
    if (isLocked) return
    let toldAtMs = Date.now()
    const here = (): void => {
      if (Date.now() - toldAtMs < TOLD_EVERY_MS) return
      toldAtMs = Date.now()
      post("/session/keep", {}).catch((trouble: unknown) => {
        // Untold, it is told with the next touch.
        if (trouble instanceof Trouble) toldAtMs = 0
      })
    }
    addEventListener("pointerdown", here)
    addEventListener("keydown", here)
    return () => {
      removeEventListener("pointerdown", here)
      removeEventListener("keydown", here)
    }
  }, [isLocked])
}
