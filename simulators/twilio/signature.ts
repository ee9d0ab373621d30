/** How Twilio signs what it sends, so that the other side can tell it from anyone else. */
import { createHmac, randomBytes } from "node:crypto"

export type Params = Readonly<Record<string, string>>

/** Base64 HMAC-SHA1 of the exact URL followed by each parameter's name and value, by name. */
export function sign(authToken: string, url: string, params: Params = {}): string {
  const text = Object.keys(params)
    .sort()
    .reduce((sum, name) => sum + name + params[name], url)
  return createHmac("sha1", authToken).update(text, "utf8").digest("base64")
}

/** A fresh identifier in Twilio's form: two letters and 32 hexadecimal digits. */
export function newSid(prefix: "CA" | "MZ" | "SM" | "RE" | "CF" | "AC"): string {
  return prefix + randomBytes(16).toString("hex")
}
