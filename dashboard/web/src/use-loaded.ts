/** What a page shows: loaded, loaded again when it changed, and when it was last true. */
import { useCallback, useEffect, useRef, useState } from "react"
import { Trouble } from "./api.ts"
import { type Change, useLive } from "./live.ts"
import { say } from "./say.ts"

export interface Loaded<T> {
  readonly value: T | undefined
  readonly trouble: Trouble | undefined
  readonly loadedAtMs: number | undefined
  /** Loads again now. */
  readonly again: () => void
  /** Puts in what a command just answered. */
  readonly put: (value: T) => void
}

/** `load` has to be stable; `isAbout` tells which changes make the value old. */
export function useLoaded<T>(
  load: () => Promise<T>,
  isAbout: (change: Change) => boolean,
): Loaded<T> {
  const live = useLive()
  const [value, setValue] = useState<T>()
  const [trouble, setTrouble] = useState<Trouble>()
  const [loadedAtMs, setLoadedAtMs] = useState<number>()
  const round = useRef(0)

  const again = useCallback(async () => {
    round.current++
    const mine = round.current
    try {
      const loaded = await load()
      if (mine !== round.current) return
      setValue(() => loaded)
      setTrouble(undefined)
      setLoadedAtMs(Date.now())
    } catch (error) {
      if (mine === round.current) setTrouble(troubleOf(error))
    }
  }, [load])

  useEffect(() => {
    setValue(undefined)
    void again()
  }, [again])

  useEffect(() => {
    let isLoading = false
    let isOld = false
    let isLeft = false
    // One look at a time, and one more when something changed meanwhile: a busy hour, when every
    // look is old before it arrives, still shows each of them.
    const catchUp = async () => {
      isOld = true
      if (isLoading) return
      isLoading = true
      while (isOld && !isLeft) {
        isOld = false
        await again()
      }
      isLoading = false
    }
    const unfollow = live.follow((change) => {
      if (change === "everything" || isAbout(change)) void catchUp()
    })
    return () => {
      isLeft = true
      unfollow()
    }
  }, [live, again, isAbout])

  const put = useCallback((next: T) => {
    round.current++
    setValue(() => next)
    setLoadedAtMs(Date.now())
  }, [])
  const now = useCallback(() => void again(), [again])
  return { value, trouble, loadedAtMs, again: now, put }
}

export function troubleOf(error: unknown): Trouble {
  return error instanceof Trouble
    ? error
    : new Trouble(0, "broken", say("This page made a mistake."))
}
