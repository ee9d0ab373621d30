/** How each request proves who sends it: a hash over the moment and the shared secret. */
import { createHash } from "node:crypto"

export interface Signer {
  readonly apiKey: string
  readonly sharedSecret: string
}

/** The secret itself never leaves. Good for about five minutes, by the vendor's clock. */
export function signatureOf({ apiKey, sharedSecret }: Signer, nowMs: number) {
  // The vendor counts in microseconds; our clocks in thousands of them.
  const timestamp = `${new Date(nowMs).toISOString().slice(0, -1)}000Z`
  const salted = Buffer.from(timestamp + sharedSecret, "utf16le")
  return {
    "prx-api-key": apiKey,
    "prx-timestamp": timestamp,
    "prx-signature": createHash("sha512").update(salted).digest("base64"),
  }
}
