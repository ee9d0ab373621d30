/** The part of Twilio's REST API that an application uses during a call, with the same answers. */
import { timingSafeEqual } from "node:crypto"
import { createServer, type IncomingMessage, type ServerResponse } from "node:http"
import type { AddressInfo } from "node:net"
import type { Call, TwilioCloud } from "./cloud.ts"
import { apiVersion } from "./exchange.ts"
import type { Message } from "./messages.ts"
import { TwimlError } from "./twiml.ts"

export interface RestStandIn {
  readonly url: string
  close(): Promise<void>
}

interface Answer {
  readonly status: number
  readonly body: object | Buffer
}

const formBytesMax = 64 * 1024

/** Listens on 127.0.0.1; port 0 takes a free one. */
export async function startRest(cloud: TwilioCloud, port = 0): Promise<RestStandIn> {
  const server = createServer((request, response) => {
    answer(cloud, request)
      .catch(() => problem(500, 20500, "An internal server error has occurred"))
      .then((answered) => send(response, answered))
      .catch(() => response.destroy())
  })
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject)
    server.listen(port, "127.0.0.1", resolve)
  })
  const url = `http://127.0.0.1:${portOf(server.address())}`
  cloud.restUrl = url
  return {
    url,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections()
        server.close(() => resolve())
      }),
  }
}

export function portOf(address: AddressInfo | string | null): number {
  return typeof address === "object" && address ? address.port : 0
}

function send(response: ServerResponse, { status, body }: Answer): void {
  const isSound = Buffer.isBuffer(body)
  response.writeHead(status, { "content-type": isSound ? "audio/wav" : "application/json" })
  response.end(isSound ? body : JSON.stringify(body))
}

/** An error in the form Twilio gives it. */
function problem(status: number, code: number, message: string): Answer {
  const moreInfo = `https://www.twilio.com/docs/errors/${code}`
  return { status, body: { code, message, more_info: moreInfo, status } }
}

const notFound = problem(404, 20404, "The requested resource was not found")

function isAuthentic(cloud: TwilioCloud, header: string | undefined): boolean {
  const expected = Buffer.from(
    `Basic ${Buffer.from(`${cloud.accountSid}:${cloud.authToken}`).toString("base64")}`,
  )
  const given = Buffer.from(header ?? "")
  return given.length === expected.length && timingSafeEqual(given, expected)
}

async function answer(cloud: TwilioCloud, request: IncomingMessage): Promise<Answer> {
  if (!isAuthentic(cloud, request.headers.authorization)) return problem(401, 20003, "Authenticate")
  const path = new URL(request.url ?? "/", "http://localhost").pathname
  const prefix = `/${apiVersion}/Accounts/${cloud.accountSid}/`
  if (!path.startsWith(prefix)) return notFound
  const [kind = "", sid] = path
    .slice(prefix.length)
    .replace(/\.json$|\.wav$/, "")
    .split("/")
  const form = request.method === "POST" ? await readForm(request) : undefined
  if (kind === "Calls" && sid) return aboutCall(cloud, sid, form)
  if (kind === "Calls" && form) return createCall(cloud, form)
  if (kind === "Messages" && sid) {
    const message = cloud.messages.all.find((kept) => kept.sid === sid)
    return message ? { status: 200, body: describeMessage(cloud, message) } : notFound
  }
  if (kind === "Messages" && form) return sendMessage(cloud, form)
  const recording = kind === "Recordings" && sid ? cloud.recordings.get(sid) : undefined
  return recording ? { status: 200, body: recording } : notFound
}

async function readForm(request: IncomingMessage): Promise<URLSearchParams> {
  const chunks: Buffer[] = []
  let bytes = 0
  for await (const chunk of request) {
    if (!Buffer.isBuffer(chunk)) throw new Error("a request that is not bytes")
    bytes += chunk.length
    if (bytes > formBytesMax) throw new Error("a request longer than 64 KiB")
    chunks.push(chunk)
  }
  return new URLSearchParams(Buffer.concat(chunks).toString("utf8"))
}

function createCall(cloud: TwilioCloud, form: URLSearchParams): Answer {
  const [to, from] = [form.get("To"), form.get("From")]
  const [twiml, url] = [form.get("Twiml"), form.get("Url")]
  if (!to) return problem(400, 21201, "No 'To' number is specified")
  if (!from) return problem(400, 21213, "'From' phone number is required to make a call")
  if (twiml === null && url === null) return problem(400, 21205, "Url parameter is required.")
  const statusCallback = form.get("StatusCallback")
  try {
    const method = form.get("Method") ?? "POST"
    const call = cloud.ringOut({
      ...{ to, from },
      document: twiml === null ? { url: url ?? "", method } : { twiml },
      ...(statusCallback === null ? {} : { statusCallback }),
    })
    return { status: 201, body: { ...describeCall(cloud, call), status: "queued" } }
  } catch (trouble) {
    if (trouble instanceof TwimlError) return problem(400, 21232, "Invalid Twiml")
    throw trouble
  }
}

function aboutCall(cloud: TwilioCloud, sid: string, form: URLSearchParams | undefined): Answer {
  const call = cloud.calls.get(sid)
  if (!call) return notFound
  if (form) {
    const refusal = updateCall(cloud, call, form)
    if (refusal) return refusal
  }
  return { status: 200, body: describeCall(cloud, call) }
}

function updateCall(cloud: TwilioCloud, call: Call, form: URLSearchParams): Answer | undefined {
  if (call.leg.isOver) return problem(400, 21220, "Call is not in-progress. Cannot redirect.")
  const status = form.get("Status")
  const twiml = form.get("Twiml")
  const url = form.get("Url")
  if (status === "completed" || status === "canceled") {
    call.leg.end("completed", "agent")
    return undefined
  }
  if (twiml !== null && url !== null)
    return problem(400, 21218, "Invalid ApplicationSid: Url and Twiml are exclusive")
  try {
    if (twiml !== null) cloud.updateCall(call.sid, { twiml })
    else if (url !== null) cloud.updateCall(call.sid, { url, method: form.get("Method") ?? "POST" })
  } catch (trouble) {
    if (trouble instanceof TwimlError) return problem(400, 21232, "Invalid Twiml")
    throw trouble
  }
  return undefined
}

function describeCall(cloud: TwilioCloud, { sid, leg }: Call): object {
  const { from, to, direction } = leg.options
  const at = (timeMs: number | undefined): string | null =>
    timeMs === undefined ? null : new Date(timeMs).toUTCString()
  return {
    sid,
    account_sid: cloud.accountSid,
    api_version: apiVersion,
    from,
    to,
    direction,
    status: leg.status,
    date_created: at(leg.startedMs),
    date_updated: at(cloud.clock.nowMs()),
    start_time: at(leg.answeredMs),
    end_time: at(leg.endedMs),
    duration: leg.isOver ? String(leg.durationSeconds) : null,
    parent_call_sid: null,
    uri: `/${apiVersion}/Accounts/${cloud.accountSid}/Calls/${sid}.json`,
    subresource_uris: {},
  }
}

function sendMessage(cloud: TwilioCloud, form: URLSearchParams): Answer {
  const to = form.get("To")
  const from = form.get("From") ?? form.get("MessagingServiceSid")
  const body = form.get("Body")
  if (!to) return problem(400, 21604, "A 'To' phone number is required.")
  if (!from) return problem(400, 21603, "A 'From' phone number is required.")
  if (!body) return problem(400, 21602, "Message body is required.")
  const statusCallback = form.get("StatusCallback")
  const message = cloud.messages.send({
    ...{ to, from, body },
    ...(statusCallback === null ? {} : { statusCallback }),
  })
  if (!message) return problem(400, 21610, "Attempt to send to unsubscribed recipient")
  return { status: 201, body: { ...describeMessage(cloud, message), status: "queued" } }
}

function describeMessage(cloud: TwilioCloud, message: Message): object {
  const { sid, from, to, body, direction, status, atMs } = message
  const at = new Date(atMs).toUTCString()
  return {
    ...{ sid, from, to, body, direction, status },
    account_sid: cloud.accountSid,
    api_version: apiVersion,
    num_segments: "1",
    num_media: "0",
    date_created: at,
    date_updated: at,
    date_sent: at,
    error_code: null,
    error_message: null,
    price: null,
    price_unit: "USD",
    messaging_service_sid: null,
    uri: `/${apiVersion}/Accounts/${cloud.accountSid}/Messages/${sid}.json`,
    subresource_uris: {},
  }
}
