/** One key, one act. Silent while somebody types, and with any modifier but shift. */
import { useEffect, useRef } from "react"

export type KeyMap = Readonly<Record<string, () => void>>

export function useKeys(keys: KeyMap): void {
  const latest = useRef(keys)
  latest.current = keys
  useEffect(() => {
    const press = (event: KeyboardEvent): void => {
      if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return
      const act = latest.current[event.key]
      if (!act || (event.repeat && !"jk".includes(event.key))) return
      event.preventDefault()
      act()
    }
    addEventListener("keydown", press)
    return () => removeEventListener("keydown", press)
  }, [])
}

function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false
  if (target.closest("[role=dialog]")) return true
  if (target instanceof HTMLInputElement && ["checkbox", "radio"].includes(target.type))
    return false
  return ["INPUT", "TEXTAREA", "SELECT"].includes(target.tagName) || target.isContentEditable
}
