/** What callers are told of delivery, parking or a flu shot: in both languages, on whose word. */
import { Button } from "@mantine/core"
import { useState } from "react"
import { daysAgo } from "../reports.ts"
import { say } from "../say.ts"
import { useLoaded } from "../use-loaded.ts"
import { type Fact, FactFields, type FactTrouble } from "./fact-fields.tsx"
import { loadSiteWords, review, troubleText } from "./own-words.ts"
import { FieldTrouble, PartForm, type PartProps } from "./part-form.tsx"

const FACTS_MAX = 60
const never = (): boolean => false

/** A fact with a name of its own, so that taking one away leaves the others as they are typed. */
interface Row {
  readonly key: number
  readonly fact: Fact
  readonly trouble?: FactTrouble | undefined
}

export function FactsStep(part: PartProps) {
  const { facts } = part.shown.setUp
  const [rows, setRows] = useState<readonly Row[]>(() =>
    [...facts.entries()].map(([key, fact]) => ({ key, fact })),
  )
  const [next, setNext] = useState(facts.length)
  const [code, setCode] = useState("")
  const { value } = useLoaded(loadSiteWords, never)
  const set = (key: number, change: Partial<Row>): void =>
    setRows(rows.map((row) => (row.key === key ? { ...row, ...change } : row)))
  const add = (): void => {
    const fact = { topic: "", says: { en: "", es: "" }, source: "", since: daysAgo(0) }
    setRows([{ key: next, fact }, ...rows])
    setNext(next + 1)
  }
  const parts = async () => {
    const reviewed = await Promise.all(rows.map((row) => reviewedRow(row, facts)))
    setRows(reviewed)
    if (reviewed.some(({ trouble }) => trouble)) return undefined
    return { facts: reviewed.map(({ fact }) => fact) }
  }
  const point = (now: string): boolean => {
    setCode(now)
    return now === "fact_twice" || now === "fact_ends_early"
  }
  return (
    <PartForm
      {...part}
      title={say("Facts")}
      intro={[
        say("A caller who asks is told the sentence word for word, from one day to the other."),
        say("What does not stand here is for a person to tell."),
      ].join(" ")}
      parts={parts}
      point={point}
    >
      <Button variant="default" disabled={rows.length >= FACTS_MAX} onClick={add}>
        {say("Add a fact")}
      </Button>
      {rows.length === 0 && <p className="dim">{say("No fact is written down yet.")}</p>}
      <ul className="plain-list">
        {rows.map(({ key, fact, trouble }) => (
          <li key={key}>
            <FactFields
              fact={fact}
              trouble={trouble}
              topics={value?.topics ?? []}
              set={(changed) => set(key, { fact: changed, trouble: undefined })}
              remove={() => setRows(rows.filter((row) => row.key !== key))}
            />
          </li>
        ))}
      </ul>
      <FieldTrouble says={saysOf(code)} />
    </PartForm>
  )
}

function saysOf(code: string): string | undefined {
  if (code === "fact_twice") return say("Two facts of one topic begin on the same day.")
  return code === "fact_ends_early" ? say("A fact ends before it begins.") : undefined
}

/** What stands as it stood is not asked about again. */
async function reviewedRow({ key, fact }: Row, before: readonly Fact[]): Promise<Row> {
  if (before.includes(fact)) return { key, fact }
  const trouble = await troubleWith(fact)
  return trouble ? { key, fact, trouble } : { key, fact }
}

async function troubleWith({ topic, says }: Fact): Promise<FactTrouble | undefined> {
  if (topic === "") return { topic: say("Choose what callers ask about.") }
  const asked = { kind: "fact" } as const
  const en = troubleText(await review({ ...asked, language: "en", words: says.en }))
  const es = troubleText(await review({ ...asked, language: "es", words: says.es }))
  return en === undefined && es === undefined ? undefined : { ...(en && { en }), ...(es && { es }) }
}
