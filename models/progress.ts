/** Shows a pull: one bar on a terminal, plain lines elsewhere. */
import type { WriteStream } from "node:tty"
import type { Report } from "./fetch.ts"

const BAR_WIDTH = 30
/** A terminal is redrawn at most this often. */
const REDRAW_MS = 100

const megabytes = (bytes: number): string => `${Math.round(bytes / 1e6)} MB`

/** For a log file or a pipe. */
export function plainReport(write: (line: string) => void): Report {
  return {
    begin: (files, bytes) => write(`Fetching ${files} model files, ${megabytes(bytes)}.`),
    file: (path) => write(`  ${path} …`),
    bytes: () => undefined,
    trouble: (text) => write(`  ${text} Trying the next source.`),
    done: (path) => write(`  ${path} verified`),
    end: () => undefined,
  }
}

/** For a person at a terminal. */
export function barReport(terminal: WriteStream): Report {
  let total = 0
  let finished = 0
  /** Finished files, and what a source gave of the current one. */
  let arrived = 0
  let current = ""
  let drawnAtMs = 0
  const draw = (): void => {
    const share = total === 0 ? 0 : Math.min(1, arrived / total)
    const full = Math.round(share * BAR_WIDTH)
    const bar = "█".repeat(full) + "░".repeat(BAR_WIDTH - full)
    const line = `${bar} ${Math.round(share * 100)} % of ${megabytes(total)}  ${current}`
    terminal.write(`\r\u001b[2K${line.slice(0, terminal.columns - 1)}`)
    drawnAtMs = performance.now()
  }
  return {
    begin: (_, bytes) => {
      total = bytes
    },
    file: (path) => {
      current = path
      draw()
    },
    bytes: (count) => {
      arrived += count
      if (performance.now() - drawnAtMs > REDRAW_MS) draw()
    },
    trouble: (text) => terminal.write(`\r\u001b[2K${text} Trying the next source.\n`),
    done: (_, bytes) => {
      finished += bytes
      arrived = finished
      draw()
    },
    end: () => terminal.write("\r\u001b[2K"),
  }
}
