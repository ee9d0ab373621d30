/** One automation in plain words: tried, switched, changed, deleted; and what it did. */
import { Button } from "@mantine/core"
import { useState } from "react"
import type { Automation } from "../../../../modules/automations/contract.ts"
import { useAct } from "../account/use-act.ts"
import { command } from "../api.ts"
import { BackLink } from "../parts/back-link.tsx"
import { Card } from "../parts/card.tsx"
import { Fact } from "../parts/fact.tsx"
import { FormDialog } from "../parts/form-dialog.tsx"
import { go } from "../router.ts"
import { say } from "../say.ts"
import { whenText as momentText } from "../words.ts"
import { fieldsAfter } from "./editor.tsx"
import type { Offers } from "./offers.ts"
import { RunList } from "./run-list.tsx"
import { StateTag } from "./state-tag.tsx"
import { TryOut } from "./try-out.tsx"
import { sentence } from "./words.ts"

export interface DetailProps {
  readonly automation: Automation
  readonly offers: Offers
  readonly again: () => void
  readonly edit: () => void
}

export function Detail({ automation, offers, again, edit }: DetailProps) {
  const { name, counts, changedBy, changedAtMs, when } = automation
  const { heard, held, done, waits, refused, failed, capped, loop } = counts
  return (
    <>
      <BackLink list={say("All automations")} back={() => go("/automations")} />
      <Card title={name} className="card-wide" acts={<StateTag automation={automation} />}>
        <p className="words">{sentence(automation)}</p>
        <dl className="facts">
          <Fact name={say("Its event came")}>{heard}</Fact>
          <Fact name={say("The conditions held")}>{held}</Fact>
          <Fact name={say("Done")}>{done}</Fact>
          <Fact name={say("Waited for a person")}>{waits}</Fact>
          <Fact name={say("Refused or not done")}>{refused + failed + loop}</Fact>
          <Fact name={say("Over its limit")}>{capped}</Fact>
        </dl>
        <p className="dim small">
          {say("Changed by {user}, {when}", { user: changedBy, when: momentText(changedAtMs) })}
        </p>
        <p className="dim small">
          {say("In reports and in the audit log: {name}", {
            name: `system automations ${automation.automation}`,
          })}
        </p>
        <Acts {...{ automation, again, edit }} />
      </Card>
      <TryOut
        key={automation.revision}
        automation={automation}
        fields={fieldsAfter(when, offers)}
        again={again}
      />
      <RunList automation={automation.automation} />
    </>
  )
}

type ActsProps = Pick<DetailProps, "automation" | "again" | "edit">

function Acts({ automation: one, again, edit }: ActsProps) {
  const [isDeleting, setDeleting] = useState(false)
  const { act, isBusy } = useAct()
  const { automation, revision, isOn, isTested } = one
  const turn = async (): Promise<void> => {
    const done = isOn ? say("It is off.") : say("It is on.")
    await act(
      () =>
        isOn
          ? command("automations", "switchOff", { automation })
          : command("automations", "switchOn", { automation, revision }),
      done,
    )
    again()
  }
  const remove = async (): Promise<void> => {
    const gone = () => command("automations", "remove", { automation, revision })
    if (await act(gone, say("It is deleted. Its history is kept."))) go("/automations")
    again()
  }
  return (
    <>
      {!isOn && !isTested && <p>{say("Make a test run below; then it can be switched on.")}</p>}
      <div className="row-tags">
        <Button loading={isBusy} disabled={!isOn && !isTested} onClick={() => void turn()}>
          {isOn ? say("Switch it off") : say("Switch it on")}
        </Button>
        <Button variant="default" onClick={edit}>
          {say("Change it")}
        </Button>
        <Button variant="default" onClick={() => setDeleting(true)}>
          {say("Delete it")}
        </Button>
      </div>
      {isDeleting && (
        <FormDialog
          title={say("Delete this automation?")}
          verb={say("Delete it")}
          isGrave
          isReady
          isBusy={isBusy}
          close={() => setDeleting(false)}
          send={() => void remove()}
        >
          <p>{say("It does nothing from now on. What it did stays in the audit log.")}</p>
        </FormDialog>
      )}
    </>
  )
}
