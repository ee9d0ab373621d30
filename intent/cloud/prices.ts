/**
 * What the providers charge, in micro-dollars for a thousand tokens, with when and where that was
 * read. A site may put its own price in its place. A model without a price can't be chosen.
 */
import { type Static, Type as t } from "typebox"
import { Day } from "#core/pms.ts"

export interface Price {
  readonly inputPerThousand: number
  readonly outputPerThousand: number
  /** When somebody last compared it with the provider's page. */
  readonly checkedOn: string
  /** `vendor`: read there. `reported`: read on the page of somebody who had read it there. */
  readonly checkedBy: "vendor" | "reported" | "site"
}

/** platform.claude.com/docs/en/models/overview. */
const atAnthropic = { checkedOn: "2026-11-25", checkedBy: "vendor" } as const
/**
 * developers.openai.com/api/docs/pricing, as docs.litellm.ai/blog/gpt_6_sol_luna and
 * docs.litellm.ai/blog/gpt-6-1-terra tell it: nobody here has read the vendor's own page.
 */
const atOpenai = { checkedOn: "2026-11-25", checkedBy: "reported" } as const

/**
 * For short prompts. Haiku asks five times as much above 100,000 tokens, GPT twice as much above
 * 272,000: prompts here stay far below.
 */
export const prices = {
  "claude-haiku-5-5": { inputPerThousand: 100, outputPerThousand: 500, ...atAnthropic },
  "claude-sonnet-5-5": { inputPerThousand: 2_000, outputPerThousand: 10_000, ...atAnthropic },
  "claude-opus-5-5": { inputPerThousand: 4_000, outputPerThousand: 20_000, ...atAnthropic },
  "gpt-6-luna": { inputPerThousand: 100, outputPerThousand: 500, ...atOpenai },
  "gpt-6.1-terra": { inputPerThousand: 1_000, outputPerThousand: 5_000, ...atOpenai },
  "gpt-6-sol": { inputPerThousand: 2_000, outputPerThousand: 10_000, ...atOpenai },
} as const satisfies Readonly<Record<string, Price>>

/** What a site pays by its own contract, or has read later than we have. */
export const SitePrice = t.Object(
  {
    inputCentsPerMillion: t.Integer({ minimum: 1, maximum: 1_000_000 }),
    outputCentsPerMillion: t.Integer({ minimum: 1, maximum: 1_000_000 }),
    checkedOn: Day,
  },
  { additionalProperties: false },
)

/** A cent for a million tokens is ten micro-dollars for a thousand. */
const MICRO_DOLLARS = 10

export function priceOf(
  model: keyof typeof prices,
  own: Static<typeof SitePrice> | undefined,
): Price {
  if (!own) return prices[model]
  return {
    inputPerThousand: own.inputCentsPerMillion * MICRO_DOLLARS,
    outputPerThousand: own.outputCentsPerMillion * MICRO_DOLLARS,
    checkedOn: own.checkedOn,
    checkedBy: "site",
  }
}

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
