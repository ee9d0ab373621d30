/**
 * The log as lines of JSON. Under the rule that only words of ours come here lies a net: what looks
 * like a patient's is withheld, and counted, so that a test can see that the rule was broken.
 */
import { type DestinationStream, type Logger, pino } from "pino"
import type { Log, LogValue } from "./log.ts"

const WORD_CHARACTERS_MAX = 600

/** Telephone and Rx numbers, dates, addresses of mail: nothing we log of ourselves looks so. */
const looksLikePatient = new RegExp(
  [
    /\+?\d[\d ().-]{8,}\d/,
    /\b\d{7,9}\b/,
    /\b\d{1,2}\/\d{1,2}\/\d{2,4}\b/,
    /\b(19|20)\d\d-\d\d-\d\d\b/,
    /@[\w-]+\./,
  ]
    .map(({ source }) => source)
    .join("|"),
)

export interface NetLog extends Log {
  /** How many values were withheld. Anything above zero is a defect of ours. */
  caught(): number
}

export interface PinoLogOptions {
  readonly level: "debug" | "info" | "warn" | "error" | "silent"
  readonly destination?: DestinationStream
}

export function pinoLog({ level, destination }: PinoLogOptions): NetLog {
  let caught = 0
  const safe = (value: LogValue): LogValue => {
    if (typeof value !== "string") return value
    if (!looksLikePatient.test(value)) return value.slice(0, WORD_CHARACTERS_MAX)
    caught++
    return "[withheld]"
  }
  const options = { level, base: null, timestamp: pino.stdTimeFunctions.isoTime }
  const logger = destination ? pino(options, destination) : pino(options)
  return { ...wrapped(logger, safe), caught: () => caught }
}

function wrapped(logger: Logger, safe: (value: LogValue) => LogValue): Log {
  const clean = (fields: Readonly<Record<string, LogValue>>) =>
    Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, safe(value)]))
  const at =
    (level: "debug" | "info" | "warn" | "error") =>
    (message: string, fields: Readonly<Record<string, LogValue>> = {}) =>
      logger[level](clean(fields), String(safe(message)))
  return {
    debug: at("debug"),
    info: at("info"),
    warn: at("warn"),
    error: at("error"),
    child: (fields) => wrapped(logger.child(clean(fields)), safe),
  }
}
