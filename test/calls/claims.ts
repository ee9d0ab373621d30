/** Claims that were refused before a call begins, and what the house made of them. */
import { refusePmsClaims } from "../../simulators/twilio/pms-control.ts"
import type { Done, House } from "../house.ts"

type Listed = Done<{ readonly found: readonly { readonly rxNumber: string }[] }>

/** Resolves when each has opened a prior authorisation, as the codes must ask for one. */
export async function refuseClaims(
  house: House,
  claims: Readonly<Record<string, readonly string[]>>,
): Promise<void> {
  await refusePmsClaims(house.pmsUrl, claims)
  for (const rxNumber of Object.keys(claims)) {
    const { value: known } = await house.ask<{ patient: string }>("pms.getPrescription", {
      rxNumber,
    })
    // The house would hear so by itself within twenty seconds.
    const change = { rxNumber, patient: known.patient, fill: "waiting_payer" }
    house.host.bus.publish("pms", "fillChanged", change)
    while (!(await isOpen(house, rxNumber)));
  }
}

async function isOpen(house: House, rxNumber: string): Promise<boolean> {
  const listed = (await house.asStaff("technician", "prior-auth.list", {})) as Listed
  return listed.value.found.some((one) => one.rxNumber === rxNumber)
}
