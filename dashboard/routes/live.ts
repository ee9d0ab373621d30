/** `GET /live`: server-sent events for the signed in, with a beat that proves it is alive. */
import type { ServerResponse } from "node:http"
import type { FastifyInstance } from "fastify"
import { claimOf } from "../claim.ts"
import type { LiveFeed, Told } from "../live-feed.ts"
import type { Here } from "../needs.ts"
import { sendTrouble } from "../replies.ts"

const BEAT_MS = 10_000
const RETRY_MS = 1_000
const PAGES_MAX = 200
/** A page that reads so slowly is cut off; it comes back and catches up. */
const UNREAD_BYTES_MAX = 256 * 1024

export interface LiveRoutes {
  readonly here: Here
  readonly feed: LiveFeed
  /** Aborted when the server stops. */
  readonly stopping: AbortSignal
}

export function liveRoutes(app: FastifyInstance, { here, feed, stopping }: LiveRoutes): void {
  app.get("/live", async (request, reply) => {
    const claim = claimOf(request)
    const gate = claim && here.as({ token: claim.token })
    if (!gate || !(await gate.actor())) return sendTrouble(reply, 401, "signed_out")
    if (feed.pages >= PAGES_MAX) return sendTrouble(reply, 503, "bad_request")

    reply.hijack()
    const page = new Page(reply.raw)
    page.open(feed, request.headers["last-event-id"])
    const unfollow = feed.follow((told) => page.tell(told))
    const beat = here.clock.every(BEAT_MS, () => void page.beat(feed.lastId, gate))
    const end = () => page.end()
    stopping.addEventListener("abort", end)
    reply.raw.once("close", () => {
      stopping.removeEventListener("abort", end)
      beat.cancel()
      unfollow()
    })
  })
}

class Page {
  readonly #response: ServerResponse

  constructor(response: ServerResponse) {
    this.#response = response
  }

  /** Begins with what was missed, or with the advice to load everything again. */
  open(feed: LiveFeed, lastSeen: string | string[] | undefined): void {
    this.#response.writeHead(200, {
      "content-type": "text/event-stream; charset=utf-8",
      "cache-control": "no-store",
      "x-content-type-options": "nosniff",
    })
    this.#response.write(`retry: ${RETRY_MS}\n\n`)
    const missed = typeof lastSeen === "string" ? feed.since(lastSeen) : []
    if (missed) for (const told of missed) this.tell(told)
    else this.#write("reload", {}, feed.lastId)
    this.#write("beat", {}, feed.lastId)
  }

  tell({ id, change }: Told): void {
    this.#write("change", change, id)
  }

  /** A session that ended meanwhile ends the page's feed, too. */
  async beat(lastId: string, gate: ReturnType<Here["as"]>): Promise<void> {
    if (await gate.actor()) return this.#write("beat", {}, lastId)
    this.#write("signed-out", {}, lastId)
    this.end()
  }

  end(): void {
    this.#response.end()
  }

  #write(event: string, data: object, id: string): void {
    if (this.#response.writableEnded) return
    if (this.#response.writableLength > UNREAD_BYTES_MAX) this.#response.destroy()
    else this.#response.write(`id: ${id}\nevent: ${event}\ndata: ${JSON.stringify(data)}\n\n`)
  }
}
