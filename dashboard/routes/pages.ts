/** The web app's files, and its one page for every address that is not a file. */
import { randomBytes } from "node:crypto"
import { existsSync, readFileSync } from "node:fs"
import { fileURLToPath } from "node:url"
import fastifyStatic from "@fastify/static"
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify"
import { claimOf } from "../claim.ts"
import type { Here } from "../needs.ts"
import { sendTrouble } from "../replies.ts"
import { pagePolicy } from "../security.ts"

const root = fileURLToPath(new URL("../web/dist", import.meta.url))
/** Stands in the built page where each answer's own nonce belongs. */
const NONCE = "%NONCE%"
const NONCE_BYTES = 18
const unbuilt =
  "<!doctype html><title>Mortar</title><p>Run <code>npm start</code> to build this.</p>"

export async function pageRoutes(app: FastifyInstance, { as, config }: Here): Promise<void> {
  const { name, phones, phoneUrl, timeZone } = config
  const index = `${root}/index.html`
  const page = existsSync(index) ? readFileSync(index, "utf8") : unbuilt
  const showPage = (reply: FastifyReply) => {
    const nonce = randomBytes(NONCE_BYTES).toString("base64")
    const policy = pagePolicy({ nonce, ...(phoneUrl === undefined ? {} : { phoneUrl }) })
    reply.header("content-security-policy", policy).type("text/html; charset=utf-8")
    return reply.send(page.replaceAll(NONCE, nonce))
  }

  app.get("/site", async () => ({ name, ...(timeZone === undefined ? {} : { timeZone }) }))

  app.get("/demo", async (request, reply) => {
    const claim = claimOf(request)
    const actor = claim && (await as({ token: claim.token }).actor())
    if (!actor) return sendTrouble(reply, 401, "signed_out")
    if (!phoneUrl || !phones) return sendTrouble(reply, 404, "unknown_page")
    return { phoneUrl, dials: phones.pharmacy }
  })

  app.get("/", (_, reply) => showPage(reply))
  if (existsSync(root)) await app.register(fastifyStatic, { root, index: false, ...forAYear })

  app.setNotFoundHandler((request, reply) =>
    isPage(request) ? showPage(reply) : sendTrouble(reply, 404, "unknown_page"),
  )
}

/** Names of built files hold a hash of what is in them. */
const forAYear = {
  maxAge: "365d",
  immutable: true,
  wildcard: true,
  cacheControl: true,
} as const

function isPage({ method, url, headers }: FastifyRequest): boolean {
  const isApp = !/^\/(v1|assets)\//.test(url)
  return method === "GET" && isApp && (headers.accept ?? "").includes("text/html")
}
