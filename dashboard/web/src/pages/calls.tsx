/** Calls in progress and those of today; what is said in one of them, while it is said. */
import { Button, Title } from "@mantine/core"
import { IconPhoneOff } from "@tabler/icons-react"
import { useCallback, useRef, useState } from "react"
import type { Call } from "../../../../modules/calls/contract.ts"
import { command } from "../api.ts"
import { useKeys } from "../keys.ts"
import type { Change } from "../live.ts"
import { CallSearch, type Results } from "../parts/call-search.tsx"
import { isLive, StateTag } from "../parts/call-state.tsx"
import "../parts/calls.css"
import { EmptyState, NotLoaded } from "../parts/states.tsx"
import { Tag } from "../parts/tag.tsx"
import { go } from "../router.ts"
import { say } from "../say.ts"
import { useLoaded } from "../use-loaded.ts"
import { useNow } from "../use-now.ts"
import { agoText, clockSpan, inWords, phoneText } from "../words.ts"
import { CallPage } from "./call.tsx"

/** So many at once; older ones when somebody asks for them. */
const LISTED_MAX = 100
const isAboutCalls = (change: Change): boolean => change.kind === "call"

interface Listed {
  readonly calls: readonly Call[]
  readonly hasOlder: boolean
}

/** The newest pages, read anew together: a call on any of them may have changed. */
async function loadCalls(pages: number): Promise<Listed> {
  const found = new Map<string, Call>()
  let oldest: Call | undefined
  for (let page = 0; page < pages; page++) {
    // Two may have begun in one millisecond: what is listed twice is shown once.
    const from = oldest ? { beforeMs: oldest.startedAtMs + 1 } : {}
    const { calls } = await command("calls", "list", { limit: LISTED_MAX, ...from })
    for (const call of calls) found.set(call.call, call)
    oldest = calls.at(-1)
    if (calls.length < LISTED_MAX) return { calls: [...found.values()], hasOlder: false }
  }
  return { calls: [...found.values()], hasOlder: true }
}

function useCalls() {
  const pages = useRef(1)
  const load = useCallback(() => loadCalls(pages.current), [])
  const { value, trouble, again } = useLoaded(load, isAboutCalls)
  const older = (): void => {
    pages.current++
    again()
  }
  return { calls: value?.calls, hasOlder: value?.hasOlder ?? false, trouble, again, older }
}

export function CallsPage({ call }: { call: string | undefined }) {
  const { calls, hasOlder, trouble, again, older } = useCalls()
  const live = (calls ?? []).filter(isLive)
  const past = (calls ?? []).filter((one) => !isLive(one))
  const [results, setResults] = useState<Results>()
  const shown = results?.calls ?? [...live, ...past]
  const chosen = call ?? shown[0]?.call
  const step = (by: number): void => {
    const at = shown.findIndex((one) => one.call === chosen)
    const next = shown[Math.min(shown.length - 1, Math.max(0, at + by))]
    if (next) go(`/calls/${next.call}`)
  }
  useKeys({ j: () => step(1), k: () => step(-1) })

  return (
    <div className={call ? "split split-open" : "split"}>
      <section className="split-list" aria-label={say("Calls")}>
        <div className="list-head">
          <Title order={1} size="h3">
            {say("Calls")}
          </Title>
          <span className="dim small" role="status">
            {say("{n} in progress", { n: live.length })}
          </span>
        </div>
        <CallSearch found={setResults} />
        {results?.calls.length === 0 && <EmptyState title={say("No call is like that")} />}
        {!calls && <NotLoaded trouble={trouble} again={again} />}
        {calls && !results && shown.length === 0 && (
          <EmptyState
            title={say("No calls yet")}
            icon={<IconPhoneOff size={34} stroke={1.5} aria-hidden />}
          >
            {say("Calls appear here while they ring.")}
          </EmptyState>
        )}
        <CallList calls={shown} chosen={chosen} said={results?.said} />
        {hasOlder && !results && (
          <Button variant="default" className="older" onClick={older}>
            {say("Show older calls")}
          </Button>
        )}
      </section>
      <section className="split-main" aria-label={say("The call")}>
        {chosen ? (
          <CallPage key={chosen} id={chosen} />
        ) : (
          <EmptyState title={say("No call chosen")}>{say("Choose one from the list.")}</EmptyState>
        )}
      </section>
    </div>
  )
}

interface CallListProps {
  readonly calls: readonly Call[]
  readonly chosen: string | undefined
  readonly said: Results["said"] | undefined
}

function CallList({ calls, chosen, said }: CallListProps) {
  const nowMs = useNow(1_000)
  return (
    <ul className="rows">
      {calls.map((call) => (
        <li key={call.call}>
          <a
            href={`/calls/${call.call}`}
            className="row"
            {...(call.call === chosen ? { "aria-current": "true" } : {})}
            onClick={(event) => {
              event.preventDefault()
              go(`/calls/${call.call}`)
            }}
          >
            <span className="row-top">
              <span className="row-title">
                {call.from ? phoneText(call.from) : say("No number")}
              </span>
              <span className="dim small numbers">
                {isLive(call)
                  ? clockSpan(nowMs - call.startedAtMs)
                  : agoText(call.startedAtMs, nowMs)}
              </span>
            </span>
            {said?.has(call.call) && <span className="row-words">“{said.get(call.call)}”</span>}
            <span className="row-tags">
              <StateTag state={call.state} />
              {call.mood && <Tag tone="late">{inWords(call.mood)}</Tag>}
            </span>
          </a>
        </li>
      ))}
    </ul>
  )
}
