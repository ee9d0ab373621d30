/** What the law says of a transfer: may it move, by which dated rows, and what is written down. */
import { useCallback } from "react"
import type { Transfer } from "../../../../modules/transfers/contract.ts"
import { command } from "../api.ts"
import { Card } from "../parts/card.tsx"
import { Ruled } from "../parts/controlled-card.tsx"
import { Tag } from "../parts/tag.tsx"
import { say, told } from "../say.ts"
import { useLoaded } from "../use-loaded.ts"

export type Law = Awaited<ReturnType<typeof command<"transfers", "law">>>

const never = (): boolean => false

export function LawCard({ transfer, law }: { transfer: Transfer; law: Law }) {
  const { direction, rxNumber } = transfer
  const { isControlled, wanted } = law
  return (
    <Card title={say("What the law says")} size="h5" acts={<ControlledTag law={law} />}>
      {direction === "out" && rxNumber !== undefined && <Moving rxNumber={rxNumber} />}
      {isControlled !== false && (
        <>
          <p>{say("Of a controlled substance this is written down, on both sides:")}</p>
          <ul className="history" aria-label={say("To be written down")}>
            {wanted.map(({ field, is, source, since }) => (
              <LawLine key={field} {...{ is, source, since }} />
            ))}
          </ul>
        </>
      )}
      {isControlled === false && (
        <p>{say("It is not controlled: the state's own law counts. Two pharmacists speak.")}</p>
      )}
    </Card>
  )
}

function ControlledTag({ law: { isControlled } }: { law: Law }) {
  if (isControlled === undefined)
    return <Tag tone="soon">{say("Our records do not say whether it is controlled")}</Tag>
  return isControlled ? (
    <Tag tone="late">{say("Controlled substance")}</Tag>
  ) : (
    <Tag>{say("Not controlled")}</Tag>
  )
}

function Moving({ rxNumber }: { rxNumber: string }) {
  const load = useCallback(
    () => command("controlled-substances", "review", { rxNumber }),
    [rxNumber],
  )
  const { value, trouble } = useLoaded(load, never)
  if (trouble) return <p className="dim">{trouble.message}</p>
  if (!value) return null
  const rows = value.rows.filter(({ about }) => about === "transfer")
  return (
    <>
      <p>
        <Ruled ruling={value.transfer} />
      </p>
      {rows.length > 0 && (
        <ul className="history" aria-label={say("Rules on moving it")}>
          {rows.map(({ rule, is, source, since }) => (
            <LawLine key={rule} {...{ is, source, since }} />
          ))}
        </ul>
      )}
    </>
  )
}

interface LawLineProps {
  readonly is: string
  readonly source: string
  readonly since: string | undefined
}

function LawLine({ is, source, since }: LawLineProps) {
  return (
    <li>
      <span>{told(is)}</span>
      <span className="dim small">
        {source}
        {since && ` · ${say("since {day}", { day: since })}`}
      </span>
    </li>
  )
}
