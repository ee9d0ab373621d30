/** The people who work here: names, roles, and whether a password is theirs. */
import { Type as t } from "typebox"
import { Role } from "#core/actor.ts"
import { defineContract } from "#core/contract.ts"

const UserName = t.String({ pattern: "^[a-z][a-z0-9._-]{1,31}$" })
const Password = t.String({ minLength: 10, maxLength: 200 })
const Account = t.Object({
  user: UserName,
  fullName: t.String({ maxLength: 120 }),
  role: Role,
  isDisabled: t.Boolean(),
})
const unknownUser = { unknown_user: "No account has that name." }

export const staffAccounts = defineContract({
  name: "staff-accounts",
  version: "0.1.0",
  commands: {
    verify: {
      does: "Compare a password with an account's.",
      effect: "write",
      action: "internal",
      input: t.Object({
        user: t.String({ maxLength: 64 }),
        password: t.String({ maxLength: 200 }),
      }),
      output: t.Object({ user: UserName, role: Role }),
      faults: {
        wrong: "User name or password is wrong.",
        locked: "Too many wrong passwords. Try again later.",
      },
      phi: ["password"],
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
      does: "Make an account.",
      effect: "write",
      action: "staff_admin",
      input: t.Object({
        user: UserName,
        fullName: t.String({ maxLength: 120 }),
        role: Role,
        password: Password,
      }),
      output: Account,
      faults: { taken: "An account has that name already." },
      phi: ["password"],
    },
    setPassword: {
      does: "Give an account another password.",
      effect: "write",
      action: "staff_admin",
      input: t.Object({ user: UserName, password: Password }),
      output: t.Object({}),
      faults: unknownUser,
      phi: ["password"],
    },
    disable: {
      does: "Close an account and end its sessions.",
      effect: "write",
      action: "staff_admin",
      input: t.Object({ user: UserName }),
      output: t.Object({}),
      faults: unknownUser,
    },
  },
  events: {
    disabled: t.Object({ user: UserName }),
  },
})
