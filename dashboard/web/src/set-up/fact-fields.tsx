/** One fact as it is edited, and read back as the voice would say it. */
import { Button, Group, Select, Textarea, TextInput } from "@mantine/core"
import { useState } from "react"
import type { SetUp } from "../../../../modules/store-info/contract.ts"
import { useAct } from "../account/use-act.ts"
import { say } from "../say.ts"
import { inWords } from "../words.ts"
import { review } from "./own-words.ts"

export type Fact = SetUp["facts"][number]

export interface FactTrouble {
  readonly topic?: string
  readonly en?: string
  readonly es?: string
}

const SENTENCE_LENGTH_MIN = 2
const SENTENCE_LENGTH_MAX = 250
const SOURCE_LENGTH_MAX = 120

export interface FactFieldsProps {
  readonly fact: Fact
  readonly trouble: FactTrouble | undefined
  readonly topics: readonly string[]
  readonly set: (fact: Fact) => void
  readonly remove: () => void
}

export function FactFields({ fact, trouble, topics, set, remove }: FactFieldsProps) {
  const { topic, says, source, since, until } = fact
  const name = topic === "" ? say("New fact") : inWords(topic)
  const known = topic === "" || topics.includes(topic) ? topics : [topic, ...topics]
  return (
    <fieldset className="fact-of" aria-label={name}>
      <Select
        className="field"
        label={say("What callers ask about")}
        searchable
        allowDeselect={false}
        data={known.map((one) => ({ value: one, label: inWords(one) }))}
        error={trouble?.topic}
        value={topic === "" ? null : topic}
        onChange={(chosen) => set({ ...fact, topic: chosen ?? topic })}
      />
      <Sentence
        language="en"
        error={trouble?.en}
        value={says.en}
        set={(en) => set({ ...fact, says: { ...says, en } })}
      />
      <Sentence
        language="es"
        error={trouble?.es}
        value={says.es}
        set={(es) => set({ ...fact, says: { ...says, es } })}
      />
      <Group align="end">
        <TextInput
          label={say("On whose word")}
          required
          withAsterisk={false}
          maxLength={SOURCE_LENGTH_MAX}
          autoComplete="off"
          value={source}
          onChange={({ currentTarget }) => set({ ...fact, source: currentTarget.value })}
        />
        <TextInput
          type="date"
          label={say("Told from")}
          required
          withAsterisk={false}
          value={since}
          onChange={({ currentTarget }) => set({ ...fact, since: currentTarget.value })}
        />
        <TextInput
          type="date"
          label={say("Told until")}
          value={until ?? ""}
          onChange={({ currentTarget }) => set(endingOn(fact, currentTarget.value))}
        />
      </Group>
      <ReadBack fact={fact} name={name} remove={remove} />
    </fieldset>
  )
}

interface SentenceProps {
  readonly language: "en" | "es"
  readonly error: string | undefined
  readonly value: string
  readonly set: (words: string) => void
}

function Sentence({ language, error, value, set }: SentenceProps) {
  return (
    <Textarea
      className="field-wide"
      lang={language}
      label={language === "en" ? say("In English") : say("In Spanish")}
      required
      withAsterisk={false}
      autosize
      minLength={SENTENCE_LENGTH_MIN}
      maxLength={SENTENCE_LENGTH_MAX}
      autoComplete="off"
      error={error}
      value={value}
      onChange={({ currentTarget }) => set(currentTarget.value)}
    />
  )
}

function endingOn({ until: _, ...fact }: Fact, day: string): Fact {
  return day === "" ? fact : { ...fact, until: day }
}

interface ReadBackProps {
  readonly fact: Fact
  readonly name: string
  readonly remove: () => void
}

function ReadBack({ fact: { says }, name, remove }: ReadBackProps) {
  const [heard, setHeard] = useState<readonly string[]>([])
  const { act, isBusy } = useAct()
  const read = (): Promise<boolean> =>
    act(async () => {
      const asked = { kind: "fact" } as const
      const en = await review({ ...asked, language: "en", words: says.en })
      const es = await review({ ...asked, language: "es", words: says.es })
      setHeard([en.spoken, es.spoken])
    })
  const isWhole = says.en.length >= SENTENCE_LENGTH_MIN && says.es.length >= SENTENCE_LENGTH_MIN
  return (
    <>
      <Group>
        <Button
          variant="default"
          size="xs"
          loading={isBusy}
          disabled={!isWhole}
          aria-label={say("What callers hear: {what}", { what: name })}
          onClick={() => void read()}
        >
          {say("What callers hear")}
        </Button>
        <Button
          variant="default"
          size="xs"
          aria-label={say("Take away: {what}", { what: name })}
          onClick={remove}
        >
          {say("Take away")}
        </Button>
      </Group>
      <div aria-live="polite">
        {heard.map((spoken) => (
          <blockquote key={spoken}>{spoken}</blockquote>
        ))}
      </div>
    </>
  )
}
