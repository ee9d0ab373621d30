/** A telephone as a page holds it: what it is doing, and what can be done with it. */
import { useCallback, useEffect, useRef, useState } from "react"
import { type Dialled, PhoneLine, type PhoneState } from "./phone-line.ts"
import { Sound } from "./sound.ts"

export interface Phone {
  readonly state: PhoneState
  readonly callSid: string | undefined
  readonly problem: string | undefined
  readonly isListening: boolean
  dial(dialled: Dialled): void
  say(text: string): void
  press(key: string): void
  hangUp(): void
  toggleMicrophone(): Promise<void>
}

export function usePhone(url: string): Phone {
  const [state, setState] = useState<PhoneState>("idle")
  const [callSid, setCallSid] = useState<string>()
  const [problem, setProblem] = useState<string>()
  const [isListening, setListening] = useState(false)
  const line = useRef<PhoneLine>(undefined)
  const sound = useRef<Sound>(undefined)

  const drop = useCallback(() => {
    line.current?.close()
    void sound.current?.close()
    line.current = undefined
    sound.current = undefined
    setListening(false)
  }, [])
  useEffect(() => drop, [drop])

  const dial = (dialled: Dialled): void => {
    drop()
    setProblem(undefined)
    setCallSid(undefined)
    setState("ringing")
    const speaker = new Sound()
    sound.current = speaker
    line.current = new PhoneLine(url, dialled, {
      frame: (frame) => speaker.play(frame),
      news: (news) => {
        if (sound.current !== speaker) return
        if (news.problem) setProblem(news.problem)
        if (news.callSid) setCallSid(news.callSid)
        if (news.state) setState(news.state)
        if (news.state === "ended") drop()
      },
    })
  }

  const toggleMicrophone = async (): Promise<void> => {
    if (isListening) sound.current?.deafen()
    try {
      if (!isListening) await sound.current?.listen((frame) => line.current?.hear(frame))
      setListening(!isListening)
    } catch {
      setProblem("The microphone is not allowed or not there. Type instead.")
    }
  }

  return {
    state,
    callSid,
    problem,
    isListening,
    dial,
    say: (text) => line.current?.say(text),
    press: (key) => line.current?.press(key),
    hangUp: () => line.current?.hangUp(),
    toggleMicrophone,
  }
}
