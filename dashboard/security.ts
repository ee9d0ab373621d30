/** What every answer says to the browser about what the page may do: as little as it needs. */
import type { FastifyInstance } from "fastify"
import { sendTrouble } from "./replies.ts"

const always = {
  "x-content-type-options": "nosniff",
  "x-frame-options": "DENY",
  "referrer-policy": "no-referrer",
  "cross-origin-opener-policy": "same-origin",
  "cross-origin-resource-policy": "same-origin",
  "permissions-policy": [
    ...["microphone=(self)", "publickey-credentials-get=(self)"],
    ...["publickey-credentials-create=(self)", "camera=()", "geolocation=()", "payment=()"],
    "usb=()",
  ].join(", "),
  "cache-control": "no-store",
} as const

export function securityHeaders(app: FastifyInstance): void {
  app.addHook("onRequest", async (_, reply) => {
    reply.headers({ ...always, "content-security-policy": "default-src 'none'" })
  })
}

/**
 * What another site made the browser send is turned away, also at the door itself: a browser says
 * where a request comes from, and no page can make it say otherwise. Programs say nothing.
 */
export function refuseOtherSites(app: FastifyInstance): void {
  app.addHook("onRequest", async ({ method, headers }, reply) => {
    const from = headers["sec-fetch-site"] ?? "none"
    const isOurs = from === "same-origin" || from === "none"
    if (method !== "GET" && !isOurs) return sendTrouble(reply, 403, "forged")
  })
}

export interface PagePolicy {
  /** Names the styles that this answer brings; made anew for each. */
  readonly nonce: string
  /** Where the demo telephone is, when there is one. */
  readonly phoneUrl?: string
}

export function pagePolicy({ nonce, phoneUrl }: PagePolicy): string {
  const phone = phoneUrl === undefined ? "" : ` ${new URL(phoneUrl).origin}`
  return [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self' data:",
    "font-src 'self'",
    "media-src 'self' blob:",
    `connect-src 'self'${phone}`,
    "worker-src 'self'",
    "manifest-src 'self'",
    "form-action 'self'",
    "frame-ancestors 'none'",
    "base-uri 'none'",
  ].join("; ")
}
