/**
 * Passkeys by WebAuthn. The authenticator has to have looked at its owner (user verification), so a
 * passkey is possession and person in one. It answers to this site's name and to no other.
 */
import { createHash } from "node:crypto"
import {
  type AuthenticationResponseJSON,
  verifyAuthenticationResponse,
  verifyRegistrationResponse,
} from "@simplewebauthn/server"
import { type Static, Type as t } from "typebox"
import { JsonError, parseJson } from "#core/json.ts"
import type { Ceremonies } from "./ceremonies.ts"
import type { Assertion, Attestation } from "./contract.ts"

export const StoredPasskey = t.Object({
  user: t.String(),
  name: t.String(),
  publicKey: t.String(),
  counter: t.Integer(),
  addedAtMs: t.Integer(),
  usedAtMs: t.Optional(t.Integer()),
})
export type StoredPasskey = Static<typeof StoredPasskey>

const ClientData = t.Object({ challenge: t.String(), origin: t.String() })

export interface Party {
  readonly rpId: string
  readonly ceremonies: Ceremonies
}

/** The key and counter of a passkey that was just made; undefined when something is not right. */
export async function checkedNew(
  { response, ...rest }: Attestation,
  party: Party,
): Promise<Pick<StoredPasskey, "publicKey" | "counter"> | undefined> {
  const expected = expectedOf(response.clientDataJSON, party)
  if (!expected) return undefined
  const { clientDataJSON, attestationObject } = response
  const found = await verifyRegistrationResponse({
    ...expected,
    response: {
      ...rest,
      clientExtensionResults: {},
      response: { clientDataJSON, attestationObject },
    },
  }).catch(() => undefined)
  if (!found?.verified) return undefined
  const { publicKey, counter } = found.registrationInfo.credential
  return { publicKey: Buffer.from(publicKey).toString("base64url"), counter }
}

/** The counter after what a known passkey signed; undefined when something is not right. */
export async function checkedSigned(
  { response, ...rest }: Assertion,
  passkey: StoredPasskey,
  party: Party,
): Promise<number | undefined> {
  const expected = expectedOf(response.clientDataJSON, party)
  if (!expected) return undefined
  const { userHandle, ...signed } = response
  const answer: AuthenticationResponseJSON = {
    ...rest,
    clientExtensionResults: {},
    response: { ...signed, ...(userHandle === undefined ? {} : { userHandle }) },
  }
  const publicKey = Uint8Array.from(Buffer.from(passkey.publicKey, "base64url"))
  const credential = { id: rest.id, publicKey, counter: passkey.counter }
  const found = await verifyAuthenticationResponse({
    ...expected,
    response: answer,
    credential,
  }).catch(() => undefined)
  return found?.verified ? found.authenticationInfo.newCounter : undefined
}

/** Names a person to an authenticator without saying who it is. */
export function handleOf(user: string): string {
  return createHash("sha256").update(`mortar-user|${user}`).digest("base64url")
}

/** What must have been signed: a challenge of ours that is still good, on a page of this site. */
function expectedOf(clientDataJSON: string, { rpId, ceremonies }: Party) {
  const { challenge, origin } = clientDataOf(clientDataJSON)
  if (!ceremonies.close(challenge) || !isOurs(origin, rpId)) return undefined
  return {
    expectedChallenge: challenge,
    expectedOrigin: origin,
    expectedRPID: rpId,
    requireUserVerification: true,
  }
}

function clientDataOf(encoded: string): Static<typeof ClientData> {
  try {
    return parseJson(Buffer.from(encoded, "base64url").toString(), ClientData)
  } catch (trouble) {
    if (trouble instanceof JsonError) return { challenge: "", origin: "" }
    throw trouble
  }
}

/** The site itself, at any port; without TLS only on this very machine. */
function isOurs(origin: string, rpId: string): boolean {
  if (!URL.canParse(origin)) return false
  const { protocol, hostname } = new URL(origin)
  return hostname === rpId && (protocol === "https:" || hostname === "localhost")
}
