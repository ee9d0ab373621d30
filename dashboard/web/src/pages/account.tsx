/** One's own account: password, PIN, second factors, sessions, and rights for an emergency. */
import "../account/account.css"
import { useCallback } from "react"
import { FactorsCard } from "../account/factors-card.tsx"
import { PasswordCard, PinCard } from "../account/password-card.tsx"
import { RightsCard } from "../account/rights-card.tsx"
import { SessionsCard } from "../account/sessions-card.tsx"
import { command } from "../api.ts"
import { Reading } from "../parts/reading.tsx"
import { say } from "../say.ts"
import type { Person } from "../session.ts"
import { useLoaded } from "../use-loaded.ts"
import { inWords } from "../words.ts"

const loadAccount = () => command("staff-accounts", "own", {})
const never = (): boolean => false

export interface AccountPageProps {
  readonly person: Person
  readonly look: () => void
}

export function AccountPage({ person, look }: AccountPageProps) {
  const { value: account, again } = useLoaded(loadAccount, never)
  const changed = useCallback(() => {
    again()
    look()
  }, [again, look])
  return (
    <Reading title={say("Your account")}>
      {account && (
        <section className="card">
          <dl className="facts">
            <div>
              <dt>{say("Name")}</dt>
              <dd>{account.fullName}</dd>
            </div>
            <div>
              <dt>{say("Role")}</dt>
              <dd>{inWords(account.role)}</dd>
            </div>
            {account.licence && (
              <div>
                <dt>{say("Licence")}</dt>
                <dd>
                  {say("{state} {number}, until {day}", {
                    state: account.licence.state,
                    number: account.licence.number,
                    day: account.licence.expiresOn,
                  })}
                </dd>
              </div>
            )}
          </dl>
        </section>
      )}
      <FactorsCard changed={look} />
      <PinCard hasPin={account?.hasPin ?? false} changed={changed} />
      <PasswordCard changed={changed} />
      <SessionsCard />
      <RightsCard person={person} changed={look} />
    </Reading>
  )
}
