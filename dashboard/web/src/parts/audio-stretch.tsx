/** Plays the moment it was said. The sound is fetched when asked for and forgotten afterwards. */
import { Button } from "@mantine/core"
import { IconPlayerPlay } from "@tabler/icons-react"
import { useEffect, useState } from "react"
import { command, Trouble } from "../api.ts"
import { say } from "../say.ts"

export interface AudioStretchProps {
  readonly recording: string
  readonly fromMs?: number | undefined
  readonly untilMs?: number | undefined
}

/** A little of before and after, so that nothing is cut. */
const MARGIN_MS = 500

export function AudioStretch({ recording, fromMs, untilMs }: AudioStretchProps) {
  const [url, setUrl] = useState<string>()
  const [trouble, setTrouble] = useState<string>()
  const [isLoading, setLoading] = useState(false)
  useEffect(() => () => URL.revokeObjectURL(url ?? ""), [url])

  const load = async (): Promise<void> => {
    setLoading(true)
    try {
      const { wavBase64 } = await command("recordings", "exportWav", {
        recording,
        ...(fromMs === undefined ? {} : { fromMs: Math.max(0, fromMs - MARGIN_MS) }),
        ...(untilMs === undefined ? {} : { untilMs: untilMs + MARGIN_MS }),
      })
      const bytes = Uint8Array.from(atob(wavBase64), (letter) => letter.charCodeAt(0))
      setUrl(URL.createObjectURL(new Blob([bytes], { type: "audio/wav" })))
    } catch (error) {
      setTrouble(error instanceof Trouble ? error.message : say("The sound could not be played."))
    } finally {
      setLoading(false)
    }
  }

  if (trouble) return <p className="dim">{trouble}</p>
  if (url)
    return (
      <audio className="audio" src={url} controls autoPlay aria-label={say("What was said")}>
        <track kind="captions" label={say("The words stand in the transcript")} />
      </audio>
    )
  return (
    <Button
      variant="default"
      size="compact-md"
      loading={isLoading}
      leftSection={<IconPlayerPlay size={16} />}
      onClick={() => void load()}
    >
      {say("Listen")}
    </Button>
  )
}
