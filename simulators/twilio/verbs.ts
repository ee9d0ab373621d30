/** Each TwiML verb and what it does. The longer ones have a file of their own. */
import { dial } from "./dial.ts"
import { gather } from "./gather.ts"
import { connectStream } from "./media-stream.ts"
import { prompt } from "./prompt.ts"
import { record, startRecording } from "./record.ts"
import type { Instructions, Scene } from "./scene.ts"
import { TwimlError } from "./twiml.ts"
import type { Element } from "./xml.ts"

/** Carries out one verb. An answer is the document to go on with instead of the next verb. */
export async function perform(verb: Element, scene: Scene): Promise<Instructions | undefined> {
  const { leg } = scene
  leg.timeline.note("verb", `${verb.name} ${verb.text}`.trim())
  if (!["Pause", "Reject", "Redirect", "Dial", "Start"].includes(verb.name)) leg.answer()
  switch (verb.name) {
    case "Say":
    case "Play":
    case "Pause":
      return prompt(verb, scene)
    case "Redirect":
      return scene.fetch(verb.text, verb.attributes.method, {})
    case "Hangup":
      leg.end("completed", "agent")
      return undefined
    case "Reject":
      leg.end(verb.attributes.reason === "busy" ? "busy" : "no-answer", "agent")
      return undefined
    case "Gather":
      return gather(verb, scene)
    case "Record":
      return record(verb, scene)
    case "Start":
      return startRecording(verb, scene)
    case "Dial":
      return dial(verb, scene)
    case "Connect":
      return connectStream(verb, scene)
    default:
      throw new TwimlError("12200", `${verb.name} means nothing in a call`)
  }
}
