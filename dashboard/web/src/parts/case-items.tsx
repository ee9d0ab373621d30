/** The work items that a case has in the queue, and from an item the way to its case. */
import { Anchor } from "@mantine/core"
import { useCallback } from "react"
import type { Item } from "../../../../modules/work-queue/contract.ts"
import { command } from "../api.ts"
import type { Change } from "../live.ts"
import { go } from "../router.ts"
import { say } from "../say.ts"
import { useLoaded } from "../use-loaded.ts"
import { inWords } from "../words.ts"
import { Card } from "./card.tsx"
import { Tag } from "./tag.tsx"

const LISTED_MAX = 200
const isAboutItems = ({ kind }: Change): boolean => kind === "item"

async function loadItems(id: string, patient: string): Promise<readonly Item[]> {
  const { items } = await command("work-queue", "list", { patient, limit: LISTED_MAX })
  return items.filter(({ context }) => context.case?.id === id)
}

export function CaseItems({ id, patient }: { id: string; patient: string }) {
  const load = useCallback(() => loadItems(id, patient), [id, patient])
  const { value, trouble } = useLoaded(load, isAboutItems)
  return (
    <Card title={say("In the queue")} size="h5">
      {trouble && <p className="dim">{trouble.message}</p>}
      {value?.length === 0 && <p className="dim">{say("Nothing of it waits there.")}</p>}
      <ul className="history">
        {value?.map(({ item, state, context }) => (
          <li key={item}>
            <Tag>{inWords(state)}</Tag>
            <Anchor component="button" type="button" onClick={() => go(`/queue/${item}`)}>
              {context.willHappen ?? say("Open the item")}
            </Anchor>
          </li>
        ))}
      </ul>
    </Card>
  )
}

export function CaseLink({ item: { context } }: { item: Item }) {
  const { case: about } = context
  if (!about) return null
  return (
    <Anchor
      component="button"
      type="button"
      className="small"
      onClick={() => go(`/${about.of}/${about.id}`)}
    >
      {say("Open its case")}
    </Anchor>
  )
}
