/** One prior authorisation: what it is made of, the letter, and the one step that is due now. */
import { Box, Button } from "@mantine/core"
import { type ReactNode, useCallback, useRef, useState } from "react"
import type { PriorAuth } from "../../../../modules/prior-auth/contract.ts"
import { useAct } from "../account/use-act.ts"
import { command } from "../api.ts"
import { useKeys } from "../keys.ts"
import { type Change, useIsConnected } from "../live.ts"
import { CaseHead } from "../parts/case-head.tsx"
import { CaseItems } from "../parts/case-items.tsx"
import { KeyName } from "../parts/key-name.tsx"
import { NotLoaded } from "../parts/states.tsx"
import { DueTag, Tag } from "../parts/tag.tsx"
import { say } from "../say.ts"
import { useLoaded } from "../use-loaded.ts"
import { useNow } from "../use-now.ts"
import { inWords } from "../words.ts"
import { AnswerDialog, CloseDialog, SentDialog } from "./auth-dialogs.tsx"
import { AuthFacts, AuthHistory } from "./auth-facts.tsx"
import { LetterCard } from "./letter-card.tsx"
import { PacketCard } from "./packet-card.tsx"
import { alarmOf, placesLeft } from "./standing.ts"

export function AuthView({ id }: { id: string }) {
  const load = useCallback(() => command("prior-auth", "get", { priorAuth: id }), [id])
  const isAbout = useCallback(
    ({ kind, priorAuth }: Change) => kind === "prior_auth" && priorAuth === id,
    [id],
  )
  const { value: auth, trouble, again } = useLoaded(load, isAbout)
  const [typed, setTyped] = useState<string>()
  const field = useRef<HTMLTextAreaElement>(null)
  useKeys({ e: () => field.current?.focus() })
  if (!auth) return <NotLoaded trouble={trouble} again={again} />
  const text = typed ?? auth.edited ?? auth.letter?.text ?? ""
  const drafted = (): void => {
    setTyped(undefined)
    again()
  }
  return (
    <article className="item">
      <Head auth={auth} />
      <Box className="item-body" role="region" aria-label={say("Details")} tabIndex={0}>
        <AuthFacts auth={auth} />
        <PacketCard key={auth.letter?.text} auth={auth} letter={text} drafted={drafted} />
        <LetterCard auth={auth} text={text} type={setTyped} saved={again} field={field} />
        <CaseItems id={id} patient={auth.patient} />
        <AuthHistory auth={auth} />
      </Box>
      <Steps auth={auth} letter={text} again={again} />
    </article>
  )
}

function Head({ auth }: { auth: PriorAuth }) {
  const nowMs = useNow()
  const { drugName, patientName, rxNumber, state, dueAtMs, validUntil = "" } = auth
  return (
    <CaseHead
      title={
        <>
          {drugName ?? rxNumber}
          {patientName && <span className="dim"> · {patientName}</span>}
        </>
      }
      list={say("Prior authorisations")}
      path="/prior-auth"
    >
      <StateTag auth={auth} />
      {state === "submitted" && dueAtMs !== undefined && <DueTag dueAtMs={dueAtMs} nowMs={nowMs} />}
      {alarmOf(auth, nowMs) === "ends" && (
        <Tag tone="soon">{say("ends on {day}", { day: validUntil })}</Tag>
      )}
    </CaseHead>
  )
}

export function StateTag({ auth: { state } }: { auth: PriorAuth }) {
  return <Tag tone={tones[state]}>{inWords(state)}</Tag>
}

const tones = {
  ...({ open: "calm", submitted: "calm", not_needed: "calm" } as const),
  ...({ denied: "late", approved: "good", paid: "good" } as const),
}

interface StepsProps {
  readonly auth: PriorAuth
  readonly letter: string
  readonly again: () => void
}

/** At the foot: the step that is due, each on one key. */
function Steps({ auth, letter, again }: StepsProps) {
  const [asked, ask] = useState<"sent" | "answer" | "close">()
  const { act, isBusy } = useAct()
  const mayAct = useIsConnected() && !isBusy
  const { priorAuth, state, claim } = auth
  const maySend = state === "open" && letter.trim() !== "" && placesLeft(letter) === 0
  const resend = async (): Promise<void> => {
    await act(() => command("prior-auth", "resubmit", { priorAuth }), say("The payer answered."))
    again()
  }
  const notePaid = async (): Promise<void> => {
    await act(() => command("prior-auth", "notePaid", { priorAuth }), say("The claim is paid."))
    again()
  }
  const isOver = ["paid", "denied", "not_needed"].includes(state)
  const mayResend = mayAct && state === "approved" && claim !== undefined
  useKeys({
    s: () => mayAct && maySend && ask("sent"),
    a: () => mayAct && state === "submitted" && ask("answer"),
    c: () => mayResend && void resend(),
    p: () => mayAct && state === "approved" && void notePaid(),
    x: () => mayAct && !isOver && ask("close"),
  })
  const close = (): void => ask(undefined)
  const done = (): void => {
    close()
    again()
  }
  if (isOver) return null
  return (
    <footer className="decisions">
      <p className="dim small">{hintOf(auth, letter)}</p>
      <div className="buttons">
        {state === "open" && (
          <Step name="s" may={mayAct && maySend} act={() => ask("sent")}>
            {say("I have sent it")}
          </Step>
        )}
        {state === "submitted" && (
          <Step name="a" may={mayAct} act={() => ask("answer")}>
            {say("The plan answered")}
          </Step>
        )}
        {state === "approved" && (
          <>
            <Step name="c" may={mayResend} act={() => void resend()}>
              {say("Send the claim again")}
            </Step>
            <Step name="p" may={mayAct} act={() => void notePaid()} isSecond>
              {say("It was paid")}
            </Step>
          </>
        )}
        <Step name="x" may={mayAct} act={() => ask("close")} isSecond>
          {say("Not needed any more")}
        </Step>
      </div>
      {asked === "sent" && <SentDialog {...{ priorAuth, letter, close, done }} />}
      {asked === "answer" && <AnswerDialog {...{ priorAuth, close, done }} />}
      {asked === "close" && <CloseDialog {...{ priorAuth, close, done }} />}
    </footer>
  )
}

function hintOf({ state, claim, letter: drafted }: PriorAuth, letter: string): string {
  if (state === "submitted") return say("Waits for the plan. Note what it says.")
  if (state === "open") {
    if (!drafted) return say("Draft the letter first.")
    return placesLeft(letter) > 0
      ? say("Fill the places in brackets, and take out the word DRAFT.")
      : say("Send the letter to the plan yourself, then note it.")
  }
  return claim
    ? say("The same claim goes to the payer again, with the plan's number.")
    : say("No claim is here. Send it from the pharmacy system, then note that it was paid.")
}

interface StepProps {
  readonly name: string
  readonly may: boolean
  readonly act: () => void
  readonly isSecond?: boolean
  readonly children: ReactNode
}

function Step({ name, may, act, isSecond = false, children }: StepProps) {
  return (
    <Button
      variant={isSecond ? "default" : "filled"}
      disabled={!may}
      onClick={act}
      rightSection={<KeyName name={name} />}
    >
      {children}
    </Button>
  )
}
