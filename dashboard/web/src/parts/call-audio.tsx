/** The sound of a whole call, in step with its words: it tells where it is, and goes where told. */
import { useEffect, useRef } from "react"
import { say } from "../say.ts"
import { useRecording } from "../use-recording.ts"
import { ListenButton } from "./listen-button.tsx"

/** A new one for every wish, also for the same moment again. */
export interface PlayFrom {
  readonly fromMs: number
}

export interface CallAudioProps {
  readonly recording: string
  readonly playFrom: PlayFrom | undefined
  readonly at: (atMs: number) => void
}

export function CallAudio({ recording, playFrom, at }: CallAudioProps) {
  const { url, trouble, isLoading, load } = useRecording(recording)
  const sound = useRef<HTMLAudioElement>(null)
  useEffect(() => {
    if (!playFrom) return
    if (!url) return void load()
    if (!sound.current) return
    sound.current.currentTime = playFrom.fromMs / 1_000
    // A browser that will not begin by itself leaves the sound at the right second.
    void sound.current.play().catch(() => undefined)
  }, [playFrom, url, load])

  if (trouble) return <p className="dim">{trouble}</p>
  if (!url) return <ListenButton isLoading={isLoading} load={load} />
  return (
    <audio
      ref={sound}
      className="audio"
      src={url}
      controls
      aria-label={say("What was said")}
      onTimeUpdate={({ currentTarget }) => at(Math.round(currentTarget.currentTime * 1_000))}
    >
      <track kind="captions" label={say("The words stand in the transcript")} />
    </audio>
  )
}
