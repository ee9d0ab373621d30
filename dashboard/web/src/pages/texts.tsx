/** Texts with patients: who wrote last, all that was written with one number, and writing back. */
import { Box, Button, Textarea, Title } from "@mantine/core"
import { IconMessageOff, IconSend } from "@tabler/icons-react"
import { type FormEvent, useCallback, useState } from "react"
import { command } from "../api.ts"
import type { Change } from "../live.ts"
import { useIsConnected } from "../live.ts"
import { BackLink } from "../parts/back-link.tsx"
import { EmptyState, NotLoaded } from "../parts/states.tsx"
import { Tag } from "../parts/tag.tsx"
import { tellDone } from "../parts/tell.ts"
import { say } from "../say.ts"
import { useLoaded } from "../use-loaded.ts"
import { useNow } from "../use-now.ts"
import { agoText, inWords, phoneText, timeOfDay } from "../words.ts"

type Thread = Awaited<ReturnType<typeof command<"messaging", "threads">>>["threads"][number]
type Message = Awaited<ReturnType<typeof command<"messaging", "thread">>>["messages"][number]

const LISTED_MAX = 200
const TEXT_LENGTH_MAX = 480
const isAboutTexts = ({ kind }: Change): boolean => kind === "text"
const loadThreads = async (): Promise<readonly Thread[]> =>
  (await command("messaging", "threads", { limit: LISTED_MAX })).threads

/** Whose texts are open is no part of the address: a number never stands there. */
export function TextsPage() {
  const { value: threads, trouble, again } = useLoaded(loadThreads, isAboutTexts)
  const [phone, setPhone] = useState<string>()
  return (
    <div className={phone ? "split split-open" : "split"}>
      <section className="split-list" aria-label={say("Texts")}>
        <div className="list-head">
          <Title order={1} size="h3">
            {say("Texts")}
          </Title>
        </div>
        {!threads && <NotLoaded trouble={trouble} again={again} />}
        {threads?.length === 0 && (
          <EmptyState
            title={say("No texts yet")}
            icon={<IconMessageOff size={34} stroke={1.5} aria-hidden />}
          >
            {say("Texts appear here as they come.")}
          </EmptyState>
        )}
        <ThreadList threads={threads ?? []} chosen={phone} choose={setPhone} />
      </section>
      <section className="split-main" aria-label={say("The texts with one number")}>
        {phone ? (
          <ThreadView key={phone} phone={phone} back={() => setPhone(undefined)} />
        ) : (
          <EmptyState title={say("No texts chosen")}>{say("Choose one from the list.")}</EmptyState>
        )}
      </section>
    </div>
  )
}

interface ThreadListProps {
  readonly threads: readonly Thread[]
  readonly chosen: string | undefined
  readonly choose: (phone: string) => void
}

function ThreadList({ threads, chosen, choose }: ThreadListProps) {
  const nowMs = useNow()
  return (
    <ul className="rows">
      {threads.map(({ phone, lastAtMs, optedOut, text, direction }) => (
        <li key={phone}>
          <button
            type="button"
            className="row row-button"
            {...(phone === chosen ? { "aria-current": "true" } : {})}
            onClick={() => choose(phone)}
          >
            <span className="row-top">
              <span className="row-title numbers">{phoneText(phone)}</span>
              <span className="dim small">{agoText(lastAtMs, nowMs)}</span>
            </span>
            <span className="row-words">
              {direction === "out" ? say("You: {text}", { text }) : text}
            </span>
            {optedOut && (
              <span className="row-tags">
                <Tag tone="late">{say("Said stop")}</Tag>
              </span>
            )}
          </button>
        </li>
      ))}
    </ul>
  )
}

function ThreadView({ phone, back }: { phone: string; back: () => void }) {
  const load = useCallback(() => command("messaging", "thread", { phone, limit: 200 }), [phone])
  const { value, trouble, again } = useLoaded(load, isAboutTexts)
  if (!value) return <NotLoaded trouble={trouble} again={again} />
  const numbered = value.messages.map((message, place) => ({ message, place }))
  return (
    <article className="item">
      <header className="item-head">
        <BackLink list={say("Texts")} label={say("Back to the texts")} back={back} />
        <Title order={2} size="h3">
          {phoneText(phone)}
        </Title>
      </header>
      <Box className="item-body" role="log" aria-label={say("Texts")} tabIndex={0}>
        {numbered.map(({ message, place }) => (
          <Bubbles key={place} message={message} />
        ))}
      </Box>
      <Reply phone={phone} hasStopped={value.optedOut} sent={again} />
    </article>
  )
}

const failedStates: readonly string[] = ["failed", "undelivered"]

function Bubbles({ message }: { message: Message }) {
  const { direction, text, atMs, status, by, reply } = message
  const who = direction === "in" ? say("Patient") : (by ?? "Mortar")
  return (
    <>
      <div className={direction === "in" ? "line line-caller" : "line line-agent"}>
        <p className="line-who">
          {who} <span className="dim">{timeOfDay(atMs)}</span>
          {status && (
            <Tag tone={failedStates.includes(status) ? "late" : "calm"}>{inWords(status)}</Tag>
          )}
        </p>
        <p className="line-text">{text}</p>
      </div>
      {reply && (
        <div className="line line-agent">
          <p className="line-who">{"Mortar"}</p>
          <p className="line-text">{reply}</p>
        </div>
      )}
    </>
  )
}

interface ReplyProps {
  readonly phone: string
  readonly hasStopped: boolean
  readonly sent: () => void
}

function Reply({ phone, hasStopped, sent }: ReplyProps) {
  const [text, setText] = useState("")
  const isConnected = useIsConnected()
  const isReady = text.trim() !== "" && isConnected
  const send = async (event: FormEvent) => {
    event.preventDefault()
    if (!isReady) return
    const wrote = () => command("messaging", "write", { phone, text: text.trim() })
    if (await tellDone(wrote, say("The text is on its way."))) setText("")
    sent()
  }
  if (hasStopped)
    return (
      <footer className="decisions">
        <p>{say("This number said stop: no text is sent to it.")}</p>
      </footer>
    )
  return (
    <form className="decisions" onSubmit={(event) => void send(event)}>
      <Textarea
        label={say("Your text")}
        description={say("No drug names, no conditions: others may read the screen.")}
        autosize
        minRows={2}
        maxRows={6}
        maxLength={TEXT_LENGTH_MAX}
        value={text}
        onChange={({ currentTarget }) => setText(currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) void send(event)
        }}
      />
      <div className="buttons">
        <Button type="submit" disabled={!isReady} leftSection={<IconSend size={16} />}>
          {say("Send")}
        </Button>
      </div>
    </form>
  )
}
