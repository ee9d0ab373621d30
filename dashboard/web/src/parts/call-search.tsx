/** Finding calls: by number, patient, day, how they ended, and by words that were said in them. */
import { Button, Group, Progress, Select, Stack, TextInput } from "@mantine/core"
import { IconSearch } from "@tabler/icons-react"
import { type FormEvent, useRef, useState } from "react"
import type { Call } from "../../../../modules/calls/contract.ts"
import { command } from "../api.ts"
import { type English, say } from "../say.ts"
import { troubleOf } from "../use-loaded.ts"
import { phoneOf } from "../words.ts"

/** How many calls are looked through at most, and how many at once: each look is written down. */
const CALLS_MAX = 200
const AT_ONCE = 25
const DAY_MS = 24 * 60 * 60_000

export interface Search {
  readonly number: string
  readonly lastName: string
  readonly dateOfBirth: string
  readonly words: string
  readonly from: string
  readonly until: string
  readonly state: string
}

const nothing: Search = {
  ...{ number: "", lastName: "", dateOfBirth: "", words: "", from: "", until: "", state: "" },
}

export interface Results {
  readonly calls: readonly Call[]
  /** Where the words were said, by call. */
  readonly said: ReadonlyMap<string, string>
}

export interface CallSearchProps {
  /** Undefined shows all calls again. */
  readonly found: (results: Results | undefined) => void
}

export function CallSearch({ found }: CallSearchProps) {
  const [search, setSearch] = useState(nothing)
  const [done, setDone] = useState<number>()
  const [trouble, setTrouble] = useState<string>()
  const round = useRef(0)
  const set = (part: Partial<Search>) => setSearch({ ...search, ...part })
  const run = async (event: FormEvent) => {
    event.preventDefault()
    const mine = ++round.current
    setTrouble(undefined)
    setDone(0)
    try {
      const results = await resultsOf(search, (part) => mine === round.current && setDone(part))
      if (mine === round.current) found(results)
    } catch (error) {
      setTrouble(troubleOf(error).message)
    } finally {
      if (mine === round.current) setDone(undefined)
    }
  }
  const clear = () => {
    round.current++
    setSearch(nothing)
    setDone(undefined)
    found(undefined)
  }
  return (
    <details className="call-search">
      <summary>{say("Search calls")}</summary>
      <form onSubmit={(event) => void run(event)}>
        <Stack gap="xs">
          <Fields search={search} set={set} />
          {done !== undefined && (
            <Progress value={100 * done} aria-label={say("Looking through the words")} />
          )}
          {trouble && <p role="alert">{trouble}</p>}
          <Group gap="xs">
            <Button type="submit" size="compact-md" leftSection={<IconSearch size={16} />}>
              {say("Search")}
            </Button>
            <Button variant="default" size="compact-md" onClick={clear}>
              {say("Show all")}
            </Button>
          </Group>
        </Stack>
      </form>
    </details>
  )
}

const states: readonly (readonly [Call["state"], English])[] = [
  ["ended", "Ended"],
  ["transferred", "Transferred"],
  ["lost", "Lost"],
  ["in_progress", "In progress"],
]

interface FieldsProps {
  readonly search: Search
  readonly set: (part: Partial<Search>) => void
}

const texts: readonly (readonly [keyof Search, English, string])[] = [
  ["words", "Words said, or an Rx number", "text"],
  ["number", "Phone number", "tel"],
  ["lastName", "Patient's last name", "text"],
  ["dateOfBirth", "Patient's date of birth", "date"],
  ["from", "From day", "date"],
  ["until", "Until day", "date"],
]

function Fields({ search, set }: FieldsProps) {
  return (
    <div className="search-fields">
      {texts.map(([name, label, type]) => (
        <TextInput
          key={name}
          size="xs"
          type={type}
          label={say(label)}
          value={search[name]}
          onChange={({ currentTarget }) => set({ [name]: currentTarget.value })}
        />
      ))}
      <Select
        size="xs"
        label={say("How it ended")}
        clearable
        clearButtonProps={{ "aria-label": say("Clear") }}
        value={search.state || null}
        data={states.map(([value, label]) => ({ value, label: say(label) }))}
        onChange={(state) => set({ state: state ?? "" })}
      />
    </div>
  )
}

/** Midnight of a day where the reader is. */
function startOf(day: string): number {
  return new Date(`${day}T00:00`).getTime()
}

async function resultsOf(search: Search, progress: (part: number) => void): Promise<Results> {
  const calls = await callsOf(search)
  const words = search.words.trim()
  if (words.length < 2) return { calls, said: new Map() }
  const said = new Map<string, string>()
  for (let at = 0; at < calls.length; at += AT_ONCE) {
    const conversations = calls.slice(at, at + AT_ONCE).map(({ call }) => call)
    const { found } = await command("transcripts", "search", { words, conversations })
    for (const { conversation, line } of found) said.set(conversation, line.text)
    progress(Math.min(1, (at + AT_ONCE) / calls.length))
  }
  return { calls: calls.filter(({ call }) => said.has(call)), said }
}

async function callsOf(search: Search): Promise<readonly Call[]> {
  const phone = phoneOf(search.number)
  const state = states.find(([one]) => one === search.state)?.[0]
  const asked = {
    limit: CALLS_MAX,
    ...(phone === undefined ? {} : { phone }),
    ...(state === undefined ? {} : { state }),
    ...(search.from ? { fromMs: startOf(search.from) } : {}),
    ...(search.until ? { beforeMs: startOf(search.until) + DAY_MS } : {}),
  }
  const { lastName, dateOfBirth } = search
  if (!lastName.trim() || !dateOfBirth) return (await command("calls", "list", asked)).calls
  const named = { lastName: lastName.trim(), dateOfBirth }
  const { patients } = await command("patients", "search", named)
  const each = await Promise.all(
    patients.map(({ patient }) => command("calls", "list", { ...asked, patient })),
  )
  return each.flatMap(({ calls }) => calls)
}
