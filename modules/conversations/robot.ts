/** Whether a caller asks what it is that they are talking to. It never says that it is human. */
import type { Heard } from "./talk.ts"

const asked = [
  ...["are you", "you are", "youre", "am i (talking|speaking) (to|with)", "is this"],
  ...["estoy hablando con", "es usted", "eres"],
].join("|")
const what = [
  ...["robot", "bot", "machine", "computer", "recording", "ai", "artificial", "automated"],
  ...["human", "real", "una maquina", "persona real"],
].join("|")
const whatIsThis = new RegExp(`\\b(${asked})\\b[^.?!]{0,20}\\b(${what})\\b`, "i")

export function asksWhatThisIs({ text }: Heard): boolean {
  return whatIsThis.test(text.replaceAll(/[\u2019']/g, ""))
}
