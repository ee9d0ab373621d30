/** The moment from which a caller is spoken to in another language. */
import { asksWhatThisIs } from "./robot.ts"
import { GUESSED, type Heard, type Talk } from "./talk.ts"

/** Says in it what everybody is told first. True when nothing else was said. */
export function heardOnlyLanguage(talk: Talk, heard: Heard): boolean {
  const { objectsToRecording, slots, tone, wishes } = heard
  const { channel, isRecording, language, toldIn = [], mode } = talk.state
  if (channel === "phone" && isRecording && !toldIn.includes(language)) {
    talk.say("disclosure.recording")
    talk.state.toldIn = [...toldIn, language]
  }
  const isMore = objectsToRecording || tone === "child" || asksWhatThisIs(heard)
  // "Do you speak Spanish?" has been answered by now.
  const { topics = [], ...others } = slots
  const isAnswered = topics.length > 0 && topics.every((topic) => topic === "languages")
  const isWish = wishes.some(
    ({ confidence, intent }) => confidence >= GUESSED && !(isAnswered && intent === "store_fact"),
  )
  const isTold = Object.keys(others).length > 0 || (topics.length > 0 && !isAnswered)
  const isNothing = !isWish && !isTold && !isMore
  return isNothing && mode !== "message"
}
