/**
 * What the providers charge, as published on `pricesAsOf`, in micro-dollars for a thousand tokens.
 * A model without a price can't be chosen: what is not known to cost so much is not asked.
 */
import { Type as t } from "typebox"

/** When somebody last compared this table with the providers' pages. */
export const pricesAsOf = "2026-11-24"

export interface Price {
  readonly inputPerThousand: number
  readonly outputPerThousand: number
}

/** Prompts here stay far below the lengths at which either provider asks for more. */
export const prices = {
  "claude-haiku-5-5": { inputPerThousand: 100, outputPerThousand: 500 },
  "claude-sonnet-5-5": { inputPerThousand: 2_000, outputPerThousand: 10_000 },
  "claude-opus-5-5": { inputPerThousand: 4_000, outputPerThousand: 20_000 },
  "gpt-6-luna": { inputPerThousand: 100, outputPerThousand: 500 },
  "gpt-6.1-terra": { inputPerThousand: 1_000, outputPerThousand: 5_000 },
  "gpt-6-sol": { inputPerThousand: 2_000, outputPerThousand: 10_000 },
} as const satisfies Readonly<Record<string, Price>>

export const AnthropicModel = t.Union([
  t.Literal("claude-haiku-5-5"),
  t.Literal("claude-sonnet-5-5"),
  t.Literal("claude-opus-5-5"),
])
export const OpenaiModel = t.Union([
  t.Literal("gpt-6-luna"),
  t.Literal("gpt-6.1-terra"),
  t.Literal("gpt-6-sol"),
])

export interface Usage {
  readonly inputTokens: number
  readonly outputTokens: number
}

/** Rounded up: a cap that is passed by a fraction is passed. */
export function costMicroDollars(price: Price, { inputTokens, outputTokens }: Usage): number {
  const thousandfold = inputTokens * price.inputPerThousand + outputTokens * price.outputPerThousand
  return Math.ceil(thousandfold / 1_000)
}
