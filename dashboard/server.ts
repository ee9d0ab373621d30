/**
 * The server behind the staff's port. It never listens: the host accepts connections and hands them
 * over. It holds no business rule and logs no address, body or name.
 */
import Fastify, { type FastifyError, type FastifyInstance } from "fastify"
import { sleep } from "#core/clock.ts"
import { Outage } from "#core/fault.ts"
import { catalogueOf } from "./catalogue.ts"
import { LiveFeed } from "./live-feed.ts"
import type { Here } from "./needs.ts"
import { PmsWatch } from "./pms-watch.ts"
import { sendReply, sendTrouble, type troubles } from "./replies.ts"
import { commandRoutes } from "./routes/commands.ts"
import { liveRoutes } from "./routes/live.ts"
import { operationRoutes } from "./routes/operation.ts"
import { pageRoutes } from "./routes/pages.ts"
import { signInRoutes } from "./routes/sign-in.ts"
import { refuseOtherSites, securityHeaders } from "./security.ts"

const BODY_BYTES_MAX = 256 * 1024
const REQUEST_MS_MAX = 15_000
const HEADERS_MS_MAX = 10_000
const IDLE_MS_MAX = 60_000
/** How long a server that stops waits for connections to send what they were about to. */
const FAREWELL_MS = 500

export interface StaffServer {
  readonly http: FastifyInstance["server"]
  readonly feed: LiveFeed
  readonly pmsWatch: PmsWatch
  close(): Promise<void>
}

export async function openServer(here: Here): Promise<StaffServer> {
  const app = Fastify({
    bodyLimit: BODY_BYTES_MAX,
    requestTimeout: REQUEST_MS_MAX,
    keepAliveTimeout: IDLE_MS_MAX,
    http: { headersTimeout: HEADERS_MS_MAX },
    logger: false,
    exposeHeadRoutes: false,
    forceCloseConnections: "idle",
    // While another version takes over, this one finishes what it was asked.
    return503OnClosing: false,
  })
  const feed = new LiveFeed(here.newId())
  const pmsWatch = new PmsWatch()
  const stopping = new AbortController()
  const catalogue = catalogueOf(here)

  // Only JSON: no form of another site can send that unasked.
  app.removeContentTypeParser("text/plain")
  securityHeaders(app)
  refuseOtherSites(app)
  answerTrouble(app, here)
  sayFarewell(app, stopping.signal)
  signInRoutes(app, here)
  commandRoutes(app, { here, catalogue })
  operationRoutes(app, { here, catalogue, feed, pmsWatch })
  liveRoutes(app, { here, feed, stopping: stopping.signal })
  await pageRoutes(app, here)
  await app.ready()
  const connections = countConnections(app)
  // Node begins to watch for requests that never end when a server listens; this one never does.
  app.server.emit("listening")
  return {
    http: app.server,
    feed,
    pmsWatch,
    async close() {
      stopping.abort()
      if (connections() > 0) await sleep(here.clock, FAREWELL_MS)
      await app.close()
    },
  }
}

/** A connection that is kept open is told with its next answer to come again: to who follows. */
function sayFarewell(app: FastifyInstance, stopping: AbortSignal): void {
  app.addHook("onRequest", async (_, reply) => {
    if (stopping.aborted) reply.header("connection", "close")
  })
}

function countConnections({ server }: FastifyInstance): () => number {
  let count = 0
  server.on("connection", (socket) => {
    count++
    socket.once("close", () => count--)
  })
  return () => count
}

/** Outages are told; a mistake of ours is logged by name only: its message may hold a patient. */
function answerTrouble(app: FastifyInstance, { log }: Here): void {
  app.setErrorHandler((error: FastifyError | Outage, _, reply) => {
    if (error instanceof Outage) {
      const { code, retryable, hint } = error
      return sendReply(reply, { kind: "outage", code, retryable, hint })
    }
    const known = troubleOf(error)
    if (known) return sendTrouble(reply, error.statusCode ?? 400, known)
    log.error("a request ended in a mistake of ours", { name: error.name })
    return sendTrouble(reply, 500, "broken")
  })
}

function troubleOf({ code, statusCode = 500 }: FastifyError): keyof typeof troubles | undefined {
  if (statusCode >= 500) return undefined
  if (code === "FST_ERR_CTP_BODY_TOO_LARGE") return "too_large"
  return code?.startsWith("FST_ERR_CTP") || statusCode === 400 ? "not_json" : "bad_request"
}
