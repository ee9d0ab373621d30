/**
 * Signing in, locking and unlocking the screen, proving it is still oneself, and taking rights in
 * an emergency. A session is a bearer token that the host can look up, for a limited time.
 */
import { type Static, Type as t } from "typebox"
import { Lack, Role } from "#core/actor.ts"
import { defineContract } from "#core/contract.ts"
import { Assertion } from "../mfa/contract.ts"

const User = t.String({ minLength: 1, maxLength: 64 })
const Password = t.String({ minLength: 1, maxLength: 200 })
const Code = t.String({ minLength: 1, maxLength: 20 })
const Token = t.String({ maxLength: 200 })
/** What somebody signs in from, as the door could tell: "Firefox on Windows". */
const Device = t.String({ maxLength: 80 })

/** One thing that shows who somebody is. The PIN unlocks a screen and proves nothing else. */
export const Factor = t.Union([
  t.Object({ password: Password }),
  t.Object({ code: Code }),
  t.Object({ passkey: Assertion }),
  t.Object({ pin: t.String({ minLength: 1, maxLength: 20 }) }),
])
export type Factor = Static<typeof Factor>

const Opened = t.Object({
  token: t.String(),
  user: t.String(),
  role: Role,
  expiresAtMs: t.Integer(),
})

/** One's own session, as the pages show it. */
export const OwnView = t.Object({
  user: t.String(),
  role: Role,
  session: t.String(),
  endsAtMs: t.Integer(),
  lacks: t.Array(Lack),
  mustChangePassword: t.Boolean(),
  hasPin: t.Boolean(),
  /** Until when one may go without a second factor, where the site asks for one. */
  enrolByMs: t.Optional(t.Integer()),
  /** Rights taken for a while. */
  glass: t.Optional(t.Object({ id: t.String(), role: Role, untilMs: t.Integer() })),
})
export type OwnView = Static<typeof OwnView>

export const Rights = t.Object({
  glass: t.String(),
  user: t.String(),
  own: Role,
  role: Role,
  reason: t.String(),
  fromMs: t.Integer(),
  untilMs: t.Integer(),
  endedAtMs: t.Optional(t.Integer()),
  reviewedBy: t.Optional(t.String()),
  reviewedAtMs: t.Optional(t.Integer()),
})
export type Rights = Static<typeof Rights>

const tooOften = { locked: "Too many wrong tries. Wait, and try again." }
const wrong = { wrong: "That is not right." }
const ended = { ended: "This session is over. Sign in." }

export const sessions = defineContract({
  name: "sessions",
  version: "0.2.0",
  commands: {
    login: {
      does: "Sign in with user name and password, and a code where one is asked for.",
      effect: "write",
      action: "sign_in",
      input: t.Object({
        user: User,
        password: Password,
        code: t.Optional(Code),
        device: t.Optional(Device),
      }),
      output: Opened,
      faults: {
        wrong: "User name or password is wrong.",
        ...tooOften,
        second_factor: "The password is right. Now the code, or the passkey.",
        wrong_code: "That code is wrong, or was used.",
      },
      phi: ["password", "code"],
    },
    loginWithPasskey: {
      does: "Sign in with a passkey alone.",
      effect: "write",
      action: "sign_in",
      input: t.Object({ passkey: Assertion, device: t.Optional(Device) }),
      output: Opened,
      faults: { wrong: "That passkey is not known here, or its answer is not right." },
      phi: ["passkey"],
    },
    logout: {
      does: "Sign out.",
      effect: "write",
      action: "sign_in",
      input: t.Object({ token: Token }),
      output: t.Object({}),
      faults: {},
      phi: ["token"],
    },
    look: {
      does: "Tell how a session stands, after looking again at what its person may do.",
      effect: "write",
      action: "internal",
      input: t.Object({ token: Token }),
      output: t.Object({
        state: t.Union([t.Literal("open"), t.Literal("locked"), t.Literal("gone")]),
        view: t.Optional(OwnView),
      }),
      faults: {},
      phi: ["token"],
    },
    keep: {
      does: "Note that somebody is at work, so that the screen does not lock.",
      effect: "write",
      action: "internal",
      input: t.Object({ token: Token }),
      output: t.Object({}),
      faults: {},
      phi: ["token"],
    },
    unlock: {
      does: "Unlock a screen.",
      effect: "write",
      action: "sign_in",
      input: t.Object({ token: Token, factor: Factor }),
      output: t.Object({}),
      faults: { ...wrong, ...tooOften, ...ended },
      phi: ["token", "factor"],
    },
    lock: {
      does: "Lock one's own screen. What is on it stays.",
      effect: "write",
      action: "own_account",
      input: t.Object({}),
      output: t.Object({}),
      faults: ended,
    },
    prove: {
      does: "Prove that it is still oneself, for decisions that ask for it.",
      effect: "write",
      action: "own_account",
      input: t.Object({ factor: Factor }),
      output: t.Object({ provedUntilMs: t.Integer() }),
      faults: {
        ...wrong,
        ...tooOften,
        ...ended,
        too_weak: "A PIN unlocks the screen only. Use the password, a code or a passkey.",
      },
      phi: ["factor"],
    },
    own: {
      does: "List one's own sessions.",
      effect: "read",
      action: "own_account",
      input: t.Object({}),
      output: t.Object({
        sessions: t.Array(
          t.Object({
            session: t.String(),
            startedAtMs: t.Integer(),
            activeAtMs: t.Integer(),
            isThis: t.Boolean(),
            isLocked: t.Boolean(),
            device: t.Optional(t.String()),
          }),
        ),
      }),
      faults: {},
    },
    end: {
      does: "End one of one's own sessions.",
      effect: "write",
      action: "own_account",
      input: t.Object({ session: t.String({ maxLength: 64 }) }),
      output: t.Object({}),
      faults: { unknown_session: "None of your sessions is that one." },
    },
    takeRights: {
      does: "Take the rights of another role for a while, with a reason. Managers are told.",
      effect: "write",
      action: "break_glass",
      input: t.Object({
        role: Role,
        reason: t.String({ minLength: 10, maxLength: 500 }),
        minutes: t.Integer({ minimum: 5, maximum: 60 }),
      }),
      output: Rights,
      faults: {
        prove_again: "Prove once more that it is you, then do this.",
        own_role: "That is your own role.",
        already_taken: "You have taken rights already. Give them back first.",
        unlicensed: "A pharmacist's rights need a licence on file, in an emergency too.",
      },
      phi: ["reason"],
    },
    giveBackRights: {
      does: "Give back the rights that one took, before their time is over.",
      effect: "write",
      action: "own_account",
      input: t.Object({}),
      output: t.Object({}),
      faults: { none_taken: "You have taken no rights." },
    },
    listRights: {
      does: "List who took rights in an emergency, when and why.",
      effect: "read",
      action: "staff_admin",
      input: t.Object({}),
      output: t.Object({ rights: t.Array(Rights) }),
      faults: {},
    },
    reviewRights: {
      does: "Note that a manager has looked at why somebody took rights.",
      effect: "write",
      action: "staff_admin",
      input: t.Object({ glass: t.String({ maxLength: 64 }) }),
      output: Rights,
      faults: {
        unknown_rights: "Nobody took rights under that name.",
        own_rights: "Somebody else has to look at what you took.",
      },
    },
  },
  events: {
    /** Taken, given back, run out or looked at. */
    rightsChanged: t.Object({ glass: t.String(), isNew: t.Boolean() }),
  },
})
