/** OpenAI through its own SDK, second in line. Reads no environment and keeps no log. */
import OpenAI from "openai"
import { type Price, prices } from "./prices.ts"
import type { Account, Around, Prompt, Provider, Told } from "./provider.ts"
import type { CloudSettings } from "./settings.ts"

const ADDRESS = "https://api.openai.com/v1"

export function openaiProvider(
  model: NonNullable<CloudSettings["openai"]>["model"],
  account: Account,
  price: Price = prices[model],
): Provider {
  return {
    name: "openai",
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

function clientFor({ apiKey, baseUrl = ADDRESS }: Account, { fetch }: Around): OpenAI {
  return new OpenAI({
    apiKey,
    baseURL: baseUrl,
    adminAPIKey: null,
    organization: null,
    project: null,
    webhookSecret: null,
    maxRetries: 0,
    logLevel: "off",
    fetch,
  })
}

type Request = Omit<OpenAI.ChatCompletionCreateParamsNonStreaming, "stream">

function requestFor(model: string, prompt: Prompt): Request {
  const { instructions, text, schema, maxOutputTokens } = prompt
  const format = schema && { name: "answer", strict: true, schema: { ...schema } }
  return {
    model,
    store: false,
    reasoning_effort: "low",
    max_completion_tokens: maxOutputTokens,
    messages: [
      { role: "developer", content: instructions },
      { role: "user", content: text },
    ],
    ...(format && { response_format: { type: "json_schema", json_schema: format } }),
  }
}

async function askWhole(client: OpenAI, request: Request, around: Around): Promise<Told> {
  const completion = await client.chat.completions.create(request, { signal: around.signal })
  const choice = completion.choices[0]
  const ended = choice?.message.refusal ? "declined" : endOf(choice?.finish_reason)
  return { text: choice?.message.content ?? "", usage: usageOf(completion.usage), ended }
}

async function askStreamed(client: OpenAI, request: Request, around: Around): Promise<Told> {
  const { signal, heard } = around
  const streamed = { ...request, stream: true, stream_options: { include_usage: true } } as const
  const chunks = await client.chat.completions.create(streamed, { signal })
  let text = ""
  let usage = usageOf(undefined)
  let ended: Told["ended"] = "cut"
  for await (const chunk of chunks) {
    heard()
    const choice = chunk.choices[0]
    text += choice?.delta.content ?? ""
    if (choice?.finish_reason) ended = endOf(choice.finish_reason)
    if (choice?.delta.refusal) return { text: "", usage, ended: "declined" }
    if (chunk.usage) usage = usageOf(chunk.usage)
  }
  return { text, usage, ended }
}

function usageOf(usage: OpenAI.CompletionUsage | null | undefined): Told["usage"] {
  return {
    inputTokens: usage?.prompt_tokens ?? 0,
    outputTokens: usage?.completion_tokens ?? 0,
  }
}

function endOf(reason: string | undefined): Told["ended"] {
  if (reason === undefined) return "cut"
  if (reason === "content_filter") return "declined"
  return reason === "stop" ? "whole" : "cut_short"
}
