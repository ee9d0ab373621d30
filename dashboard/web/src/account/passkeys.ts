/** Passkeys in the browser: making one, and signing with one. Gives up in one sentence. */
import { startAuthentication, startRegistration } from "@simplewebauthn/browser"
import type { Assertion, Attestation } from "../../../../modules/mfa/contract.ts"
import { command, post, Trouble } from "../api.ts"
import { say } from "../say.ts"

const ES256 = -7
const ED25519 = -8
const RS256 = -257

/** Browsers keep passkeys from pages that came over the network in the clear. */
export function canUsePasskeys(): boolean {
  return isSecureContext && "PublicKeyCredential" in globalThis
}

export async function signWithPasskey(): Promise<Assertion> {
  const { value } = await post("/v1/mfa/challenge", {})
  const { challenge, rpId, timeoutMs: timeout } = value
  const optionsJSON = { challenge, rpId, timeout, userVerification: "required" } as const
  const { id, rawId, response } = await startAuthentication({ optionsJSON }).catch(givenUp)
  const { clientDataJSON, authenticatorData, signature, userHandle } = response
  const signed = { clientDataJSON, authenticatorData, signature }
  const handle = userHandle === undefined ? {} : { userHandle }
  return { id, rawId, type: "public-key", response: { ...signed, ...handle } }
}

export async function makePasskey(): Promise<Attestation> {
  const started = await command("mfa", "startPasskey", {})
  const { challenge, rpId, rpName, user, userHandle, known, timeoutMs } = started
  const optionsJSON = {
    challenge,
    rp: { id: rpId, name: rpName },
    user: { id: userHandle, name: user, displayName: user },
    pubKeyCredParams: [ED25519, ES256, RS256].map((alg) => ({ alg, type: "public-key" as const })),
    timeout: timeoutMs,
    excludeCredentials: known.map((id) => ({ id, type: "public-key" as const })),
    authenticatorSelection: { residentKey: "required", userVerification: "required" },
  } as const
  const made = await startRegistration({
    optionsJSON: {
      ...optionsJSON,
      pubKeyCredParams: [...optionsJSON.pubKeyCredParams],
      excludeCredentials: [...optionsJSON.excludeCredentials],
    },
  }).catch(givenUp)
  const { clientDataJSON, attestationObject } = made.response
  const { id, rawId } = made
  return { id, rawId, type: "public-key", response: { clientDataJSON, attestationObject } }
}

function givenUp(): never {
  throw new Trouble(0, "no_passkey", say("No passkey was used."))
}
