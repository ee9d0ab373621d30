/**
 * A conversation in a line or two, made of what was understood and nothing else: for a work item,
 * beside the words, and for the whisper before a transfer, which names nobody and no drug.
 */
import type { IntentName } from "../../intent/contract.ts"
import type { State, Task } from "./state.ts"

/** What a caller wants, as one says it to a colleague. */
const wants: Readonly<Record<IntentName, string>> = {
  status: "whether a prescription is ready",
  refill: "a refill",
  hours: "hours or the address",
  store_fact: "something about the pharmacy",
  transfer_in: "moving a prescription here",
  transfer_out: "moving a prescription away",
  insurance: "insurance",
  prior_auth: "a prior authorisation",
  new_rx: "a new prescription",
  controlled: "a controlled medicine",
  clinical: "a question about a medicine",
  interaction: "whether medicines go together",
  price: "a price",
  refund: "a refund",
  complaint: "a complaint",
  person: "speaking to a person",
  repeat: "hearing that again",
  yes: "a yes",
  no: "a no",
  goodbye: "goodbye",
}

const WORDS_MAX = 120
const SUMMARY_MAX = 300

/** "Wants a refill: Lisinopril. Described as white, water; from Dr. Chen. Last said: …" */
export function summaryOf(state: State, task: Task, drugName: string | undefined): string {
  const { forSomeoneElse, prescriber } = task.slots
  const whose = forSomeoneElse ? " for somebody else" : ""
  const which = drugName === undefined ? "" : `: ${drugName}`
  const described = task.slots.described?.join(", ")
  const beside = state.about.filter((about) => about !== task.intent)
  return [
    `Wants ${wants[task.intent]}${whose}${which}.`,
    ...(described ? [`Described as ${described}.`] : []),
    ...(prescriber ? [`Named Dr. ${prescriber}.`] : []),
    ...(beside.length > 0 ? [`Also asked about ${listed(beside)}.`] : []),
    ...(state.mood ? [`Sounds ${state.mood}.`] : []),
    ...(isWorthAWord(state, task) ? [`Last said: "${lastOf(state.words)}"`] : []),
  ]
    .join(" ")
    .slice(0, SUMMARY_MAX)
}

/** What only proved who calls, a date or a number, is no part of the matter. */
function isWorthAWord({ words }: State, task: Task): boolean {
  return words !== "" && words !== task.words && !/\d/.test(words)
}

/** The minimum a person needs before they accept: no name, no drug. */
export function whisperOf({ about, agenda, caller, language, mood, tone }: State): string {
  const who = caller.isVerified ? "a verified patient" : "a caller who is not verified"
  const last = about.at(-1)
  const what = last === undefined ? "who asks for you" : `about ${wantOf(last)}`
  const before = about.slice(0, -1).filter((one) => one !== last)
  const earlier = before.length > 0 ? `, after ${listed(before)}` : ""
  const still = agenda.map(({ intent }) => intent)
  const later = still.length > 0 ? `, and then ${listed(still)}` : ""
  const seems = mood ?? tone
  const sounds = seems === undefined ? "" : `, who sounds ${seems}`
  const speaks = language === "es" ? " They speak Spanish." : ""
  return `The assistant has ${who} ${what}${earlier}${later}${sounds}.${speaks}`
}

const NAMED_MAX = 3

function listed(about: readonly string[]): string {
  return [...new Set(about)].slice(-NAMED_MAX).map(wantOf).join(" and ")
}

function wantOf(about: string): string {
  const known: Readonly<Partial<Record<string, string>>> = wants
  return known[about] ?? about.replaceAll("_", " ")
}

/** The end of long ones: what was wanted in the end is there. */
function lastOf(words: string): string {
  return words.length <= WORDS_MAX ? words : `…${words.slice(-WORDS_MAX)}`
}
