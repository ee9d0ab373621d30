/** The sound of a recording, fetched when asked for and forgotten when nobody looks any more. */
import { useCallback, useEffect, useState } from "react"
import { command } from "./api.ts"
import { troubleOf } from "./use-loaded.ts"

export interface Stretch {
  readonly fromMs?: number | undefined
  readonly untilMs?: number | undefined
}

export interface Recording {
  /** Where the browser finds the sound, once it has been fetched. */
  readonly url: string | undefined
  readonly trouble: string | undefined
  readonly isLoading: boolean
  readonly load: () => Promise<void>
}

export function useRecording(recording: string, { fromMs, untilMs }: Stretch = {}): Recording {
  const [url, setUrl] = useState<string>()
  const [trouble, setTrouble] = useState<string>()
  const [isLoading, setLoading] = useState(false)
  useEffect(() => () => URL.revokeObjectURL(url ?? ""), [url])
  const load = useCallback(async (): Promise<void> => {
    setLoading(true)
    try {
      const { wavBase64 } = await command("recordings", "exportWav", {
        recording,
        ...(fromMs === undefined ? {} : { fromMs }),
        ...(untilMs === undefined ? {} : { untilMs }),
      })
      const bytes = Uint8Array.from(atob(wavBase64), (letter) => letter.charCodeAt(0))
      setUrl(URL.createObjectURL(new Blob([bytes], { type: "audio/wav" })))
    } catch (error) {
      setTrouble(troubleOf(error).message)
    } finally {
      setLoading(false)
    }
  }, [recording, fromMs, untilMs])
  return { url, trouble, isLoading, load }
}
