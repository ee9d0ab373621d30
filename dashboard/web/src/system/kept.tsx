/** How much is kept: documents by module, the audit log, and whether it is whole. */

import { Button } from "@mantine/core"
import { useState } from "react"
import { useAct } from "../account/use-act.ts"
import { command } from "../api.ts"
import { Card } from "../parts/card.tsx"
import { Fact } from "../parts/fact.tsx"
import { LineTable } from "../parts/line-table.tsx"
import { NotLoaded } from "../parts/states.tsx"
import { Tag } from "../parts/tag.tsx"
import { say } from "../say.ts"
import type { Role } from "../session.ts"
import { useLoaded } from "../use-loaded.ts"
import { whenText } from "../words.ts"

const MIB_BYTES = 2 ** 20
const never = (): boolean => false
const loadHoldings = () => command("backups", "holdings", {})
type Holdings = Awaited<ReturnType<typeof loadHoldings>>

export function Kept({ role }: { role: Role }) {
  const { value, trouble, again } = useLoaded(loadHoldings, never)
  return (
    <Card title={say("What is stored")} className="card-wide">
      {!value && <NotLoaded trouble={trouble} again={again} />}
      {value && <Figures holdings={value} />}
      {role === "manager" && <AuditCheck />}
    </Card>
  )
}

function Figures({ holdings: { bytes, modules, committedAtMs, audit } }: { holdings: Holdings }) {
  const all = modules.reduce((sum, { documents }) => sum + documents, 0)
  const holding = modules.filter(({ documents }) => documents > 0)
  return (
    <>
      <dl className="facts">
        <Fact name={say("Documents")}>{all}</Fact>
        <Fact name={say("Size of the store")}>{mebibytes(bytes)}</Fact>
        <Fact name={say("Last commit")}>
          {committedAtMs === undefined ? say("none yet") : whenText(committedAtMs)}
        </Fact>
        <Fact name={say("Audit log")}>{mebibytes(audit.bytes)}</Fact>
        <Fact name={say("Entries signed for")}>
          {audit.signed}
          {audit.signedAtMs !== undefined && (
            <span className="dim small">
              {say("last {time}", { time: whenText(audit.signedAtMs) })}
            </span>
          )}
        </Fact>
      </dl>
      <details>
        <summary>{say("Documents by module")}</summary>
        <LineTable label={say("Documents by module")} heads={[say("Module"), say("Documents")]}>
          {holding.map(({ module, documents }) => (
            <tr key={module}>
              <th scope="row">{module}</th>
              <td>{documents}</td>
            </tr>
          ))}
        </LineTable>
      </details>
    </>
  )
}

function AuditCheck() {
  const [verdict, setVerdict] = useState<{ readonly ok: boolean; readonly entries: number }>()
  const { act, isBusy } = useAct()
  const check = (): Promise<boolean> =>
    act(async () => setVerdict(await command("dashboard", "auditVerdict", {})))
  return (
    <>
      <Button variant="default" loading={isBusy} onClick={() => void check()}>
        {say("Check every byte of the audit log")}
      </Button>
      <p aria-live="polite">
        {verdict && (
          <Tag tone={verdict.ok ? "good" : "late"}>
            {verdict.ok
              ? say("whole: {n} entries", { n: verdict.entries })
              : say("not what was written: tell the operator now")}
          </Tag>
        )}
      </p>
    </>
  )
}

function mebibytes(bytes: number): string {
  return say("{n} MiB", { n: (bytes / MIB_BYTES).toFixed(1) })
}
