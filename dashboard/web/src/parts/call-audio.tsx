/** The sound of a whole call, in step with its words: it tells where it is, and goes where told. */
import { Button } from "@mantine/core"
import { IconPlayerPlay } from "@tabler/icons-react"
import { useCallback, useEffect, useRef, useState } from "react"
import { command } from "../api.ts"
import { say } from "../say.ts"
import { troubleOf } from "../use-loaded.ts"

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
  const [url, setUrl] = useState<string>()
  const [trouble, setTrouble] = useState<string>()
  const [isLoading, setLoading] = useState(false)
  const sound = useRef<HTMLAudioElement>(null)
  useEffect(() => () => URL.revokeObjectURL(url ?? ""), [url])
  const load = useCallback(async (): Promise<void> => {
    setLoading(true)
    try {
      const { wavBase64 } = await command("recordings", "exportWav", { recording })
      const bytes = Uint8Array.from(atob(wavBase64), (letter) => letter.charCodeAt(0))
      setUrl(URL.createObjectURL(new Blob([bytes], { type: "audio/wav" })))
    } catch (error) {
      setTrouble(troubleOf(error).message)
    } finally {
      setLoading(false)
    }
  }, [recording])
  useEffect(() => {
    if (!playFrom) return
    if (!url) return void load()
    if (!sound.current) return
    sound.current.currentTime = playFrom.fromMs / 1_000
    // A browser that will not begin by itself leaves the sound at the right second.
    void sound.current.play().catch(() => undefined)
  }, [playFrom, url, load])

  if (trouble) return <p className="dim">{trouble}</p>
  if (url)
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
