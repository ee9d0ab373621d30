/** What machines ask: health, metrics, the interface. Nothing about a patient. */
import { statfs } from "node:fs/promises"
import { freemem, totalmem, uptime } from "node:os"
import type { FastifyInstance } from "fastify"
import type { Catalogue } from "../catalogue.ts"
import { claimOf } from "../claim.ts"
import type { LiveFeed } from "../live-feed.ts"
import { prometheusText } from "../metrics.ts"
import type { Here } from "../needs.ts"
import { openApiOf } from "../openapi.ts"
import type { PmsWatch } from "../pms-watch.ts"
import { sendReply, sendTrouble } from "../replies.ts"

const MIB_BYTES = 2 ** 20

export interface OperationRoutes {
  readonly here: Here
  readonly catalogue: Catalogue
  readonly feed: LiveFeed
  readonly pmsWatch: PmsWatch
}

export function operationRoutes(app: FastifyInstance, routes: OperationRoutes): void {
  const { here, catalogue, feed, pmsWatch } = routes
  const { clock, config, ports } = here

  app.get("/health", async () => {
    const modules = await ports.catalogue.health()
    const isWell = modules.every(({ state }) => state === "running")
    return {
      state: isWell && pmsWatch.state !== "silent" ? "ok" : "degraded",
      node: await nodeNow(clock.nowMs()),
      pharmacySystem: { state: pmsWatch.state, sinceMs: pmsWatch.sinceMs },
      modules: modules.map(({ module, version, state, restarts }) => {
        return { module, version, state, restarts }
      }),
    }
  })

  app.get("/openapi.json", async () => {
    return openApiOf((await catalogue()).values(), `${config.name} · Mortar`)
  })

  app.get("/metrics", async (request, reply) => {
    if (!isThisMachine(request.ip)) {
      const claim = claimOf(request)
      if (!claim) return sendTrouble(reply, 401, "signed_out")
      const answer = await here.as({ token: claim.token }).propose("dashboard.modules", {})
      if (answer.kind !== "done") return sendReply(reply, answer)
    }
    reply.type("text/plain; version=0.0.4; charset=utf-8")
    return prometheusText(await ports.catalogue.health(), feed.pages)
  })
}

/** The machine this runs on. Its disk is the one that the program stands on. */
async function nodeNow(nowMs: number) {
  const { bavail, blocks, bsize } = await statfs(import.meta.dirname)
  const mib = (bytes: number): number => Math.round(bytes / MIB_BYTES)
  return {
    nowMs: Math.round(nowMs),
    upSeconds: Math.round(uptime()),
    runtime: process.version,
    memoryFreeMiB: mib(freemem()),
    memoryMiB: mib(totalmem()),
    diskFreeMiB: mib(bavail * bsize),
    diskMiB: mib(blocks * bsize),
  }
}

function isThisMachine(address: string): boolean {
  return ["127.0.0.1", "::1", "::ffff:127.0.0.1"].includes(address)
}
