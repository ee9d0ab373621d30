/** What goes wrong with models, each with what to do about it. Never holds audio or words. */

const hints = {
  model_missing: "Run `mortar models pull`, or set MORTAR_MODELS to a folder that has it.",
  model_corrupt: "Run `mortar models check`, then `mortar models pull`.",
  model_unreachable:
    "Check the internet connection, or copy the models folder of another machine and run " +
    "`mortar models pull --from <folder>`.",
  model_unreadable: "The runtime refuses the file. Run `mortar models check`.",
  program_missing: "Install it: `apt install espeak-ng flite` or `brew install espeak-ng flite`.",
} as const

export type ModelErrorCode = keyof typeof hints

export class ModelError extends Error {
  readonly code: ModelErrorCode

  /** `what` is a file or a program, and why, in our words. */
  constructor(code: ModelErrorCode, what: string) {
    super(`${what} ${hints[code]}`)
    this.name = "ModelError"
    this.code = code
  }
}
