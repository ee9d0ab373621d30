/** Makes the certificate that a server in a pharmacy issues to itself, anew at every start. */
import { createHash, generateKeyPairSync, randomBytes, sign } from "node:crypto"

const TAG = { integer: 2, bits: 3, oid: 6, text: 12, sequence: 48, set: 49, time: 23, version: 160 }
const COMMON_NAME = Buffer.from("550403", "hex")
const ECDSA_SHA256 = Buffer.from("2a8648ce3d040302", "hex")

function der(tag: number, ...parts: readonly Uint8Array[]): Buffer {
  const content = Buffer.concat(parts)
  const { length } = content
  const long = length < 256 ? [129, length] : [130, length >> 8, length & 255]
  const size = length < 128 ? [length] : long
  return Buffer.concat([Buffer.from([tag, ...size]), content])
}

export function selfIssued(name: string) {
  const { privateKey, publicKey } = generateKeyPairSync("ec", { namedCurve: "P-256" })
  const algorithm = der(TAG.sequence, der(TAG.oid, ECDSA_SHA256))
  const attribute = [der(TAG.oid, COMMON_NAME), der(TAG.text, Buffer.from(name))]
  const named = der(TAG.sequence, der(TAG.set, der(TAG.sequence, ...attribute)))
  const time = (text: string) => der(TAG.time, Buffer.from(text))
  const toSign = der(
    TAG.sequence,
    der(TAG.version, der(TAG.integer, Buffer.from([2]))),
    der(TAG.integer, Buffer.from([1]), randomBytes(8)),
    algorithm,
    named,
    der(TAG.sequence, time("200101000000Z"), time("491231235959Z")),
    named,
    publicKey.export({ type: "spki", format: "der" }),
  )
  const signature = sign("sha256", toSign, privateKey)
  const whole = der(TAG.sequence, toSign, algorithm, der(TAG.bits, Buffer.from([0]), signature))
  const lines = whole.toString("base64").match(/.{1,64}/g) ?? []
  return {
    key: privateKey.export({ type: "pkcs8", format: "pem" }).toString(),
    cert: ["-----BEGIN CERTIFICATE-----", ...lines, "-----END CERTIFICATE-----", ""].join("\n"),
    fingerprint: createHash("sha256").update(whole).digest("hex"),
  }
}
