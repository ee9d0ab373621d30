/** The time, told again every so often, for what says how long ago something was. */
import { useEffect, useState } from "react"

export function useNow(everyMs = 15_000): number {
  const [nowMs, set] = useState(Date.now)
  useEffect(() => {
    const timer = setInterval(() => set(Date.now()), everyMs)
    return () => clearInterval(timer)
  }, [everyMs])
  return nowMs
}
