/** Claude through Anthropic's own SDK. Reads no environment and keeps no log of what it carries. */
import Anthropic from "@anthropic-ai/sdk"
import { type Price, prices } from "./prices.ts"
import type { Account, Around, Prompt, Provider, Told } from "./provider.ts"
import type { CloudSettings } from "./settings.ts"

const ADDRESS = "https://api.anthropic.com"

export function anthropicProvider(
  model: NonNullable<CloudSettings["anthropic"]>["model"],
  account: Account,
  price: Price = prices[model],
): Provider {
  return {
    name: "anthropic",
    model,
    price,
    ask(prompt, around) {
      const client = clientFor(account, around)
      const request = requestFor(model, prompt)
      return prompt.schema
        ? askWhole(client, request, around)
        : askStreamed(client, request, around)
    },
  }
}

function clientFor({ apiKey, baseUrl = ADDRESS }: Account, { fetch }: Around): Anthropic {
  return new Anthropic({
    apiKey,
    baseURL: baseUrl,
    webhookKey: null,
    maxRetries: 0,
    logLevel: "off",
    openTelemetry: false,
    fetch,
  })
}

type Request = Omit<Anthropic.MessageCreateParamsNonStreaming, "stream">

function requestFor(model: string, prompt: Prompt): Request {
  const { instructions, text, schema, maxOutputTokens } = prompt
  const format = schema && ({ type: "json_schema", schema: { ...schema } } as const)
  return {
    model,
    max_tokens: maxOutputTokens,
    system: instructions,
    messages: [{ role: "user", content: text }],
    output_config: { effort: "low", ...(format && { format }) },
  }
}

async function askWhole(client: Anthropic, request: Request, around: Around): Promise<Told> {
  const message = await client.messages.create(request, { signal: around.signal })
  const text = message.content.map((block) => (block.type === "text" ? block.text : "")).join("")
  const { input_tokens: inputTokens, output_tokens: outputTokens } = message.usage
  return { text, usage: { inputTokens, outputTokens }, ended: endOf(message.stop_reason) }
}

async function askStreamed(client: Anthropic, request: Request, around: Around): Promise<Told> {
  const { signal, heard } = around
  const events = await client.messages.create({ ...request, stream: true }, { signal })
  let text = ""
  let usage = { inputTokens: 0, outputTokens: 0 }
  let ended: Told["ended"] = "cut"
  for await (const event of events) {
    heard()
    if (event.type === "message_start") {
      usage = { inputTokens: event.message.usage.input_tokens, outputTokens: 0 }
    } else if (event.type === "content_block_delta" && event.delta.type === "text_delta") {
      text += event.delta.text
    } else if (event.type === "message_delta") {
      usage = { ...usage, outputTokens: event.usage.output_tokens }
      ended = endOf(event.delta.stop_reason)
    }
  }
  return { text, usage, ended }
}

function endOf(reason: Anthropic.StopReason | null): Told["ended"] {
  if (reason === null) return "cut"
  if (reason === "refusal") return "declined"
  return reason === "end_turn" ? "whole" : "cut_short"
}
