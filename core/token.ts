/** A bearer token by the name it is kept under: whoever reads the disk finds none to use. */
import { createHash } from "node:crypto"

export function tokenHash(token: string): string {
  return createHash("sha256").update(token).digest("base64url")
}
