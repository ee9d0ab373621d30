/** Which page is shown: its path, and going to another without loading everything again. */
import { useSyncExternalStore } from "react"

const CHANGED = "mortar:path"

export function go(path: string): void {
  if (path === location.pathname) return
  history.pushState(null, "", path)
  dispatchEvent(new Event(CHANGED))
}

export function usePath(): string {
  return useSyncExternalStore(subscribe, () => location.pathname)
}

function subscribe(changed: () => void): () => void {
  addEventListener("popstate", changed)
  addEventListener(CHANGED, changed)
  return () => {
    removeEventListener("popstate", changed)
    removeEventListener(CHANGED, changed)
  }
}
