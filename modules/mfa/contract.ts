/** Second factors: one-time codes, passkeys, and codes for the day both are lost. */
import { type Static, Type as t } from "typebox"
import { defineContract } from "#core/contract.ts"

const User = t.String({ minLength: 1, maxLength: 64 })
const Base64Url = t.String({ maxLength: 20_000, pattern: "^[A-Za-z0-9_-]*$" })
const CredentialId = t.String({ minLength: 1, maxLength: 1_400, pattern: "^[A-Za-z0-9_-]+$" })

/** What a browser's authenticator answered to a challenge, as the browser sends it. */
export const Assertion = t.Object({
  id: CredentialId,
  rawId: CredentialId,
  type: t.Literal("public-key"),
  response: t.Object({
    clientDataJSON: Base64Url,
    authenticatorData: Base64Url,
    signature: Base64Url,
    userHandle: t.Optional(Base64Url),
  }),
})
export type Assertion = Static<typeof Assertion>

/** A passkey that was just made, as the browser sends it. */
export const Attestation = t.Object({
  id: CredentialId,
  rawId: CredentialId,
  type: t.Literal("public-key"),
  response: t.Object({
    clientDataJSON: Base64Url,
    attestationObject: Base64Url,
    transports: t.Optional(t.Array(t.String({ maxLength: 20 }), { maxItems: 10 })),
  }),
})
export type Attestation = Static<typeof Attestation>

const Code = t.String({ minLength: 1, maxLength: 20 })
const RecoveryCodes = t.Array(t.String())

const Passkey = t.Object({
  passkey: CredentialId,
  name: t.String(),
  addedAtMs: t.Integer(),
  usedAtMs: t.Optional(t.Integer()),
})

const Factors = t.Object({
  hasTotp: t.Boolean(),
  passkeys: t.Array(Passkey),
  recoveryCodesLeft: t.Integer(),
  isRequired: t.Boolean(),
  /** Until when one may go without, where the site asks for a second factor. */
  enrolByMs: t.Optional(t.Integer()),
})
export type Factors = Static<typeof Factors>

/** Given once, with the first factor. */
const Enrolled = t.Object({ recoveryCodes: t.Optional(RecoveryCodes) })

const proveAgain = { prove_again: "Prove once more that it is you, then do this." }
const needed = { last_factor: "The site asks for a second factor, and this is the last one." }

export const mfa = defineContract({
  name: "mfa",
  version: "0.1.0",
  commands: {
    status: {
      does: "Tell whether somebody has a second factor and whether one is overdue.",
      effect: "write",
      action: "internal",
      input: t.Object({ user: User }),
      output: t.Object({
        hasFactor: t.Boolean(),
        isOverdue: t.Boolean(),
        enrolByMs: t.Optional(t.Integer()),
      }),
      faults: {},
    },
    verifyCode: {
      does: "Compare a one-time code or a recovery code. A right one is used up.",
      effect: "write",
      action: "internal",
      input: t.Object({ user: User, code: Code }),
      output: t.Object({ by: t.Union([t.Literal("totp"), t.Literal("recovery")]) }),
      faults: { wrong: "That code is wrong, or was used." },
      phi: ["code"],
    },
    verifyPasskey: {
      does: "Check what a passkey signed, and tell whose it is.",
      effect: "write",
      action: "internal",
      input: t.Object({ passkey: Assertion }),
      output: t.Object({ user: User }),
      faults: { wrong: "That passkey is not known here, or its answer is not right." },
      phi: ["passkey"],
    },
    challenge: {
      does: "Give something for a passkey to sign, good once and for two minutes.",
      effect: "write",
      action: "sign_in",
      input: t.Object({}),
      output: t.Object({
        challenge: t.String(),
        rpId: t.String(),
        timeoutMs: t.Integer(),
      }),
      faults: {},
    },
    own: {
      does: "Show one's own second factors.",
      effect: "read",
      action: "own_account",
      input: t.Object({}),
      output: Factors,
      faults: {},
    },
    startTotp: {
      does: "Make a secret for one-time codes. It counts once a code made with it was sent.",
      effect: "write",
      action: "own_account",
      input: t.Object({}),
      output: t.Object({ secret: t.String(), uri: t.String() }),
      faults: proveAgain,
    },
    addTotp: {
      does: "Begin to ask for one-time codes, now that the first one was right.",
      effect: "write",
      action: "own_account",
      input: t.Object({ code: Code }),
      output: Enrolled,
      faults: {
        ...proveAgain,
        wrong_code: "That is not the code of this moment. Look at the clock of the telephone.",
        not_started: "There is no new secret. Begin again.",
      },
      phi: ["code"],
    },
    removeTotp: {
      does: "Ask for one-time codes no longer.",
      effect: "write",
      action: "own_account",
      input: t.Object({}),
      output: t.Object({}),
      faults: { ...proveAgain, ...needed },
    },
    startPasskey: {
      does: "Begin to make a passkey.",
      effect: "write",
      action: "own_account",
      input: t.Object({}),
      output: t.Object({
        challenge: t.String(),
        rpId: t.String(),
        rpName: t.String(),
        userHandle: t.String(),
        user: t.String(),
        known: t.Array(t.String()),
        timeoutMs: t.Integer(),
      }),
      faults: proveAgain,
    },
    addPasskey: {
      does: "Keep a passkey that was just made.",
      effect: "write",
      action: "own_account",
      input: t.Object({
        name: t.String({ minLength: 1, maxLength: 60 }),
        passkey: Attestation,
      }),
      output: Enrolled,
      faults: {
        ...proveAgain,
        not_accepted: "This passkey could not be checked. Begin again.",
        too_many: "Ten passkeys are the most. Remove one first.",
      },
      phi: ["passkey"],
    },
    removePasskey: {
      does: "Forget a passkey.",
      effect: "write",
      action: "own_account",
      input: t.Object({ passkey: CredentialId }),
      output: t.Object({}),
      faults: { ...proveAgain, ...needed, unknown_passkey: "None of your passkeys is that one." },
    },
    renewRecoveryCodes: {
      does: "Make ten new recovery codes. The old ones are good no more.",
      effect: "write",
      action: "own_account",
      input: t.Object({}),
      output: t.Object({ recoveryCodes: RecoveryCodes }),
      faults: { ...proveAgain, no_factor: "Recovery codes stand in for a second factor. Add one." },
    },
    reset: {
      does: "Forget all second factors of somebody who lost them.",
      effect: "write",
      action: "staff_admin",
      input: t.Object({ user: User }),
      output: t.Object({}),
      faults: proveAgain,
    },
  },
  events: {
    changed: t.Object({ user: User }),
  },
})
