/** Says so when what is on the screen may no longer be true. */
import { IconWifiOff } from "@tabler/icons-react"
import { useIsConnected, useLive } from "../live.ts"
import { say } from "../say.ts"
import { useNow } from "../use-now.ts"
import { timeOfDay } from "../words.ts"

const GRACE_MS = 2_500

export function ConnectionBanner() {
  const isConnected = useIsConnected()
  const live = useLive()
  const nowMs = useNow(1_000)
  if (isConnected || nowMs - live.lastHeardMs < GRACE_MS) return null
  return (
    <div className="banner" role="alert">
      <IconWifiOff size={18} aria-hidden />
      <span>
        {say(
          "Connection lost. Last updated {time}: what you see may be out of date. Trying again…",
          { time: timeOfDay(live.lastHeardMs) },
        )}
      </span>
    </div>
  )
}
