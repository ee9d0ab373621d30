/** One call: who if verified, what about, which step, and what is being said. */
import { Box, Title } from "@mantine/core"
import { useCallback, useState } from "react"
import { command, Trouble } from "../api.ts"
import type { Change } from "../live.ts"
import { BackLink } from "../parts/back-link.tsx"
import { CallAudio, type PlayFrom } from "../parts/call-audio.tsx"
import { isLive, StateTag } from "../parts/call-state.tsx"
import { Card } from "../parts/card.tsx"
import { RedactedExport } from "../parts/redacted-export.tsx"
import { NotLoaded } from "../parts/states.tsx"
import { Tag } from "../parts/tag.tsx"
import { Transcript } from "../parts/transcript.tsx"
import { go } from "../router.ts"
import { say } from "../say.ts"
import { useLoaded } from "../use-loaded.ts"
import { useNow } from "../use-now.ts"
import { clockSpan, inWords, phoneText, stepText, timeOfDay } from "../words.ts"

async function loadCall(call: string) {
  const [register, talk] = await Promise.all([
    command("calls", "get", { call }),
    command("conversations", "get", { conversation: call }).catch(withoutTalk),
  ])
  const patient = talk?.patient
  const record = patient === undefined ? undefined : await command("patients", "get", { patient })
  return { register, talk, name: record && `${record.firstName} ${record.lastName}` }
}

/** A call that rings has no conversation yet. */
function withoutTalk(error: unknown): undefined {
  if (error instanceof Trouble && error.status === 404) return undefined
  throw error
}

export function CallPage({ id }: { id: string }) {
  const nowMs = useNow(1_000)
  const load = useCallback(() => loadCall(id), [id])
  const isAbout = useCallback(
    ({ kind, call, conversation }: Change) =>
      call === id || (kind === "conversation" && conversation === id),
    [id],
  )
  const { value, trouble, again } = useLoaded(load, isAbout)
  if (!value) return <NotLoaded trouble={trouble} again={again} />
  const { register, talk, name } = value
  const endedAtMs = register.endedAtMs ?? nowMs
  return (
    <article className="item">
      <header className="item-head">
        <BackLink list={say("Calls")} label={say("Back to the calls")} back={() => go("/calls")} />
        <Title order={2} size="h3">
          {register.from ? phoneText(register.from) : say("No number")}
        </Title>
        <div className="row-tags">
          <StateTag state={register.state} />
          <span className="dim small numbers">
            {timeOfDay(register.startedAtMs)} · {clockSpan(endedAtMs - register.startedAtMs)}
          </span>
        </div>
      </header>
      <Box className="item-body" role="region" aria-label={say("Details")} tabIndex={0}>
        {talk && <Talk {...talk} name={name} />}
        <Heard id={id} recording={isLive(register) ? undefined : register.recording} />
        <RedactedExport
          conversation={id}
          patient={talk?.patient}
          phones={register.from ? [register.from] : []}
        />
      </Box>
    </article>
  )
}

/** The words, and the sound under them: a line plays from its second, and is marked as it plays. */
function Heard({ id, recording }: { id: string; recording: string | undefined }) {
  const [playFrom, setPlayFrom] = useState<PlayFrom>()
  const [atMs, setAtMs] = useState<number>()
  const play = (fromMs: number) => setPlayFrom({ fromMs })
  return (
    <Card title={say("What is said")} size="h5" className="card-fill">
      {recording && <CallAudio recording={recording} playFrom={playFrom} at={setAtMs} />}
      <Transcript conversation={id} atMs={atMs} {...(recording ? { play } : {})} />
    </Card>
  )
}

type TalkProps = Awaited<ReturnType<typeof command<"conversations", "get">>> & {
  /** Known when the caller was verified. */
  readonly name: string | undefined
}

function Talk({ identity, name, about, step, tone }: TalkProps) {
  return (
    <section className="card">
      <dl className="facts">
        <div>
          <dt>{say("Caller")}</dt>
          <dd>
            <Tag tone={identity === "verified" ? "good" : "soon"}>{inWords(identity)}</Tag>
            {name && <span>{name}</span>}
          </dd>
        </div>
        <div>
          <dt>{say("About")}</dt>
          <dd>{about.length > 0 ? about.map(inWords).join(", ") : say("Not said yet")}</dd>
        </div>
        <div>
          <dt>{say("Step")}</dt>
          <dd>{stepText(step)}</dd>
        </div>
        {tone && (
          <div>
            <dt>{say("Tone")}</dt>
            <dd>{inWords(tone)}</dd>
          </div>
        )}
      </dl>
    </section>
  )
}
