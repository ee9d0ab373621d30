/** Stock: the shelves and what needs looking at on them, and the orders that fill them. */
import { SegmentedControl, TextInput } from "@mantine/core"
import { useDebouncedValue, useMediaQuery } from "@mantine/hooks"
import { IconPackage, IconSearch } from "@tabler/icons-react"
import { useCallback, useRef, useState } from "react"
import { useKeys } from "../keys.ts"
import type { Change } from "../live.ts"
import { Card } from "../parts/card.tsx"
import { Reading } from "../parts/reading.tsx"
import { EmptyState, NotLoaded } from "../parts/states.tsx"
import { type English, say } from "../say.ts"
import type { Person } from "../session.ts"
import { loadShelves, type View, views } from "../stock/load.ts"
import { Orders } from "../stock/orders.tsx"
import { ShelfCard } from "../stock/shelf-card.tsx"
import { ShelfTable } from "../stock/shelf-table.tsx"
import { useLoaded } from "../use-loaded.ts"

/** Five choices do not stand side by side on a telephone. */
const NARROW = "(max-width: 48em)"
const TYPING_MS = 250
const isAboutStock = ({ kind }: Change): boolean => kind === "stock"

const viewNames: Readonly<Record<View, English>> = {
  all: "Shelves",
  below: "To be ordered",
  near_expiry: "Near expiry",
  discrepancies: "Discrepancies",
  orders: "Orders",
}

export function StockPage({ ndc, person }: { ndc: string | undefined; person: Person }) {
  const [view, setView] = useState<View>("all")
  const isNarrow = useMediaQuery(NARROW)
  return (
    <Reading
      title={say("Stock")}
      acts={
        <SegmentedControl
          size="xs"
          orientation={isNarrow ? "vertical" : "horizontal"}
          aria-label={say("What of the stock")}
          value={view}
          onChange={(value) => setView(views.find((one) => one === value) ?? view)}
          data={views.map((value) => ({ value, label: say(viewNames[value]) }))}
        />
      }
    >
      {ndc !== undefined && <ShelfCard key={ndc} ndc={ndc} />}
      {view === "orders" ? <Orders role={person.role} /> : <ShelfList key={view} view={view} />}
    </Reading>
  )
}

function ShelfList({ view }: { view: View }) {
  const [text, setText] = useState("")
  const [asked] = useDebouncedValue(text, TYPING_MS)
  const load = useCallback(() => loadShelves(view, asked), [view, asked])
  const { value, trouble, again } = useLoaded(load, isAboutStock)
  const field = useRef<HTMLInputElement>(null)
  useKeys({ "/": () => field.current?.focus() })
  return (
    <Card title={say(viewNames[view])} size="h5" className="card-wide">
      <TextInput
        ref={field}
        label={say("Drug or NDC")}
        description={say(
          "A part of a name, a brand, or the number on the package. Press / to type.",
        )}
        leftSection={<IconSearch size={16} aria-hidden />}
        maxLength={100}
        autoComplete="off"
        value={text}
        onChange={({ currentTarget }) => setText(currentTarget.value)}
      />
      {!value && <NotLoaded trouble={trouble} again={again} />}
      {value?.found === 0 && (
        <EmptyState
          title={view === "all" ? say("No shelf is like that") : say("Nothing needs looking at")}
          icon={<IconPackage size={34} stroke={1.5} aria-hidden />}
        >
          {say("A product is here once the pharmacy system tells it, or somebody receives it.")}
        </EmptyState>
      )}
      {value && value.found > 0 && <ShelfTable {...value} />}
      {value && value.found > value.shelves.length && (
        <p className="dim small">
          {say("The first {n} of {all}. Type a name to see the others.", {
            n: value.shelves.length,
            all: value.found,
          })}
        </p>
      )}
      {value && !value.isTold && (
        <p className="dim small">
          {say("This pharmacy system does not tell its stock: what is here was counted here.")}
        </p>
      )}
    </Card>
  )
}
