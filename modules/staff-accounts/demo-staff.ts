/** The staff of the demo: one account for each role, all with one password. Nobody is real. */
import type { Role } from "#core/actor.ts"
import type { Licence } from "./contract.ts"

interface Colleague {
  readonly user: string
  readonly fullName: string
  readonly role: Role
  readonly licence?: Licence
}

export const demoLicence: Licence = { number: "DEMO-0001", state: "TX", expiresOn: "2099-12-31" }

export const demoStaff: readonly Colleague[] = [
  { user: "tech", fullName: "Tess Nicholls", role: "technician" },
  { user: "pharmacist", fullName: "Phara Macey", role: "pharmacist", licence: demoLicence },
  { user: "manager", fullName: "Manny Gerson", role: "manager" },
  { user: "operator", fullName: "Opal Ratner", role: "operator" },
]
