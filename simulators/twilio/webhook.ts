/**
 * The requests Twilio makes: signed over the public address, sent to wherever that address really
 * is, with the time-outs and retries that a `#ct=…&rt=…` fragment may set.
 */
import { randomUUID } from "node:crypto"
import { type ClientRequest, request as httpRequest, type IncomingMessage } from "node:http"
import { request as httpsRequest } from "node:https"
import type { Clock, Timer } from "./clock.ts"
import { type Params, sign } from "./signature.ts"

export interface WebhookSetting {
  readonly clock: Clock
  readonly authToken: string
  /** Maps a public address to one that can be reached from here. */
  readonly reach: (url: URL) => URL
}

export interface Webhook {
  readonly url: string
  readonly method?: string
  readonly params: Params
}

export interface WebhookReply {
  readonly status: number
  readonly contentType: string
  readonly body: Buffer
}

type Trouble = "ct" | "rt" | "tt" | "4xx" | "5xx"

/** No usable answer. `code` is the number Twilio's debugger would show. */
export class WebhookFailure extends Error {
  readonly code: "11200" | "11205"
  readonly trouble: Trouble

  constructor(trouble: Trouble) {
    super(`the webhook failed: ${trouble}`)
    this.code = trouble === "ct" ? "11205" : "11200"
    this.trouble = trouble
  }
}

interface Override {
  readonly connectMs: number
  readonly readMs: number
  readonly totalMs: number
  readonly retries: number
  readonly retryOn: readonly string[]
}

/** Enough for a few minutes of sound for `<Play>`. A document of TwiML has its own limit. */
const answerBytesMax = 4 * 1024 * 1024

/** What a URL's fragment says about time-outs and retries, held to the limits Twilio states. */
export function readOverride(fragment: string): Override {
  const values = new URLSearchParams(fragment.replace(/^#/, ""))
  const within = (name: string, low: number, high: number, usual: number): number => {
    const value = Number(values.get(name) ?? usual)
    return Number.isInteger(value) && value >= low && value <= high ? value : usual
  }
  return {
    connectMs: within("ct", 100, 10_000, 5_000),
    readMs: within("rt", 100, 15_000, 15_000),
    totalMs: within("tt", 100, 15_000, 15_000),
    retries: within("rc", 0, 5, 1),
    retryOn: (values.get("rp") ?? "ct").split(","),
  }
}

/** Sends a webhook until it is answered below 400, or its retries or its total time are used up. */
export async function sendWebhook(
  setting: WebhookSetting,
  { url, method = "POST", params }: Webhook,
): Promise<WebhookReply> {
  const target = new URL(url)
  const override = readOverride(target.hash)
  const overAtMs = setting.clock.nowMs() + override.totalMs
  const idempotencyToken = randomUUID()
  for (let attempt = 0; ; attempt++) {
    try {
      return await sendOnce(setting, {
        url,
        method,
        params,
        idempotencyToken,
        override,
        leftMs: overAtMs - setting.clock.nowMs(),
      })
    } catch (failure) {
      if (!(failure instanceof WebhookFailure)) throw failure
      const { trouble } = failure
      const isRetried = override.retryOn.includes(trouble) || override.retryOn.includes("all")
      if (attempt >= override.retries || !isRetried || trouble === "tt") throw failure
    }
  }
}

interface Attempt {
  readonly url: string
  readonly method: string
  readonly params: Params
  readonly idempotencyToken: string
  readonly override: Override
  readonly leftMs: number
}

/** The URL as it is signed and sent: without the fragment, for GET with the parameters in it. */
function addressOf({ url, method, params }: Attempt): string {
  const plain = url.split("#")[0]!
  if (method !== "GET") return plain
  const query = new URLSearchParams(params).toString()
  return plain + (plain.includes("?") ? "&" : "?") + query
}

function open(setting: WebhookSetting, attempt: Attempt): ClientRequest {
  const address = addressOf(attempt)
  const body = attempt.method === "GET" ? "" : new URLSearchParams(attempt.params).toString()
  const socket = setting.reach(new URL(address))
  const request = (socket.protocol === "https:" ? httpsRequest : httpRequest)(socket, {
    method: attempt.method,
    agent: false,
    headers: {
      host: new URL(address).host,
      "user-agent": "TwilioProxy/1.1",
      accept: "*/*",
      "i-twilio-idempotency-token": attempt.idempotencyToken,
      "x-twilio-signature": sign(
        setting.authToken,
        address,
        attempt.method === "GET" ? {} : attempt.params,
      ),
      ...(attempt.method === "GET"
        ? {}
        : {
            "content-type": "application/x-www-form-urlencoded; charset=UTF-8",
            "content-length": Buffer.byteLength(body),
          }),
    },
  })
  request.end(body)
  return request
}

function sendOnce(setting: WebhookSetting, attempt: Attempt): Promise<WebhookReply> {
  const { clock } = setting
  const { override, leftMs } = attempt
  const result = Promise.withResolvers<WebhookReply>()
  const request = open(setting, attempt)
  const give = (trouble: Trouble): void => {
    result.reject(new WebhookFailure(trouble))
    request.destroy()
  }
  const total = clock.after(Math.max(0, leftMs), () => give("tt"))
  const connect = clock.after(override.connectMs, () => give("ct"))
  let read: Timer | undefined
  let isConnected = false
  request.on("socket", (socket) =>
    socket.once("connect", () => {
      isConnected = true
      connect.cancel()
      read = clock.after(override.readMs, () => give("rt"))
    }),
  )
  request.on("error", () => give(isConnected ? "rt" : "ct"))
  request.on("response", (response) => {
    readReply(response).then(
      (reply) => (reply.status < 400 ? result.resolve(reply) : give(troubleOf(reply.status))),
      () => give("rt"),
    )
  })
  return result.promise.finally(() => {
    for (const timer of [total, connect, read]) timer?.cancel()
  })
}

function troubleOf(status: number): Trouble {
  return status < 500 ? "4xx" : "5xx"
}

async function readReply(response: IncomingMessage): Promise<WebhookReply> {
  const chunks: Buffer[] = []
  let bytes = 0
  for await (const chunk of response) {
    if (!Buffer.isBuffer(chunk)) throw new Error("a response that is not bytes")
    bytes += chunk.length
    if (bytes > answerBytesMax) throw new Error("a response longer than 4 MiB")
    chunks.push(chunk)
  }
  return {
    status: response.statusCode ?? 0,
    contentType: response.headers["content-type"] ?? "",
    body: Buffer.concat(chunks),
  }
}
