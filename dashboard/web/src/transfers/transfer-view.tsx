/** One transfer: what was asked, what the law wants, and the pharmacist's step that ends it. */
import { Box } from "@mantine/core"
import { useCallback } from "react"
import type { Transfer } from "../../../../modules/transfers/contract.ts"
import { command } from "../api.ts"
import { Card } from "../parts/card.tsx"
import { CaseHead } from "../parts/case-head.tsx"
import { CaseItems } from "../parts/case-items.tsx"
import { Fact } from "../parts/fact.tsx"
import { LoadingState, TroubleState } from "../parts/states.tsx"
import { Tag } from "../parts/tag.tsx"
import { say } from "../say.ts"
import type { Person } from "../session.ts"
import { useLoaded } from "../use-loaded.ts"
import { whenText } from "../words.ts"
import { FinishCard } from "./finish-card.tsx"
import { type Law, LawCard } from "./law-card.tsx"
import { fields, labels } from "./record-form.ts"

const never = (): boolean => false

export interface TransferViewProps {
  readonly transfer: Transfer
  readonly person: Person
  readonly again: () => void
}

export function TransferView({ transfer, person, again }: TransferViewProps) {
  const { transfer: id, patient, endedAtMs } = transfer
  const load = useCallback(() => command("transfers", "law", { transfer: id }), [id])
  const law = useLoaded(load, never)
  return (
    <article className="item">
      <CaseHead
        title={
          <>
            {titleOf(transfer)}
            {transfer.patientName && <span className="dim"> · {transfer.patientName}</span>}
          </>
        }
        list={say("Transfers")}
        path="/transfers"
      >
        <DirectionTag transfer={transfer} />
        <StateTag transfer={transfer} />
      </CaseHead>
      <Box className="item-body" role="region" aria-label={say("Details")} tabIndex={0}>
        <AskedCard transfer={transfer} />
        {!law.value && law.trouble && <TroubleState trouble={law.trouble} again={law.again} />}
        {!law.value && !law.trouble && <LoadingState />}
        {law.value && <LawCard transfer={transfer} law={law.value} />}
        {endedAtMs !== undefined && <Ended transfer={transfer} />}
        {endedAtMs === undefined && law.value && (
          <Step law={law.value} {...{ transfer, person, again }} />
        )}
        <CaseItems id={id} patient={patient} />
      </Box>
    </article>
  )
}

function Step({ transfer, law, person, again }: TransferViewProps & { readonly law: Law }) {
  if (person.role === "pharmacist") return <FinishCard transfer={transfer} law={law} done={again} />
  return (
    <Card title={say("What came of it")} size="h5">
      <p className="dim">
        {say("A pharmacist speaks with the other pharmacy, and notes it here.")}
      </p>
    </Card>
  )
}

/** What moves: the medicine, or the prescription's number, or that it is not known yet. */
export function titleOf({ drugName, rxNumber }: Transfer): string {
  return drugName ?? rxNumber ?? say("Prescription not named")
}

export function DirectionTag({ transfer: { direction } }: { transfer: Transfer }) {
  return <Tag>{direction === "in" ? say("Coming in") : say("Going out")}</Tag>
}

export function StateTag({ transfer: { isMoved } }: { transfer: Transfer }) {
  if (isMoved === undefined) return <Tag tone="soon">{say("Waits for a pharmacist")}</Tag>
  return isMoved ? <Tag tone="good">{say("Moved")}</Tag> : <Tag>{say("Not moved")}</Tag>
}

function AskedCard({ transfer }: { transfer: Transfer }) {
  const { direction, otherPharmacy, rxNumber, patientName, ticket, askedAtMs } = transfer
  return (
    <Card title={say("What was asked")} size="h5">
      <dl className="facts">
        <Fact name={direction === "in" ? say("From") : say("To")}>{otherPharmacy}</Fact>
        {patientName && <Fact name={say("Patient")}>{patientName}</Fact>}
        {rxNumber && <Fact name={say("Prescription")}>{rxNumber}</Fact>}
        <Fact name={say("Asked for")}>{whenText(askedAtMs)}</Fact>
        <Fact name={say("In the pharmacy system")}>
          {ticket ?? <Tag tone="soon">{say("to be entered by hand")}</Tag>}
        </Fact>
      </dl>
    </Card>
  )
}

function Ended({ transfer }: { transfer: Transfer }) {
  const { isMoved, otherPharmacist, endedBy, endedAtMs, why, record = {} } = transfer
  return (
    <Card
      title={say("What came of it")}
      size="h5"
      className={isMoved ? "card-good" : undefined}
      acts={<StateTag transfer={transfer} />}
    >
      {why && <p>{why}</p>}
      <dl className="facts">
        {endedBy && <Fact name={say("Our pharmacist")}>{endedBy}</Fact>}
        {otherPharmacist && (
          <Fact name={say("Pharmacist at the other pharmacy")}>{otherPharmacist}</Fact>
        )}
        {endedAtMs !== undefined && <Fact name={say("Noted")}>{whenText(endedAtMs)}</Fact>}
        {fields
          .filter((field) => record[field] !== undefined)
          .map((field) => (
            <Fact key={field} name={say(labels[field])}>
              {record[field]}
            </Fact>
          ))}
      </dl>
    </Card>
  )
}
