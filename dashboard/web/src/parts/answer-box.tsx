/**
 * What staff answer to a patient, by text: read as it will be sent before it is sent, and followed
 * afterwards. The policy says when; it never names a medicine.
 */
import { Button, Textarea } from "@mantine/core"
import { type FormEvent, useCallback, useEffect, useRef, useState } from "react"
import type { Notice } from "../../../../modules/notifications/contract.ts"
import { command } from "../api.ts"
import { useKeys } from "../keys.ts"
import { type Change, useIsConnected } from "../live.ts"
import { type English, say } from "../say.ts"
import { useLoaded } from "../use-loaded.ts"
import { inWords, timeOfDay, whenText } from "../words.ts"
import { Card } from "./card.tsx"
import { KeyName } from "./key-name.tsx"
import { Tag, type Tone } from "./tag.tsx"
import { tellDone } from "./tell.ts"

type Preview = Awaited<ReturnType<typeof command<"notifications", "preview">>>

const LENGTH_MAX = 300
/** A text that waits is looked at so often: being held is no news of its own. */
const LOOK_MS = 10_000
const isAboutTexts = ({ kind }: Change): boolean => kind === "text"

export interface AnswerBoxProps {
  readonly item: string
  readonly patient: string
}

export function AnswerBox({ item, patient }: AnswerBoxProps) {
  const load = useCallback(
    async () => (await command("notifications", "list", { patient, item })).notices,
    [patient, item],
  )
  const { value: notices, trouble, again } = useLoaded(load, isAboutTexts)
  const isWaiting = notices?.some(({ state }) => state === "waiting" || state === "sending")
  useEffect(() => {
    if (!isWaiting) return
    const timer = setInterval(again, LOOK_MS)
    return () => clearInterval(timer)
  })
  return (
    <Card title={say("Answer by text")} size="h5">
      {trouble && <p className="dim">{trouble.message}</p>}
      <AnswerForm item={item} patient={patient} sent={again} />
      {notices && notices.length > 0 && (
        <ul className="short-list" aria-label={say("Answers sent")}>
          {notices.map((notice) => (
            <AnswerState key={notice.notice} notice={notice} />
          ))}
        </ul>
      )}
    </Card>
  )
}

function AnswerForm({ item, patient, sent }: AnswerBoxProps & { readonly sent: () => void }) {
  const field = useRef<HTMLTextAreaElement>(null)
  const [text, setText] = useState("")
  const [preview, setPreview] = useState<Preview>()
  const [isBusy, setBusy] = useState(false)
  const isReady = useIsConnected() && text.trim() !== "" && !isBusy
  useKeys({ w: () => field.current?.focus() })

  const go = async (event: FormEvent): Promise<void> => {
    event.preventDefault()
    if (!isReady) return
    setBusy(true)
    const answer = { patient, text: text.trim() }
    if (!preview) await tellShown(async () => setPreview(await show(answer)))
    else if (await tellDone(() => send({ ...answer, item }), takenText(preview))) {
      setText("")
      setPreview(undefined)
      sent()
    }
    setBusy(false)
  }
  return (
    <form className="answer-form" onSubmit={(event) => void go(event)}>
      <Textarea
        ref={field}
        label={say("Your answer")}
        description={say(
          "No drug names, no conditions: others may read the telephone. Ctrl and Enter to go on.",
        )}
        autosize
        minRows={2}
        maxRows={6}
        maxLength={LENGTH_MAX}
        value={text}
        onChange={({ currentTarget }) => {
          setText(currentTarget.value)
          setPreview(undefined)
        }}
        onKeyDown={(event) => {
          if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) void go(event)
          if (event.key === "Escape") event.currentTarget.blur()
        }}
      />
      {preview && <Shown preview={preview} />}
      <div className="buttons">
        <Button
          type="submit"
          variant={preview ? "filled" : "default"}
          disabled={!isReady}
          rightSection={text === "" ? <KeyName name="w" /> : undefined}
        >
          {preview ? say("Send this") : say("Show what will be sent")}
        </Button>
      </div>
    </form>
  )
}

const show = (answer: { patient: string; text: string }) =>
  command("notifications", "preview", answer)
const send = (answer: { patient: string; text: string; item: string }) =>
  command("notifications", "answer", answer)

/** What is shown needs no word of success. */
async function tellShown(work: () => Promise<void>): Promise<void> {
  try {
    await work()
  } catch (error) {
    await tellDone(() => Promise.reject(error), "")
  }
}

function takenText({ verdict }: Preview): string {
  return verdict === "refuse" ? say("A call back will be owed.") : say("The answer is taken.")
}

const whyNot: Readonly<Record<string, English>> = {
  stopped: "The patient said stop. A call back is owed instead.",
  wants_calls: "The patient wants calls, not texts. A call back is owed instead.",
  no_number: "No number is on file, so somebody has to find one. A call back is owed instead.",
}
const NOT_BY_TEXT = "No text may go out. A call back is owed instead."

/** Every word of the text, and when it goes. */
function Shown({ preview }: { preview: Preview }) {
  const { text, language, isBare, verdict, untilMs, why = "" } = preview
  return (
    <div className="answer-shown" role="status">
      {verdict === "refuse" ? (
        <p>{say(whyNot[why] ?? NOT_BY_TEXT)}</p>
      ) : (
        <>
          <p className="dim small">{say("The patient will read:")}</p>
          <blockquote className="answer-text" lang={language}>
            {text}
          </blockquote>
          {isBare && (
            <p>
              {say(
                "Your words name a medicine, and anybody may read a telephone: this goes instead.",
              )}
            </p>
          )}
          {language === "es" && !isBare && (
            <p>{say("The patient reads Spanish. Your own words go out as you wrote them.")}</p>
          )}
        </>
      )}
      {verdict === "send" && <p>{say("It goes out within a minute.")}</p>}
      {verdict === "hold" && (
        <p>{say("Quiet hours: it goes out {when}.", { when: whenText(untilMs ?? 0) })}</p>
      )}
    </div>
  )
}

function AnswerState({ notice }: { notice: Notice }) {
  const { createdAtMs, isBare } = notice
  const [tone, words] = stateOf(notice)
  return (
    <li className="row-tags">
      <span className="dim small">{timeOfDay(createdAtMs)}</span>
      <Tag tone={tone}>{words}</Tag>
      {isBare && <Tag>{say("Asks for a call only")}</Tag>}
    </li>
  )
}

function stateOf({ state, why, delivery, dueAtMs }: Notice): readonly [Tone, string] {
  if (delivery === "delivered") return ["good", say("Delivered")]
  if (delivery === "failed") return ["late", say("The carrier could not deliver it")]
  if (state === "sent") return ["good", say("Sent")]
  if (state === "refused") return ["late", say(whyNot[why ?? ""] ?? NOT_BY_TEXT)]
  if (state === "waiting")
    return why === undefined
      ? ["calm", say("On its way")]
      : ["soon", say("Held until {when}", { when: whenText(dueAtMs) })]
  return state === "lost"
    ? ["late", say("The carrier was down for too long. A call back is owed instead.")]
    : ["calm", inWords(state)]
}
