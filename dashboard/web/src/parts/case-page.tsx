/** A page of cases: the list, a new one by the key `n`, and beside them the one in hand. */
import { Button, SegmentedControl, Title } from "@mantine/core"
import { IconPlus } from "@tabler/icons-react"
import type { ReactNode } from "react"
import { useKeys } from "../keys.ts"
import { go } from "../router.ts"
import { say } from "../say.ts"
import type { Loaded } from "../use-loaded.ts"
import { type CaseGroup, CaseList } from "./case-list.tsx"
import { EmptyState, NotLoaded } from "./states.tsx"

/** Stands in the place of an id for one that is being made. */
export const NEW = "new"

interface CasePageProps {
  readonly path: string
  readonly title: string
  readonly id: string | undefined
  /** Which of them are listed. */
  readonly choices: readonly { readonly value: string; readonly label: string }[]
  readonly shown: string
  readonly show: (value: string) => void
  readonly loaded: Omit<Loaded<unknown>, "put">
  readonly groups: readonly CaseGroup[]
  /** What stands in place of the list when there is none. */
  readonly none: ReactNode
  readonly inHand: ReactNode
}

export function CasePage(props: CasePageProps) {
  const { path, title, id, choices, shown, show, inHand } = props
  const begin = () => go(`${path}/${NEW}`)
  useKeys({ n: begin })
  return (
    <div className={id ? "split split-open" : "split"}>
      <section className="split-list" aria-label={title}>
        <div className="list-head">
          <Title order={1} size="h3">
            {title}
          </Title>
          <Button
            size="compact-sm"
            variant="default"
            leftSection={<IconPlus size={16} />}
            onClick={begin}
          >
            {say("New")}
          </Button>
        </div>
        <SegmentedControl
          size="xs"
          mx="md"
          mb="xs"
          value={shown}
          onChange={show}
          aria-label={say("Which of them")}
          data={[...choices]}
        />
        <Listed {...props} />
      </section>
      <section className="split-main" aria-label={say("The one in hand")}>
        {inHand}
      </section>
    </div>
  )
}

function Listed({ path, id, loaded, groups, none }: CasePageProps) {
  if (!loaded.value) return <NotLoaded {...loaded} />
  if (groups.every(({ rows }) => rows.length === 0)) return none
  return <CaseList path={path} groups={groups} chosen={id} />
}

export function NoneChosen() {
  return <EmptyState title={say("None is chosen")}>{say("Choose one from the list.")}</EmptyState>
}
