/**
 * Whether a request was signed by Twilio. Nothing is answered, and no socket opened, before this
 * says yes. Two tokens count while one replaces the other.
 */
import { createHmac, timingSafeEqual } from "node:crypto"
import twilio from "twilio"

export interface Signers {
  /** The public address that Twilio calls, without a trailing slash. */
  readonly publicUrl: string
  /** The auth token, and the other one while they rotate. */
  readonly tokens: readonly string[]
}

/** A webhook: the signature covers the whole address and every form field. */
export function isSignedWebhook(
  signers: Signers,
  path: string,
  form: Readonly<Record<string, string>>,
  signature: string | undefined,
): boolean {
  if (!signature) return false
  const url = signers.publicUrl + path
  return signers.tokens.some((token) => twilio.validateRequest(token, signature, url, form))
}

/** A websocket upgrade: the signature covers the wss:// address and nothing else. */
export function isSignedUpgrade(
  signers: Signers,
  path: string,
  signature: string | undefined,
): boolean {
  if (!signature) return false
  const given = Buffer.from(signature)
  return signers.tokens.some((token) =>
    upgradeUrls(signers.publicUrl, path).some((url) => {
      const expected = Buffer.from(createHmac("sha1", token).update(url).digest("base64"))
      return given.length === expected.length && timingSafeEqual(given, expected)
    }),
  )
}

/** Twilio is not of one mind about default port and trailing slash, and a tunnel hides the TLS. */
function upgradeUrls(publicUrl: string, path: string): readonly string[] {
  const url = new URL(path, publicUrl)
  const bare = url.pathname.replace(/\/$/, "")
  const hosts = url.port ? [url.host] : [url.host, `${url.host}:443`]
  return hosts.flatMap((host) =>
    ["wss", "ws"].flatMap((scheme) => [
      `${scheme}://${host}${bare}${url.search}`,
      `${scheme}://${host}${bare}/${url.search}`,
    ]),
  )
}

/** The websocket address that a stream of ours must be told. */
export function mediaUrl(publicUrl: string): string {
  return `${publicUrl.replace(/^http/, "ws")}/twilio/media`
}
