/** The "oh" that is a sigh and no zero: "seven one zero one. Oh, hold on, that's the door." */

const pause = "(?:[,.!?…]*\\s+(?:u[hm]+|er|hmm|sorry|okay|ok|like|lets see))*[,.!?…]*\\s+"
/** What opens a sentence and has no number after it. */
const opening =
  "(?<=[.!?]\\s+)(?:oh|o|ah)\\b,?" +
  "(?!\\s+(?:\\d|oh|zero|one|two|three|four|five|six|seven|eight|nine))"
/** What is said after a cry, and never after a digit. */
const cries =
  "(?:(?:that|she|he|there)['’]?s|i|i['’]?(?:m|ll)|no|never|well|wait|hold|hang|dear|god|boy|man)"
const sigh = new RegExp(`${opening}|\\boh(?=${pause}${cries}\\b)`, "gi")

/** The words without them. */
export function withoutSighs(text: string): string {
  return text.replace(sigh, "")
}
