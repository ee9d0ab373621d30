/** Whether the people that a pharmacy needs have accounts, and who of them are the demo's. Pure. */
import type { Output } from "#core/contract.ts"
import { endOf, type StoredAccount } from "./account.ts"
import type { staffAccounts } from "./contract.ts"
import { demoStaff } from "./demo-staff.ts"

type Staffing = Output<typeof staffAccounts, "staffing">

const everyRole = ["technician", "pharmacist", "manager", "operator"] as const

export interface Moment {
  readonly nowMs: number
  readonly timeZone: string
}

export function staffingOf(accounts: readonly StoredAccount[], moment: Moment): Staffing {
  const open = accounts.filter(({ isDisabled }) => !isDisabled)
  const own = open.filter((account) => !isOfDemo(account))
  const licensed = own.filter((account) => isLicensed(account, moment))
  const countOf = (some: readonly StoredAccount[], role: StoredAccount["role"]): number =>
    some.filter((account) => account.role === role).length
  const managers = countOf(own, "manager")
  const wants = {
    pharmacist: countOf(licensed, "pharmacist") === 0,
    manager: managers === 0,
    second_manager: managers === 1,
    demo_closed: own.length < open.length,
  }
  const all = ["pharmacist", "manager", "second_manager", "demo_closed"] as const
  return {
    roles: everyRole.map((role) => ({
      role,
      open: countOf(own, role),
      demo: countOf(open, role) - countOf(own, role),
      licensed: countOf(licensed, role),
    })),
    temporary: own.filter(({ mustChangePassword }) => mustChangePassword === true).length,
    missing: all.filter((one) => wants[one]),
  }
}

function isOfDemo({ user, fullName }: StoredAccount): boolean {
  return demoStaff.some((one) => one.user === user && one.fullName === fullName)
}

function isLicensed({ licence }: StoredAccount, { nowMs, timeZone }: Moment): boolean {
  return licence !== undefined && endOf(licence, timeZone) >= nowMs
}
