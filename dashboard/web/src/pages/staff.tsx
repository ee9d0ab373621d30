/** Who works here: accounts, roles, licences, passwords. Each change asks for a fresh proof. */
import "../account/account.css"
import "../parts/calls.css"
import { Button } from "@mantine/core"
import { useState } from "react"
import type { Account } from "../../../../modules/staff-accounts/contract.ts"
import { useAct } from "../account/use-act.ts"
import { command } from "../api.ts"
import { Card } from "../parts/card.tsx"
import { Fact } from "../parts/fact.tsx"
import { Reading } from "../parts/reading.tsx"
import { NotLoaded } from "../parts/states.tsx"
import { Tag, type Tone } from "../parts/tag.tsx"
import { daysAgo } from "../reports.ts"
import { say } from "../say.ts"
import type { Person } from "../session.ts"
import {
  CloseDialog,
  FactorsDialog,
  LicenceDialog,
  PasswordDialog,
  RoleDialog,
  type Told,
} from "../staff/staff-dialogs.tsx"
import { useHiring } from "../staff/use-hiring.tsx"
import { useLoaded } from "../use-loaded.ts"
import { inWords } from "../words.ts"

const ENDS_SOON_DAYS = 60
const loadAccounts = () => command("staff-accounts", "list", {})
const never = (): boolean => false

export function StaffPage({ person }: { person: Person }) {
  const { value, trouble, again } = useLoaded(loadAccounts, never)
  const { button, told, dialog, made } = useHiring(again)
  return (
    <Reading title={say("Staff accounts")} acts={button}>
      <p className="dim">
        {say("Who may sign in, and as what. What you change here stands in the audit log.")}
      </p>
      {told}
      {!value && <NotLoaded trouble={trouble} again={again} />}
      {value && (
        <ul className="plain" aria-label={say("Accounts")}>
          {inOrder(value.accounts).map((account) => (
            <li key={account.user}>
              <AccountCard
                account={account}
                isOwn={account.user === person.user}
                again={again}
                made={made}
              />
            </li>
          ))}
        </ul>
      )}
      {dialog}
    </Reading>
  )
}

/** Those that are open first, by name. */
function inOrder(accounts: readonly Account[]): readonly Account[] {
  return accounts.toSorted(
    (a, b) => Number(a.isDisabled) - Number(b.isDisabled) || a.fullName.localeCompare(b.fullName),
  )
}

type Asked = "role" | "licence" | "password" | "factors" | "close"

interface AccountCardProps {
  readonly account: Account
  readonly isOwn: boolean
  readonly again: () => void
  readonly made: (told: Told) => void
}

function AccountCard({ account, isOwn, again, made }: AccountCardProps) {
  const [asked, ask] = useState<Asked>()
  const close = (): void => ask(undefined)
  const changed = (): void => {
    close()
    again()
  }
  const told = (password: Told): void => {
    close()
    made(password)
  }
  const props = { account, close, changed }
  return (
    <Card
      title={account.fullName}
      acts={
        <span className="row-tags">
          {isOwn && <Tag>{say("You")}</Tag>}
          {account.isDisabled && <Tag tone="late">{say("Closed")}</Tag>}
          {account.mustChangePassword && <Tag tone="soon">{say("has to choose a password")}</Tag>}
        </span>
      }
    >
      <Facts account={account} />
      {account.isDisabled ? (
        <OpenAgain account={account} again={again} />
      ) : (
        <Acts account={account} isOwn={isOwn} ask={ask} />
      )}
      {asked === "role" && <RoleDialog {...props} />}
      {asked === "licence" && <LicenceDialog {...props} />}
      {asked === "password" && <PasswordDialog account={account} close={close} made={told} />}
      {asked === "factors" && <FactorsDialog {...props} />}
      {asked === "close" && <CloseDialog {...props} />}
    </Card>
  )
}

function Facts({ account: { user, role, licence } }: { account: Account }) {
  return (
    <dl className="facts">
      <Fact name={say("User name")}>{user}</Fact>
      <Fact name={say("Role")}>{inWords(role)}</Fact>
      {licence && (
        <Fact name={say("Licence")}>
          {say("{state} {number}, until {day}", {
            state: licence.state,
            number: licence.number,
            day: licence.expiresOn,
          })}
          <LicenceTag expiresOn={licence.expiresOn} />
        </Fact>
      )}
      {!licence && role === "pharmacist" && (
        <Fact name={say("Licence")}>
          <Tag tone="late">{say("none on file")}</Tag>
        </Fact>
      )}
    </dl>
  )
}

function LicenceTag({ expiresOn }: { expiresOn: string }) {
  const [tone, words]: readonly [Tone, string] =
    expiresOn < daysAgo(0)
      ? ["late", say("has run out")]
      : expiresOn < daysAgo(-ENDS_SOON_DAYS)
        ? ["soon", say("runs out soon")]
        : ["good", say("good")]
  return <Tag tone={tone}>{words}</Tag>
}

interface ActsProps {
  readonly account: Account
  readonly isOwn: boolean
  readonly ask: (asked: Asked) => void
}

/** Nobody takes the keys from themselves: the last manager would lock the house. */
function Acts({ account: { user }, isOwn, ask }: ActsProps) {
  const act = (asked: Asked, label: string) => (
    <Button
      variant="default"
      size="compact-md"
      aria-label={`${label}: ${user}`}
      onClick={() => ask(asked)}
    >
      {label}
    </Button>
  )
  return (
    <div className="row-tags">
      {!isOwn && act("role", say("Role"))}
      {act("licence", say("Licence"))}
      {!isOwn && act("password", say("New password"))}
      {!isOwn && act("factors", say("Lost second factor"))}
      {!isOwn && act("close", say("Close the account"))}
      {isOwn && (
        <span className="dim small">
          {say("Your role and your account are changed by another manager.")}
        </span>
      )}
    </div>
  )
}

function OpenAgain({ account: { user }, again }: { account: Account; again: () => void }) {
  const { act, isBusy } = useAct()
  const open = async (): Promise<void> => {
    const enable = () => command("staff-accounts", "enable", { user })
    if (await act(enable, say("The account of {user} is open again.", { user }))) again()
  }
  return (
    <Button
      variant="default"
      size="compact-md"
      loading={isBusy}
      aria-label={`${say("Open it again")}: ${user}`}
      onClick={() => void open()}
    >
      {say("Open it again")}
    </Button>
  )
}
