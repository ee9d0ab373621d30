/** Photos as strangers send them: looked at byte by byte and never opened. */

export type PhotoType = "image/jpeg" | "image/png"

const beginnings: Readonly<Record<PhotoType, readonly number[]>> = {
  "image/jpeg": [0xff, 0xd8, 0xff],
  "image/png": [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a],
}

/** What the bytes are, whatever the sender calls them; undefined when they are no photo. */
export function photoTypeOf(base64: string): PhotoType | undefined {
  if (!/^[A-Za-z0-9+/]+={0,2}$/.test(base64)) return undefined
  const head = Buffer.from(base64.slice(0, 16), "base64")
  if (beginsWith(head, beginnings["image/jpeg"])) return "image/jpeg"
  return beginsWith(head, beginnings["image/png"]) ? "image/png" : undefined
}

function beginsWith(head: Uint8Array, bytes: readonly number[]): boolean {
  return bytes.every((byte, at) => head[at] === byte)
}
