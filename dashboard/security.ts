/** What every answer says to the browser about what the page may do: as little as it needs. */
import type { FastifyInstance } from "fastify"

const always = {
  "x-content-type-options": "nosniff",
  "x-frame-options": "DENY",
  "referrer-policy": "no-referrer",
  "cross-origin-opener-policy": "same-origin",
  "cross-origin-resource-policy": "same-origin",
  "permissions-policy": "microphone=(self), camera=(), geolocation=(), payment=(), usb=()",
  "cache-control": "no-store",
} as const

export function securityHeaders(app: FastifyInstance): void {
  app.addHook("onRequest", async (_, reply) => {
    reply.headers({ ...always, "content-security-policy": "default-src 'none'" })
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
