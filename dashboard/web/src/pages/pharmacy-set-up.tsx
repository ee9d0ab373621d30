/** Setting the pharmacy up, step by step; every step saves on its own. */
import { notifications } from "@mantine/notifications"
import { type ComponentType, useCallback } from "react"
import { closing } from "../account/use-act.ts"
import { Reading } from "../parts/reading.tsx"
import { NotLoaded } from "../parts/states.tsx"
import { daysAgo } from "../reports.ts"
import { say } from "../say.ts"
import type { Person } from "../session.ts"
import { BackupStep, loadBackups } from "../set-up/backup-step.tsx"
import { FactsStep } from "../set-up/facts-step.tsx"
import { GreetingStep } from "../set-up/greeting-step.tsx"
import { HolidaysStep } from "../set-up/holidays-step.tsx"
import { HoursStep } from "../set-up/hours-step.tsx"
import { missingIn, missingInBackups, missingInStaff } from "../set-up/missing.ts"
import { NumbersStep } from "../set-up/numbers-step.tsx"
import { Overview } from "../set-up/overview.tsx"
import { loadSetUp, type PartProps } from "../set-up/part-form.tsx"
import { PharmacyStep } from "../set-up/pharmacy-step.tsx"
import { PmsStep } from "../set-up/pms-step.tsx"
import { loadStaffing, StaffStep } from "../set-up/staff-step.tsx"
import { Stepper } from "../set-up/stepper.tsx"
import { type StepId, steps } from "../set-up/steps.ts"
import { useLoaded } from "../use-loaded.ts"
import "../set-up/set-up.css"

const pages: Readonly<Record<StepId, ComponentType<PartProps>>> = {
  pharmacy: PharmacyStep,
  greeting: GreetingStep,
  hours: HoursStep,
  holidays: HolidaysStep,
  numbers: NumbersStep,
  facts: FactsStep,
  staff: StaffStep,
  pms: PmsStep,
  backup: BackupStep,
}

/** A form keeps what is typed in it while others change what it shows. */
const never = (): boolean => false

export interface PharmacySetUpPageProps {
  readonly step: string | undefined
  readonly person: Person
}

export function PharmacySetUpPage({ step: named, person }: PharmacySetUpPageProps) {
  const { value, trouble, again, put } = useLoaded(loadSetUp, never)
  const staffing = useLoaded(loadStaffing, never)
  const backups = useLoaded(loadBackups, never)
  const lookAgain = useCallback(() => {
    staffing.again()
    backups.again()
  }, [staffing.again, backups.again])
  const current = steps.find(({ id }) => id === named)?.id
  const Step = current && pages[current]
  const missing = [
    ...(value ? missingIn(value.setUp, daysAgo(0)) : []),
    ...(staffing.value ? missingInStaff(staffing.value) : []),
    ...(backups.value ? missingInBackups(backups.value) : []),
  ]
  const begin = async (): Promise<void> => {
    const loaded = await loadSetUp().catch(() => undefined)
    // Loading once more says on the page why it could not be.
    if (!loaded) return again()
    put(loaded)
    notifications.show({
      message: say("Loaded: this is what counts."),
      closeButtonProps: closing(),
    })
  }
  return (
    <Reading title={say("Set-up")}>
      <Stepper current={current} open={new Set(missing.map(({ step }) => step))} />
      {!value && <NotLoaded trouble={trouble} again={again} />}
      {value && Step && (
        <Step
          key={`${current}-${value.revision}`}
          shown={value}
          again={() => void begin()}
          changed={lookAgain}
          person={person}
        />
      )}
      {value && !Step && <Overview shown={value} missing={missing} />}
    </Reading>
  )
}
