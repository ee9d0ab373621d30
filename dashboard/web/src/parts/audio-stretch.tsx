/** Plays the moment it was said. The sound is fetched when asked for and forgotten afterwards. */
import { say } from "../say.ts"
import { type Stretch, useRecording } from "../use-recording.ts"
import { ListenButton } from "./listen-button.tsx"

export interface AudioStretchProps extends Stretch {
  readonly recording: string
}

/** A little of before and after, so that nothing is cut. */
const MARGIN_MS = 500

export function AudioStretch({ recording, fromMs, untilMs }: AudioStretchProps) {
  const { url, trouble, ...asking } = useRecording(recording, {
    fromMs: fromMs === undefined ? undefined : Math.max(0, fromMs - MARGIN_MS),
    untilMs: untilMs === undefined ? undefined : untilMs + MARGIN_MS,
  })
  if (trouble) return <p className="dim">{trouble}</p>
  if (!url) return <ListenButton {...asking} />
  return (
    <audio className="audio" src={url} controls autoPlay aria-label={say("What was said")}>
      <track kind="captions" label={say("The words stand in the transcript")} />
    </audio>
  )
}
