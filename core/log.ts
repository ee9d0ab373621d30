/**
 * What modules may say in the log: a fixed message and values that are not about a patient. Patient
 * values have no way in, because a field's value must be a number, a boolean or one of our own
 * codes.
 */

/**
 * A word of ours: a code, a module's name, an id we made. Never text that a caller or a PMS gave.
 */
export type LogValue = string | number | boolean | undefined

export interface Log {
  debug(message: string, fields?: Readonly<Record<string, LogValue>>): void
  info(message: string, fields?: Readonly<Record<string, LogValue>>): void
  warn(message: string, fields?: Readonly<Record<string, LogValue>>): void
  /** A person must act. */
  error(message: string, fields?: Readonly<Record<string, LogValue>>): void
  child(fields: Readonly<Record<string, LogValue>>): Log
}
