/**
 * Anthropic's `POST /v1/messages`, whole and streamed, with its errors and headers, as its public
 * reference describes them. It understands nothing: it says what it was told to say.
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

export const anthropicServer = (): Server => stagedServer(answer)

interface Asked {
  readonly model: string
  readonly isStreamed: boolean
  readonly schema: unknown
  readonly inputTokens: number
}

async function answer(call: Call, body: string): Promise<void> {
  const { request, stage } = call
  if (request.url !== "/v1/messages" || request.method !== "POST")
    return fail(call, 404, "not_found_error", { message: "Not found" })
  const { authorization, "x-api-key": key } = request.headers
  if (!key && !authorization?.startsWith("Bearer "))
    return fail(call, 401, "authentication_error", { message: "A key is required" })
  if (!request.headers["anthropic-version"])
    return fail(call, 400, "invalid_request_error", {
      message: "anthropic-version: header is required",
    })
  const asked = read(body)
  if (typeof asked === "string") return fail(call, 400, "invalid_request_error", { message: asked })
  await play(call, asked, stage.nextFault())
}

/** What was asked for, or why it can't be read. */
function read(body: string): Asked | string {
  const value: unknown = JSON.parse(body)
  if (!isObject(value)) return "the body is no object"
  const { model, max_tokens, messages, output_config, stream, temperature } = value
  if (typeof model !== "string") return "model: Field required"
  if (typeof max_tokens !== "number") return "max_tokens: Field required"
  if (!Array.isArray(messages) || messages.length === 0) return "messages: Field required"
  if (temperature !== undefined) return "temperature: not supported by this model"
  const format = isObject(output_config) ? output_config.format : undefined
  const schema = isObject(format) ? format.schema : undefined
  const problem = format ? schemaProblem(schema) : undefined
  if (problem) return `output_config.format.schema: ${problem}`
  return { model, isStreamed: stream === true, schema, inputTokens: tokensIn(body) }
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
      return fail(call, 429, "rate_limit_error", { message: "Rate limit reached", headers })
    }
    case "out_of_credit": {
      const details = { error_code: "enforced_spend_limit_reached" }
      return fail(call, 429, "rate_limit_error", { message: "Spend limit reached", details })
    }
    case "overloaded":
      return fail(call, 529, "overloaded_error", { message: "Overloaded" })
    case "unavailable":
      return fail(call, 503, "api_error", { message: "Internal server error" })
    default:
      break
  }
  const said = wordsFor(call, asked.schema, fault)
  return asked.isStreamed ? stream(call, asked, said, fault) : whole(call, asked, said, fault)
}

function stopReason({ kind }: Fault): string {
  if (kind === "refuses") return "refusal"
  return kind === "too_long" ? "max_tokens" : "end_turn"
}

function usageOf({ inputTokens }: Asked, outputTokens: number) {
  return {
    input_tokens: inputTokens,
    output_tokens: outputTokens,
    cache_creation_input_tokens: 0,
    cache_read_input_tokens: 0,
    service_tier: "standard",
  }
}

function whole(call: Call, asked: Asked, said: string, fault: Fault): void {
  const message = {
    ...started(call, asked),
    content: [{ type: "text", text: said }],
    stop_reason: stopReason(fault),
    usage: usageOf(asked, tokensIn(said)),
  }
  sendWhole(call.response, message, headersOf(call), fault)
}

function started({ id }: Call, asked: Asked) {
  return {
    id: id.replace("req_", "msg_"),
    type: "message",
    role: "assistant",
    model: asked.model,
    content: [],
    stop_reason: null,
    stop_sequence: null,
    usage: usageOf(asked, 1),
  }
}

function stream(call: Call, asked: Asked, said: string, fault: Fault): void {
  const { response } = call
  response.writeHead(200, { ...headersOf(call), "content-type": "text/event-stream" })
  const send = (event: { readonly type: string; readonly [field: string]: unknown }): void => {
    response.write(`event: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`)
  }
  send({ type: "message_start", message: started(call, asked) })
  send({ type: "content_block_start", index: 0, content_block: { type: "text", text: "" } })
  send({ type: "ping" })
  for (const text of piecesOf(said, fault))
    send({ type: "content_block_delta", index: 0, delta: { type: "text_delta", text } })
  if (fault.kind === "cut") {
    cutAfter(response, ": ")
    return
  }
  if (fault.kind === "error_in_stream") {
    send({ type: "error", error: { type: "overloaded_error", message: "Overloaded" } })
    response.end()
    return
  }
  send({ type: "content_block_stop", index: 0 })
  const usage = { output_tokens: tokensIn(said) }
  const delta = { stop_reason: stopReason(fault), stop_sequence: null }
  send({ type: "message_delta", delta, usage })
  send({ type: "message_stop" })
  response.end()
}

function headersOf({ id }: Call): Readonly<Record<string, string>> {
  return {
    "request-id": id,
    "anthropic-ratelimit-requests-limit": "1000",
    "anthropic-ratelimit-requests-remaining": "999",
    "anthropic-ratelimit-requests-reset": new Date(Date.now() + 60_000).toISOString(),
  }
}

interface More {
  readonly headers?: Readonly<Record<string, string>>
  readonly details?: Readonly<Record<string, string>>
}

function fail(
  call: Call,
  status: number,
  type: string,
  { message, headers = {}, details }: More & { readonly message: string },
): void {
  const error = { type, message, ...(details && { details }) }
  const body = { type: "error", error, request_id: call.id }
  sendJson(call.response, status, body, { ...headersOf(call), ...headers })
}
