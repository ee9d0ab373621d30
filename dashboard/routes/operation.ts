/** What machines ask: health, metrics, the interface. Nothing about a patient. */
import type { FastifyInstance } from "fastify"
import type { Catalogue } from "../catalogue.ts"
import { claimOf } from "../claim.ts"
import type { LiveFeed } from "../live-feed.ts"
import { prometheusText } from "../metrics.ts"
import type { Here } from "../needs.ts"
import { openApiOf } from "../openapi.ts"
import type { PmsWatch } from "../pms-watch.ts"
import { sendReply, sendTrouble } from "../replies.ts"

export interface OperationRoutes {
  readonly here: Here
  readonly catalogue: Catalogue
  readonly feed: LiveFeed
  readonly pmsWatch: PmsWatch
}

export function operationRoutes(app: FastifyInstance, routes: OperationRoutes): void {
  const { here, catalogue, feed, pmsWatch } = routes
  const { config, ports } = here

  app.get("/health", async () => {
    const modules = await ports.catalogue.health()
    const isWell = modules.every(({ state }) => state === "running")
    return {
      state: isWell && pmsWatch.state !== "silent" ? "ok" : "degraded",
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

function isThisMachine(address: string): boolean {
  return ["127.0.0.1", "::1", "::ffff:127.0.0.1"].includes(address)
}
