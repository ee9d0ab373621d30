/**
 * Where the master key comes from: a file, a passphrase, or the Keychain. It is made once, with a
 * new data folder; a folder that has keys in it never gets another one in silence.
 */
import { argon2, randomBytes } from "node:crypto"
import { existsSync, writeFileSync } from "node:fs"
import { join, resolve } from "node:path"
import { promisify } from "node:util"
import { Type as t } from "typebox"
import { Outage } from "./fault.ts"
import { parseJson } from "./json.ts"
import { readKeychain, writeKeychain } from "./keychain.ts"
import { KEY_BYTES } from "./seal.ts"
import { type Environment, readPrivateFile, Secrets } from "./secrets.ts"

/** `file:PATH` seen from the data folder, `passphrase:REFERENCE`, or `keychain:SERVICE`. */
export const KeyReference = t.String({
  pattern: "^(file:.+|keychain:[\\w.-]+|passphrase:(keychain:[\\w.-]+|env:\\w+|file:.+))$",
})

export interface UnlockOptions {
  /** The data folder. Nobody but its owner should be able to read it. */
  readonly folder: string
  readonly environment: Environment
}

/** The file of the key ring in the data folder. */
export const KEY_RING_FILE = "keys.db"

/** Finds the master key, or makes it when the data folder is new. */
export async function unlock(reference: string, options: UnlockOptions): Promise<Uint8Array> {
  const [, source, place] = /^(\w+):(.+)$/s.exec(reference) ?? []
  if (source === "file" && place) return fromFile(resolve(options.folder, place), options)
  if (source === "passphrase" && place) return fromPassphrase(place, options)
  if (source === "keychain" && place) return fromKeychain(place, options)
  throw new Outage("not_a_reference")
}

function fromFile(path: string, { folder }: UnlockOptions): Uint8Array {
  const known = readPrivateFile(path)
  if (known) return checked(known)
  refuseUnlessNew(folder)
  return writePrivateFile(path, randomBytes(KEY_BYTES))
}

async function fromKeychain(service: string, { folder }: UnlockOptions): Promise<Uint8Array> {
  const known = await readKeychain(service)
  if (known !== undefined) return checked(Buffer.from(known, "hex"))
  refuseUnlessNew(folder)
  const key = randomBytes(KEY_BYTES)
  await writeKeychain(service, key.toString("hex"))
  return key
}

const Derivation = t.Object({
  salt: t.String({ minLength: 22 }),
  memoryKiB: t.Integer({ minimum: 8_192 }),
  passes: t.Integer({ minimum: 1 }),
  lanes: t.Integer({ minimum: 1 }),
})

/** The second recommended option of RFC 9106, section 4. Written down beside the keys it made. */
const DERIVATION = { memoryKiB: 65_536, passes: 3, lanes: 4 }
/** What the passphrase is stretched with. No secret, but without it the passphrase is useless. */
export const DERIVATION_FILE = "passphrase.json"
const SALT_BYTES = 16

async function fromPassphrase(
  secret: string,
  { folder, environment }: UnlockOptions,
): Promise<Uint8Array> {
  const passphrase = await new Secrets(environment).read(secret)
  const path = join(folder, DERIVATION_FILE)
  let written = readPrivateFile(path)
  if (!written) {
    refuseUnlessNew(folder)
    const derivation = { salt: randomBytes(SALT_BYTES).toString("base64"), ...DERIVATION }
    written = writePrivateFile(path, Buffer.from(JSON.stringify(derivation)))
  }
  const { salt, memoryKiB, passes, lanes } = parseJson(written.toString(), Derivation)
  return stretch("argon2id", {
    message: passphrase.normalize("NFKC"),
    nonce: Buffer.from(salt, "base64"),
    memory: memoryKiB,
    passes,
    parallelism: lanes,
    tagLength: KEY_BYTES,
  })
}

const stretch = promisify(argon2)

function checked(key: Buffer): Buffer {
  if (key.length !== KEY_BYTES) throw new Outage("key_malformed")
  return key
}

/** Keys that exist were wrapped by a master key that is lost; a new one would only hide that. */
function refuseUnlessNew(folder: string): void {
  if (existsSync(join(folder, KEY_RING_FILE))) throw new Outage("key_missing")
}

/** Never overwrites: a key file in the way is a key file that matters. */
function writePrivateFile(path: string, bytes: Buffer): Buffer {
  writeFileSync(path, bytes, { mode: 0o600, flag: "wx", flush: true })
  return bytes
}
