/** Danger: heard before all else, verified or not. On doubt it is an emergency. */
import { Outage } from "#core/fault.ts"
import type { EmergencyFamily } from "../../intent/contract.ts"
import { plain } from "./plain.ts"
import { whisperOf } from "./summary.ts"
import type { Heard, Talk } from "./talk.ts"

const replies = {
  heart_stroke_breathing: "emergency.heart",
  anaphylaxis: "emergency.anaphylaxis",
  overdose_poison: "emergency.overdose",
  self_harm: "emergency.self_harm",
  sugar_bleeding_pregnancy_infant: "emergency.general",
  violence: "emergency.violence",
  animal_poison: "emergency.animal",
} as const satisfies Record<EmergencyFamily, string>

/** "Nobody is in danger", said for a no. */
const deniesDanger = new RegExp(
  "^\\W*((no|nope|oh|um|uh|well|pues|ay)\\W+)*((nobody|no one|no-one|noone)(s| is)? (is )?in " +
    "(any )?danger|(its|it is|this is|thats) not an emergency|" +
    "(nadie|no hay nadie) (esta |corre |anda )?(en )?peligro|no es (una |ninguna )?emergencia)\\b",
)

/** `over`: the question about danger was answered with a clear no. */
export async function heardDanger(
  talk: Talk,
  heard: Heard,
): Promise<"alarm" | "asked" | "over" | "none"> {
  const { state } = talk
  const { emergency } = heard
  if (state.mode === "alarm") return answeredAlarm(talk, heard)
  if (!emergency) return "none"
  if (emergency.certainty === "certain") return alarm(talk, emergency.family, "certain")
  state.danger = emergency.family
  state.beforeAlarm = { mode: state.mode, question: state.question, expect: state.turn.expect }
  state.mode = "alarm"
  talk.ask("yes_no", "emergency.ask_certain")
  return "asked"
}

/** What was said beside the no; empty when that was all. */
export function besideNo(text: string): string {
  const words = plain(text)
    .replace(/[^a-z0-9]+/g, " ")
    .trim()
  return words
    .replace(deniesDanger, "")
    .replace(/^(no|nope|nah) /, "")
    .trim()
}

async function answeredAlarm(talk: Talk, heard: Heard): Promise<"alarm" | "asked" | "over"> {
  const { state } = talk
  const { emergency, slots, wishes } = heard
  // A no to a question that was not heard yet denies nothing.
  if (wishes[0]?.intent === "repeat" || (slots.yesNo === "no" && heard.beforeQuestion)) {
    talk.askAgain()
    return "asked"
  }
  const isNo = slots.yesNo === "no" || deniesDanger.test(plain(heard.text))
  const isClearNo = isNo && emergency?.certainty !== "certain"
  const family = emergency?.family ?? state.danger ?? "heart_stroke_breathing"
  if (!isClearNo) return alarm(talk, family, emergency?.certainty ?? "possible")
  const { beforeAlarm } = state
  state.mode = beforeAlarm?.mode ?? "tasks"
  state.question = beforeAlarm?.question ?? []
  talk.expect = beforeAlarm?.expect ?? "request"
  delete state.danger
  delete state.beforeAlarm
  return "over"
}

async function alarm(
  talk: Talk,
  family: EmergencyFamily,
  certainty: "certain" | "possible",
): Promise<"alarm"> {
  const { state } = talk
  state.about.push("emergency")
  state.wantsRole = "pharmacist"
  state.mode = "tasks"
  talk.say(replies[family])
  await report(talk, family, certainty)
  if (state.channel !== "phone") return "alarm"
  state.mode = "transferring"
  talk.next = "transfer"
  talk.transfer = { to: "pharmacist", whisper: `Emergency. ${whisperOf(state)}`, isEmergency: true }
  return "alarm"
}

/** Nothing that fails here may keep the caller from hearing whom to ring, or from a person. */
async function report(
  { state, world }: Talk,
  family: EmergencyFamily,
  certainty: "certain" | "possible",
): Promise<void> {
  try {
    await world.reportEmergency(state, family, certainty)
  } catch (trouble) {
    if (!(trouble instanceof Outage)) throw trouble
    await world.promiseCallback(state, "emergency", undefined).catch(unlessOutage)
  }
}

function unlessOutage(trouble: unknown): void {
  if (!(trouble instanceof Outage)) throw trouble
}
