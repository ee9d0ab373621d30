/** Whether a caller asks what it is that they are talking to. It never says that it is human. */
import { plain } from "./plain.ts"
import type { Heard } from "./talk.ts"

const asked = [
  ...["are you", "you are", "youre", "am i (talking|speaking) (to|with)", "is this"],
  ...["estoy hablando con", "hablo con", "es usted", "usted es", "eres", "es esto", "esto es"],
].join("|")
const what = [
  ...["robot", "bot", "machine", "computer", "recording", "ai", "artificial", "automated"],
  ...["human", "real", "maquina", "persona real", "grabacion"],
  ...["computadora", "automatic[oa]", "persona de verdad"],
].join("|")
const whatIsThis = new RegExp(`\\b(${asked})\\b[^.?!]{0,20}\\b(${what})\\b`)

export function asksWhatThisIs({ text }: Heard): boolean {
  return whatIsThis.test(plain(text))
}
