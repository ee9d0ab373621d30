/** The spans of one day: when it opens and closes, once or more; none means closed. */
import { ActionIcon, Button, TextInput } from "@mantine/core"
import { IconX } from "@tabler/icons-react"
import type { SetUp } from "../../../../modules/store-info/contract.ts"
import { say } from "../say.ts"

export type Spans = SetUp["hours"]["monday"]

const SPANS_MAX = 4
const usual = { opens: "09:00", closes: "18:00" } as const

export interface SpansEditorProps {
  /** Whose spans: "Monday". */
  readonly day: string
  readonly spans: Spans
  readonly set: (spans: Spans) => void
}

export function SpansEditor({ day, spans, set }: SpansEditorProps) {
  return (
    <div className="spans">
      {spans.length === 0 && <span className="dim">{say("Closed all day")}</span>}
      {[...spans.entries()].map(([place, span]) => (
        <span className="span" key={place}>
          <Time
            label={say("{day} opens", { day })}
            value={span.opens}
            set={(opens) => set(spans.with(place, { ...span, opens }))}
          />
          –
          <Time
            label={say("{day} closes", { day })}
            value={span.closes}
            set={(closes) => set(spans.with(place, { ...span, closes }))}
          />
          <ActionIcon
            variant="default"
            size="lg"
            aria-label={say("Take away: {what}", { what: `${day} ${span.opens}–${span.closes}` })}
            onClick={() => set(spans.toSpliced(place, 1))}
          >
            <IconX size={16} aria-hidden />
          </ActionIcon>
        </span>
      ))}
      {spans.length < SPANS_MAX && (
        <Button variant="default" size="xs" onClick={() => set([...spans, usual])}>
          {say("Add hours: {day}", { day })}
        </Button>
      )}
    </div>
  )
}

interface TimeProps {
  readonly label: string
  readonly value: string
  readonly set: (value: string) => void
}

function Time({ label, value, set }: TimeProps) {
  return (
    <TextInput
      type="time"
      aria-label={label}
      required
      value={value}
      onChange={({ currentTarget }) => set(currentTarget.value)}
    />
  )
}
