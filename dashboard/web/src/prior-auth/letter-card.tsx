/** The letter to the plan: who drafted it, what a person makes of it. Nothing here sends it. */
import { Button, Textarea } from "@mantine/core"
import type { RefObject } from "react"
import type { PriorAuth } from "../../../../modules/prior-auth/contract.ts"
import { command } from "../api.ts"
import { Card } from "../parts/card.tsx"
import { KeyName } from "../parts/key-name.tsx"
import { Tag } from "../parts/tag.tsx"
import { tellDone } from "../parts/tell.ts"
import { say } from "../say.ts"
import { placesLeft } from "./standing.ts"

const LETTER_MAX = 16_000

export interface LetterCardProps {
  readonly auth: PriorAuth
  readonly text: string
  readonly type: (text: string) => void
  readonly saved: () => void
  readonly field: RefObject<HTMLTextAreaElement | null>
}

export function LetterCard({ auth, text, type, saved, field }: LetterCardProps) {
  const { letter, sent } = auth
  if (sent !== undefined)
    return (
      <Card title={say("The letter as it was sent")} size="h5" acts={<MadeBy auth={auth} />}>
        <pre className="letter-sent">{sent}</pre>
      </Card>
    )
  if (!letter && !auth.edited)
    return (
      <Card title={say("The letter")} size="h5">
        <p className="dim">{say("There is none yet. It is drafted from what stands above.")}</p>
      </Card>
    )
  return <Editing {...{ auth, text, type, saved, field }} />
}

function Editing({ auth, text, type, saved, field }: LetterCardProps) {
  const { priorAuth, letter, edited } = auth
  const left = placesLeft(text)
  const isChanged = text !== (edited ?? letter?.text) && text.trim() !== ""
  const save = async (): Promise<void> => {
    const work = () => command("prior-auth", "edit", { priorAuth, letter: text })
    if (await tellDone(work, say("Saved. Nothing was sent."))) saved()
  }
  return (
    <Card title={say("The letter")} size="h5" acts={<MadeBy auth={auth} />}>
      <Textarea
        ref={field}
        className="case-form letter"
        label={say("The letter, to be gone over")}
        description={say("You send it yourself. Ctrl and Enter saves it.")}
        autosize
        minRows={8}
        maxRows={24}
        maxLength={LETTER_MAX}
        value={text}
        onChange={({ currentTarget }) => type(currentTarget.value)}
        onKeyDown={({ key, ctrlKey, metaKey, currentTarget }) => {
          if (key === "Enter" && (ctrlKey || metaKey) && isChanged) void save()
          if (key === "Escape") currentTarget.blur()
        }}
      />
      <div className="row-tags" role="status">
        <Button
          variant="default"
          size="compact-md"
          disabled={!isChanged}
          onClick={() => void save()}
          rightSection={<KeyName name="e" />}
        >
          {say("Save the letter")}
        </Button>
        <Button
          variant="default"
          size="compact-md"
          onClick={() => void navigator.clipboard?.writeText(text)}
        >
          {say("Copy")}
        </Button>
        {left > 0 && <Tag tone="soon">{say("{n} places left to a person", { n: left })}</Tag>}
        {isChanged && <Tag tone="soon">{say("not saved")}</Tag>}
      </div>
    </Card>
  )
}

function MadeBy({ auth: { letter, edited, sent } }: { auth: PriorAuth }) {
  return (
    <span className="row-tags">
      {letter && (
        <Tag>{letter.madeBy === "model" ? say("Drafted by a model") : say("Drafted by rules")}</Tag>
      )}
      {(edited ?? sent) !== undefined && <Tag tone="good">{say("Edited by a person")}</Tag>}
    </span>
  )
}
