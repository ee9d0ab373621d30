/** Secrets by reference. The configuration says where a secret is kept and never what it is. */
import { readFileSync, statSync } from "node:fs"
import { Type as t } from "typebox"
import { Check } from "typebox/value"
import { Outage, OutageAt } from "./fault.ts"
import { readKeychain } from "./keychain.ts"
import type { SecretsPort } from "./ports.ts"

export const SecretReference = t.String({ pattern: "^(keychain:[\\w.-]+|env:\\w+|file:.+)$" })

export type Environment = Readonly<Record<string, string | undefined>>

export class Secrets implements SecretsPort {
  readonly #environment: Environment

  constructor(environment: Environment) {
    this.#environment = environment
  }

  async read(reference: string): Promise<string> {
    if (!Check(SecretReference, reference)) throw new Outage("not_a_reference")
    const place = reference.slice(reference.indexOf(":") + 1)
    const secret = await this.#look(reference, place)
    if (!secret) throw new OutageAt("secret_missing", reference)
    return secret
  }

  async #look(reference: string, place: string): Promise<string | undefined> {
    if (reference.startsWith("env:")) return this.#environment[place]
    if (reference.startsWith("keychain:")) return readKeychain(place)
    return readPrivateFile(place)?.toString("utf8").trimEnd()
  }
}

/** A file only its owner may touch, or undefined when there is none. */
export function readPrivateFile(path: string): Buffer | undefined {
  const stat = statSync(path, { throwIfNoEntry: false })
  if (!stat) return undefined
  if ((stat.mode & 0o077) !== 0) throw new OutageAt("open_to_others", path)
  return readFileSync(path)
}
