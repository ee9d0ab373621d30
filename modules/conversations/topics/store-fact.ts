/** What the pharmacy says of itself: its own sentence, word for word. It makes up none; what the
 * site has not written is told by a person, who is given the question and a number. */
import { Value } from "typebox/value"
import { storeInfo } from "../../store-info/contract.ts"
import { plain } from "../plain.ts"
import type { State, Task } from "../state.ts"
import { CLEAR, type Heard, sayTrouble, type Talk } from "../talk.ts"
import type { Topic } from "../topic.ts"
import type { World } from "../world.ts"
import { ask } from "./ask.ts"

/** "Which vaccine should I get": a question of health in the clothes of one about the pharmacy. */
const asksForAdvice = new RegExp(
  "\\b(should (i|we|he|she|my)|do (i|we) need (an?|another|the)(?! appointment)|safe|recommend|" +
    "best for|better for|which (one|vaccine|shot) (is|do i|for)|side effects?|allerg\\w+|" +
    "pregnan\\w+|debo|deberia|conviene|me toca|recomiend\\w+|(es|son|sera) segur[oa]s?|" +
    "mejor para|alergi\\w+|embaraz\\w+)\\b",
)

export const storeFact: Topic = {
  needsIdentity: false,
  isAside: true,

  async begin(talk, task) {
    if (asksForAdvice.test(plain(task.words)))
      return ask.begin(talk, { ...task, intent: "clinical" })
    const { topics = [] } = task.slots
    let isLacking = topics.length === 0
    for (const topic of topics) {
      const told = await tell(talk, task, topic)
      if (told === "trouble") return
      isLacking ||= told === "lacking"
    }
    if (isLacking) await leaveToPerson(talk, task)
  },

  async answer(talk, task, heard) {
    if (isOtherWish(heard)) return false
    const phone = phoneIn(heard) ?? talk.state.from
    if (phone === undefined && talk.state.caller.patient === undefined) return false
    delete task.step
    await promise(
      talk.world,
      { ...talk.state, ...(phone === undefined ? {} : { from: phone }) },
      task,
    )
    talk.say("callback.promised")
    return true
  },
}

async function tell(
  talk: Talk,
  task: Task,
  topic: string,
): Promise<"told" | "lacking" | "trouble"> {
  const { language } = talk.state
  const input = { topic, language }
  const reply = await talk.propose("store-info.fact", input, { task, confidence: 1 })
  if (reply.kind === "fault") return "lacking"
  if (reply.kind !== "done") {
    await sayTrouble(talk, reply, "store_fact")
    return "trouble"
  }
  const { says: fact } = Value.Parse(storeInfo.commands.fact.output, reply.value)
  const line = { reply: "fact.told", values: { fact } }
  // A sentence that must never be said is not said because the site wrote it.
  if (!(await talk.world.maySay(line, talk.state))) return "lacking"
  talk.say(line.reply, line.values)
  return "told"
}

/** A person tells. On the phone a number is asked for; while something else is asked, later. */
export async function leaveToPerson(
  talk: Talk,
  task: Task,
  says: "fact.none" | "fact.left" = "fact.none",
): Promise<void> {
  const { state, world } = talk
  const isAside = state.current !== task
  if (isAside && state.from === undefined) return void state.agenda.push(task)
  talk.say(says)
  if (isAside || state.channel !== "phone") return promise(world, state, task)
  task.step = "number"
  talk.ask("message", "message.ask_phone")
}

/** Whoever hangs up before they gave a number is called back at the one they rang from. */
export async function keepPromise(state: State, world: World): Promise<void> {
  const { current, from } = state
  if (current?.intent !== "store_fact" || current.step !== "number" || from === undefined) return
  await promise(world, state, current)
}

async function promise(world: World, state: State, { slots, words }: Task): Promise<void> {
  const about = slots.topics?.join(", ").replaceAll("_", " ") ?? "the pharmacy"
  await world.leaveQuestion(state, { about, words })
}

function isOtherWish({ slots, wishes: [first] }: Heard): boolean {
  const isAnswer = slots.digits !== undefined || first === undefined
  return !isAnswer && first.confidence >= CLEAR && !["yes", "no"].includes(first.intent)
}

/** Ten digits of a number at home, with or without the one in front. */
function phoneIn({ slots }: Heard): string | undefined {
  const [, number] = /^1?(\d{10})$/.exec(slots.digits ?? "") ?? []
  return number === undefined ? undefined : `+1${number}`
}
