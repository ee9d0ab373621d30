/**
 * What a site says about the cloud. Nothing leaves until the site has switched it on and, for each
 * provider, said who confirmed the business associate agreement (BAA), and when.
 */
import { type Static, type TObject, Type as t } from "typebox"
import { Day } from "#core/pms.ts"
import { SecretReference } from "#core/secrets.ts"
import { AnthropicModel, OpenaiModel, SitePrice } from "./prices.ts"

const closed = { additionalProperties: false }

const shared = {
  baa: t.Object(
    { confirmedOn: Day, confirmedBy: t.String({ minLength: 1, maxLength: 120 }) },
    closed,
  ),
  apiKey: SecretReference,
  /** In place of the price we know of, with the day it was read at the provider's. */
  price: t.Optional(SitePrice),
  /** Another address than the provider's own: a gateway of the site, or a simulator here. */
  baseUrl: t.Optional(
    t.String({ pattern: "^(https://|http://(localhost|127\\.0\\.0\\.1)(:\\d+)?(/|$))" }),
  ),
}

export const CloudSettings = t.Object(
  {
    on: t.Boolean({ default: false }),
    /** Who is asked first, and who when the first can't answer. */
    order: t.Array(t.Union([t.Literal("anthropic"), t.Literal("openai")]), {
      uniqueItems: true,
      default: ["anthropic", "openai"],
    }),
    anthropic: t.Optional(t.Object({ model: AnthropicModel, ...shared }, closed)),
    openai: t.Optional(t.Object({ model: OpenaiModel, ...shared }, closed)),
    /** Of all providers together, by the day of the pharmacy. */
    dailyCostMaxCents: t.Integer({ minimum: 1, maximum: 100_000, default: 200 }),
    dailyAsksMax: t.Integer({ minimum: 1, maximum: 100_000, default: 1_000 }),
    /** For one turn of a conversation, whatever is tried in it. */
    turnBudgetMs: t.Integer({ minimum: 500, maximum: 4_000, default: 2_000 }),
    /** For one draft of a document. */
    draftBudgetMs: t.Integer({ minimum: 2_000, maximum: 55_000, default: 40_000 }),
  },
  closed,
) satisfies TObject
export type CloudSettings = Static<typeof CloudSettings>
