/** The people who work here: names, roles, licences, and whether a password or a PIN is theirs. */
import { type Static, Type as t } from "typebox"
import { Role } from "#core/actor.ts"
import { defineContract } from "#core/contract.ts"
import { Day } from "#core/pms.ts"

const UserName = t.String({ pattern: "^[a-z][a-z0-9._-]{1,31}$" })
const FullName = t.String({ minLength: 1, maxLength: 120 })
const Password = t.String({ minLength: 1, maxLength: 200 })
const Pin = t.String({ pattern: "^\\d{4,8}$" })

/** A pharmacist's, as the state board gave it. */
export const Licence = t.Object({
  number: t.String({ pattern: "^[A-Za-z0-9.-]{1,20}$" }),
  state: t.String({ pattern: "^[A-Z]{2}$" }),
  /** The last day on which it is good. */
  expiresOn: Day,
})
export type Licence = Static<typeof Licence>

export const Account = t.Object({
  user: UserName,
  fullName: FullName,
  role: Role,
  isDisabled: t.Boolean(),
  licence: t.Optional(Licence),
  /** A manager set the password; the person has to choose another. */
  mustChangePassword: t.Optional(t.Boolean()),
  hasPin: t.Optional(t.Boolean()),
})
export type Account = Static<typeof Account>

const unknownUser = { unknown_user: "No account has that name." }
const weak = {
  weak_password:
    "Take a longer phrase: fifteen characters or more, without the name, not only common words.",
}
const triedTooOften = { locked: "Too many wrong tries. Wait, and try again." }
const lastManager = {
  last_manager: "Nobody else with an open account manages the staff. Make another manager first.",
}
const proveAgain = { prove_again: "Prove once more that it is you, then do this." }

export const staffAccounts = defineContract({
  name: "staff-accounts",
  version: "0.3.0",
  commands: {
    verify: {
      does: "Compare a password with an account's. A wrong one counts.",
      effect: "write",
      action: "internal",
      input: t.Object({
        user: t.String({ maxLength: 64 }),
        password: t.String({ maxLength: 200 }),
      }),
      output: t.Object({ user: UserName, role: Role }),
      faults: { wrong: "User name or password is wrong.", ...triedTooOften },
      phi: ["password"],
    },
    verifyPin: {
      does: "Compare a PIN with an account's. A wrong one counts.",
      effect: "write",
      action: "internal",
      input: t.Object({ user: UserName, pin: t.String({ maxLength: 20 }) }),
      output: t.Object({}),
      faults: { wrong: "The PIN is wrong.", ...triedTooOften },
      phi: ["pin"],
    },
    count: {
      does: "Count a wrong second factor, or forget what was counted once all of it was right.",
      effect: "write",
      action: "internal",
      input: t.Object({ user: UserName, isRight: t.Boolean() }),
      output: t.Object({}),
      faults: {},
    },
    standing: {
      does: "Tell what an account may do now.",
      effect: "read",
      action: "internal",
      input: t.Object({ user: UserName }),
      output: t.Object({
        role: Role,
        isDisabled: t.Boolean(),
        mustChangePassword: t.Boolean(),
        hasPin: t.Boolean(),
        /** When the licence ends; absent without one. */
        licensedUntilMs: t.Optional(t.Integer()),
      }),
      faults: unknownUser,
    },
    list: {
      does: "List accounts.",
      effect: "read",
      action: "staff_admin",
      input: t.Object({}),
      output: t.Object({ accounts: t.Array(Account) }),
      faults: {},
    },
    create: {
      does: "Make an account. Its person chooses another password at the first sign-in.",
      effect: "write",
      action: "staff_admin",
      input: t.Object({
        user: UserName,
        fullName: FullName,
        role: Role,
        password: Password,
        licence: t.Optional(Licence),
      }),
      output: Account,
      faults: { taken: "An account has that name already.", ...weak, ...proveAgain },
      phi: ["password"],
    },
    setRole: {
      does: "Give an account another role.",
      effect: "write",
      action: "staff_admin",
      input: t.Object({ user: UserName, role: Role }),
      output: Account,
      faults: { ...unknownUser, ...proveAgain, ...lastManager },
    },
    setLicence: {
      does: "Put a licence on file, or take it off when left out.",
      effect: "write",
      action: "staff_admin",
      input: t.Object({ user: UserName, licence: t.Optional(Licence) }),
      output: Account,
      faults: { ...unknownUser, ...proveAgain },
    },
    setPassword: {
      does: "Give an account another password, end its sessions and have its person change it.",
      effect: "write",
      action: "staff_admin",
      input: t.Object({ user: UserName, password: Password }),
      output: t.Object({}),
      faults: { ...unknownUser, ...weak, ...proveAgain },
      phi: ["password"],
    },
    disable: {
      does: "Close an account and end its sessions.",
      effect: "write",
      action: "staff_admin",
      input: t.Object({ user: UserName }),
      output: t.Object({}),
      faults: { ...unknownUser, ...lastManager },
    },
    enable: {
      does: "Open an account again that was closed.",
      effect: "write",
      action: "staff_admin",
      input: t.Object({ user: UserName }),
      output: t.Object({}),
      faults: { ...unknownUser, ...proveAgain },
    },
    staffing: {
      does: "Count who works here by role, without a name, and say who is still missing.",
      effect: "read",
      action: "site_change",
      input: t.Object({}),
      output: t.Object({
        roles: t.Array(
          t.Object({
            role: Role,
            /** Accounts that are open; those of the demo apart. */
            open: t.Integer(),
            demo: t.Integer(),
            /** With a licence that is good today. */
            licensed: t.Integer(),
          }),
        ),
        /** Open accounts whose person has not chosen a password yet. */
        temporary: t.Integer(),
        missing: t.Array(
          t.Union([
            /** Nobody of the pharmacy decides what the law leaves to a pharmacist. */
            t.Literal("pharmacist"),
            t.Literal("manager"),
            /** The one manager there is cannot be let in again by anybody. */
            t.Literal("second_manager"),
            /** Accounts of the demo are open to whoever reads its password. */
            t.Literal("demo_closed"),
          ]),
        ),
      }),
      faults: {},
    },
    own: {
      does: "Show one's own account.",
      effect: "read",
      action: "own_account",
      input: t.Object({}),
      output: Account,
      faults: unknownUser,
    },
    changePassword: {
      does: "Change one's own password. One's other sessions end.",
      effect: "write",
      action: "own_account",
      input: t.Object({ password: Password, next: Password }),
      output: t.Object({}),
      faults: {
        wrong: "The present password is wrong.",
        ...triedTooOften,
        ...weak,
        same: "That is the present password. Choose another.",
      },
      phi: ["password", "next"],
    },
    setPin: {
      does: "Choose the PIN that unlocks one's own screen, or do without when left out.",
      effect: "write",
      action: "own_account",
      input: t.Object({ pin: t.Optional(Pin) }),
      output: Account,
      faults: {
        ...unknownUser,
        ...proveAgain,
        weak_pin: "Choose digits that do not all repeat and do not count up or down.",
      },
      phi: ["pin"],
    },
  },
  events: {
    disabled: t.Object({ user: UserName }),
    /** Role or licence. */
    changed: t.Object({ user: UserName }),
    /** By a manager; or by the person, in the session named. */
    passwordChanged: t.Object({ user: UserName, session: t.Optional(t.String()) }),
  },
})
