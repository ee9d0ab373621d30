/** One call: who if verified, what about, which step, and what is being said. */
import { Anchor, Box, Title } from "@mantine/core"
import { IconArrowLeft } from "@tabler/icons-react"
import { useCallback } from "react"
import { command, Trouble } from "../api.ts"
import type { Change } from "../live.ts"
import { AudioStretch } from "../parts/audio-stretch.tsx"
import { isLive, StateTag } from "../parts/call-state.tsx"
import { LoadingState, TroubleState } from "../parts/states.tsx"
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
  if (!value && trouble) return <TroubleState trouble={trouble} again={again} />
  if (!value) return <LoadingState />
  const { register, talk, name } = value
  const endedAtMs = register.endedAtMs ?? nowMs
  return (
    <article className="item">
      <header className="item-head">
        <Anchor
          component="button"
          type="button"
          className="back"
          aria-label={say("Back to the calls")}
          onClick={() => go("/calls")}
        >
          <IconArrowLeft size={18} aria-hidden /> {say("Calls")}
        </Anchor>
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
        {register.recording && !isLive(register) && (
          <section className="card">
            <AudioStretch recording={register.recording} />
          </section>
        )}
        <section className="card card-fill">
          <Title order={2} size="h5">
            {say("What is said")}
          </Title>
          <Transcript conversation={id} />
        </section>
      </Box>
    </article>
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
