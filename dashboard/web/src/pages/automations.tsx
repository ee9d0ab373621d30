/** Automations: when this happens and these hold, do that. Made, tried, switched on. */
import "../automations/automations.css"
import "../parts/reports.css"
import { Button } from "@mantine/core"
import { IconPlus } from "@tabler/icons-react"
import { useState } from "react"
import type { Draft } from "../../../../modules/automations/contract.ts"
import { command } from "../api.ts"
import { AutomationList } from "../automations/automation-list.tsx"
import { ChangeList } from "../automations/change-list.tsx"
import { Detail } from "../automations/detail.tsx"
import { type Edited, Editor } from "../automations/editor.tsx"
import { blank } from "../automations/examples.ts"
import { NeverList } from "../automations/never-list.tsx"
import { draftOf } from "../automations/words.ts"
import type { Change } from "../live.ts"
import { Reading } from "../parts/reading.tsx"
import { EmptyState, NotLoaded } from "../parts/states.tsx"
import { go } from "../router.ts"
import { say } from "../say.ts"
import { useLoaded } from "../use-loaded.ts"

async function loadAutomations() {
  const [offers, { automations }, { changes }] = await Promise.all([
    command("automations", "offers", {}),
    command("automations", "list", {}),
    command("automations", "history", {}),
  ])
  return { offers, automations, changes }
}
const isAboutAutomations = ({ kind }: Change): boolean => kind === "automation"

export function AutomationsPage({ id }: { id: string | undefined }) {
  const loaded = useLoaded(loadAutomations, isAboutAutomations)
  const { value, trouble, again } = loaded
  const [edited, setEdited] = useState<Edited>()
  const start = (draft: Draft) => setEdited({ revision: 0, draft })
  return (
    <Reading
      title={say("Automations")}
      acts={
        !edited && (
          <Button leftSection={<IconPlus size={17} />} onClick={() => start(blank())}>
            {say("New automation")}
          </Button>
        )
      }
    >
      <p className="dim">
        {say(
          "When something happens, something is done: within limits, and through the same rules.",
        )}
      </p>
      {!value && <NotLoaded trouble={trouble} again={again} />}
      {value && edited && (
        <Editor
          offers={value.offers}
          edited={edited}
          close={() => setEdited(undefined)}
          saved={(automation) => {
            setEdited(undefined)
            again()
            go(`/automations/${automation}`)
          }}
        />
      )}
      {value && !edited && <Shown {...value} {...{ id, again, start, edit: setEdited }} />}
    </Reading>
  )
}

interface ShownProps extends Awaited<ReturnType<typeof loadAutomations>> {
  readonly id: string | undefined
  readonly again: () => void
  readonly start: (draft: Draft) => void
  readonly edit: (edited: Edited) => void
}

function Shown({ id, offers, automations, changes, again, start, edit }: ShownProps) {
  if (id === undefined)
    return (
      <>
        <AutomationList automations={automations} start={start} />
        <ChangeList changes={changes} />
        <NeverList never={offers.never} />
      </>
    )
  const own = changes.filter(({ automation }) => automation === id)
  const one = automations.find(({ automation }) => automation === id)
  // Reports lead here as well to one that was deleted: what it was stands in its history.
  if (!one)
    return (
      <>
        <EmptyState title={say("No automation has that id.")} />
        <ChangeList changes={own} />
      </>
    )
  const { automation, revision } = one
  return (
    <>
      <Detail
        automation={one}
        offers={offers}
        again={again}
        edit={() => edit({ automation, revision, draft: draftOf(one) })}
      />
      <ChangeList changes={own} />
    </>
  )
}
