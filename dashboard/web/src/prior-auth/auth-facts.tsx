/** What is on file of a prior authorisation, and its steps so far with who took them. */
import type { PriorAuth, Step } from "../../../../modules/prior-auth/contract.ts"
import { Card } from "../parts/card.tsx"
import { Fact } from "../parts/fact.tsx"
import { type English, locale, say, told } from "../say.ts"
import { inWords, timeOfDay } from "../words.ts"

export function AuthFacts({ auth }: { auth: PriorAuth }) {
  const { rxNumber, patientName, openedOn, codes, claim, rejects = [] } = auth
  const { how, reference, submittedOn, answeredOn, number, validUntil, closedBecause } = auth
  return (
    <Card title={say("On file")} size="h5">
      <dl className="facts">
        {patientName && <Fact name={say("Patient")}>{patientName}</Fact>}
        <Fact name={say("Prescription")}>{rxNumber}</Fact>
        <Fact name={say("Opened")}>
          {openedOn}
          <span className="dim">
            {codes
              ? say("by the payer's reject {codes}", { codes: codes.join(", ") })
              : say("asked for")}
          </span>
        </Fact>
        {submittedOn && (
          <Fact name={say("Sent")}>
            {submittedOn} {how && <span className="dim">{inWords(how)}</span>}
          </Fact>
        )}
        {reference && <Fact name={say("The plan's reference")}>{reference}</Fact>}
        {answeredOn && <Fact name={say("Answered")}>{answeredOn}</Fact>}
        {number && <Fact name={say("Number of the prior authorisation")}>{number}</Fact>}
        {validUntil && <Fact name={say("Good until")}>{validUntil}</Fact>}
        {closedBecause && <Fact name={say("Why it was closed")}>{closedBecause}</Fact>}
        {claim && (
          <Fact name={say("Claim as it was refused")}>
            {say("{quantity} for {days} days, fill {n}", {
              quantity: claim.quantity,
              days: claim.daysSupply,
              n: claim.fillNumber,
            })}
          </Fact>
        )}
      </dl>
      {rejects.length > 0 && <Rejects rejects={rejects} />}
    </Card>
  )
}

type Reject = NonNullable<PriorAuth["rejects"]>[number]

export function Rejects({ rejects }: { rejects: readonly Reject[] }) {
  return (
    <ul className="history" aria-label={say("What the payer said")}>
      {rejects.map(({ code, means, who }) => (
        <li key={code}>
          <strong className="numbers">{code}</strong>
          <span>{told(means)}</span>
          <span className="dim">{say("Next: {who}", { who: inWords(who) })}</span>
        </li>
      ))}
    </ul>
  )
}

const steps: Readonly<Record<Step["did"], English>> = {
  opened: "Opened",
  drafted: "Letter drafted",
  edited: "Letter edited",
  submitted: "Sent to the plan",
  approved: "Approved by the plan",
  denied: "Denied by the plan",
  refused_again: "Claim refused again",
  paid: "Claim paid",
  went_on: "The fill went on without it",
  not_needed: "Closed: not needed any more",
}

export function AuthHistory({ auth: { steps: taken = [] } }: { auth: PriorAuth }) {
  return (
    <Card title={say("History")} size="h5">
      {taken.length === 0 && <p className="dim">{say("Nothing yet.")}</p>}
      <ol className="history">
        {taken.toReversed().map(({ did, by, atMs }) => (
          <li key={`${atMs} ${did}`}>
            <span className="dim numbers">
              {new Date(atMs).toLocaleDateString(locale())} {timeOfDay(atMs)}
            </span>
            <span>
              {say(steps[did])} · {by}
            </span>
          </li>
        ))}
      </ol>
    </Card>
  )
}
