/**
 * OpenAI's `POST /v1/chat/completions`, whole and streamed, with its errors and headers, as its
 * public reference describes them. It understands nothing: it says what it was told to say.
 */
import type { Server } from "node:http"
import {
  type Call,
  cutAfter,
  type Fault,
  isObject,
  piecesOf,
  schemaProblem,
  sendJson,
  sendWhole,
  stagedServer,
  tokensIn,
  wordsFor,
} from "../providers/stage.ts"

export const openaiServer = (): Server => stagedServer(answer)

interface Asked {
  readonly model: string
  readonly isStreamed: boolean
  readonly wantsUsage: boolean
  readonly schema: unknown
  readonly inputTokens: number
}

async function answer(call: Call, body: string): Promise<void> {
  const { request, stage } = call
  if (request.url !== "/v1/chat/completions" || request.method !== "POST")
    return fail(call, 404, { type: "invalid_request_error", code: "unknown_url" })
  if (!request.headers.authorization?.startsWith("Bearer "))
    return fail(call, 401, { type: "invalid_request_error", code: "invalid_api_key" })
  const asked = read(body)
  if (typeof asked === "string")
    return fail(call, 400, { type: "invalid_request_error", message: asked })
  await play(call, asked, stage.nextFault())
}

/** What was asked for, or why it can't be read. */
function read(body: string): Asked | string {
  const value: unknown = JSON.parse(body)
  if (!isObject(value)) return "the body is no object"
  const { model, messages, max_tokens, response_format, stream, stream_options } = value
  if (typeof model !== "string") return "you must provide a model parameter"
  if (!Array.isArray(messages) || messages.length === 0) return "messages is missing"
  if (max_tokens !== undefined) return "use max_completion_tokens instead of max_tokens"
  const format = isObject(response_format) ? response_format.json_schema : undefined
  const schema = isObject(format) ? format.schema : undefined
  const isStrict = isObject(format) && format.strict === true
  const problem = isStrict ? schemaProblem(schema) : undefined
  if (problem) return `Invalid schema for response_format: ${problem}`
  const wantsUsage = isObject(stream_options) && stream_options.include_usage === true
  return { model, isStreamed: stream === true, wantsUsage, schema, inputTokens: tokensIn(body) }
}

async function play(call: Call, asked: Asked, fault: Fault): Promise<void> {
  switch (fault.kind) {
    case "silent":
      return
    case "slow":
      await new Promise((resolve) => setTimeout(resolve, fault.delayMs))
      break
    case "rate_limited": {
      const wait = fault.retryAfterS
      const headers = wait === undefined ? {} : { "retry-after": String(wait) }
      return fail(call, 429, { type: "requests", code: "rate_limit_exceeded", headers })
    }
    case "out_of_credit":
      return fail(call, 429, { type: "insufficient_quota", code: "insufficient_quota" })
    case "overloaded":
    case "unavailable":
      return fail(call, 503, { type: "server_error", message: "The server is overloaded" })
    default:
      break
  }
  const said = wordsFor(call, asked.schema, fault)
  return asked.isStreamed ? stream(call, asked, said, fault) : whole(call, asked, said, fault)
}

function finishReason({ kind }: Fault): string {
  return kind === "too_long" ? "length" : "stop"
}

function usageOf({ inputTokens }: Asked, said: string) {
  const completion = tokensIn(said)
  return {
    prompt_tokens: inputTokens,
    completion_tokens: completion,
    total_tokens: inputTokens + completion,
  }
}

function whole(call: Call, asked: Asked, said: string, fault: Fault): void {
  const refuses = fault.kind === "refuses"
  const message = {
    role: "assistant",
    content: refuses ? null : said,
    refusal: refuses ? "I can't help with that." : null,
  }
  const completion = {
    ...headOf(call, asked, "chat.completion"),
    choices: [{ index: 0, message, logprobs: null, finish_reason: finishReason(fault) }],
    usage: usageOf(asked, said),
  }
  sendWhole(call.response, completion, headersOf(call), fault)
}

function headOf({ id }: Call, { model }: Asked, object: string) {
  const created = Math.floor(Date.now() / 1_000)
  return { id: id.replace("req_", "chatcmpl-"), object, created, model, system_fingerprint: null }
}

function stream(call: Call, asked: Asked, said: string, fault: Fault): void {
  const { response } = call
  response.writeHead(200, { ...headersOf(call), "content-type": "text/event-stream" })
  const head = headOf(call, asked, "chat.completion.chunk")
  const send = (value: unknown): void => {
    response.write(`data: ${typeof value === "string" ? value : JSON.stringify(value)}\n\n`)
  }
  const piece = (delta: unknown, finish_reason: string | null = null): void =>
    send({ ...head, choices: [{ index: 0, delta, logprobs: null, finish_reason }] })
  piece({ role: "assistant", content: "", refusal: null })
  for (const content of piecesOf(said, fault))
    piece(fault.kind === "refuses" ? { refusal: content } : { content })
  if (fault.kind === "cut") {
    cutAfter(response, "data: ")
    return
  }
  if (fault.kind === "error_in_stream") {
    send({ error: { message: "The server had an error", type: "server_error", code: null } })
    response.end()
    return
  }
  piece({}, finishReason(fault))
  if (asked.wantsUsage) send({ ...head, choices: [], usage: usageOf(asked, said) })
  send("[DONE]")
  response.end()
}

function headersOf({ id }: Call): Readonly<Record<string, string>> {
  return {
    "x-request-id": id,
    "openai-processing-ms": "12",
    "x-ratelimit-limit-requests": "1000",
    "x-ratelimit-remaining-requests": "999",
    "x-ratelimit-reset-requests": "60ms",
  }
}

interface Failure {
  readonly type: string
  readonly code?: string
  readonly message?: string
  readonly headers?: Readonly<Record<string, string>>
}

function fail(call: Call, status: number, failure: Failure): void {
  const { type, code = null, message = "The request could not be served.", headers = {} } = failure
  const body = { error: { message, type, param: null, code } }
  sendJson(call.response, status, body, { ...headersOf(call), ...headers })
}
