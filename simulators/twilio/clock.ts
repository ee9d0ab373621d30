/** Time as an argument, so that a test can drive a call by hand. */

export interface Timer {
  cancel(): void
}

export interface Clock {
  nowMs(): number
  after(delayMs: number, run: () => void): Timer
  every(periodMs: number, run: () => void): Timer
}

/** The machine's clock. A period that was missed is run late rather than skipped, so pace holds. */
export const realClock: Clock = {
  nowMs: () => performance.timeOrigin + performance.now(),
  after(delayMs, run) {
    const handle = setTimeout(run, delayMs)
    return { cancel: () => clearTimeout(handle) }
  },
  every(periodMs, run) {
    let dueMs = performance.now() + periodMs
    let isCancelled = false
    let handle = setTimeout(wake, periodMs)
    function wake(): void {
      while (!isCancelled && performance.now() >= dueMs) {
        dueMs += periodMs
        run()
      }
      if (!isCancelled) handle = setTimeout(wake, Math.max(0, dueMs - performance.now()))
    }
    return {
      cancel() {
        isCancelled = true
        clearTimeout(handle)
      },
    }
  },
}

/** A clock on which a second takes so many of the machine's: for calls on a busy machine. */
export function pacedClock(pace: number): Clock {
  const startMs = realClock.nowMs()
  return {
    nowMs: () => startMs + (realClock.nowMs() - startMs) / pace,
    after: (delayMs, run) => realClock.after(delayMs * pace, run),
    every: (periodMs, run) => realClock.every(periodMs * pace, run),
  }
}

/** Resolves after the delay, or rejects at once when the signal is aborted. */
export function pause(clock: Clock, delayMs: number, signal?: AbortSignal): Promise<void> {
  let timer: Timer | undefined
  const over = new Promise<void>((resolve) => {
    timer = clock.after(delayMs, resolve)
  })
  return untilAborted(over, signal).finally(() => timer?.cancel())
}

/** The promise's own outcome, or the signal's reason as soon as it is aborted. */
export function untilAborted<T>(promise: Promise<T>, signal?: AbortSignal): Promise<T> {
  if (!signal) return promise
  return new Promise<T>((resolve, reject) => {
    const abort = (): void => reject(signal.reason)
    promise.then(resolve, reject).finally(() => signal.removeEventListener("abort", abort))
    if (signal.aborted) abort()
    else signal.addEventListener("abort", abort, { once: true })
  })
}
