/** How a wish is put into words: by name, by number, by what it is for, for somebody else. */
import type { Cast } from "../cast.ts"
import type { Language, Task, Want } from "../task.ts"
import { hashOf } from "./chance.ts"
import type { Phrasebook, Slots } from "./phrasebook.ts"
import { listed, spokenDigits } from "./spoken.ts"

export interface Wording {
  readonly task: Task
  readonly book: Phrasebook
  readonly cast: Cast
  /** Seed and task: what all of this caller's chances hang on. */
  readonly key: string
}

/** The name of a wish as the caller's ear and notebook have it. */
export function wishOf(want: Want): string {
  if ("refill" in want) return "refill"
  if ("status" in want) return "status"
  if ("hours" in want) return "hours"
  if ("transfer" in want) return "transfer"
  if ("ask" in want) return want.ask
  if ("person" in want) return "person"
  return "emergency" in want ? "emergency" : "lines"
}

/** Said for the nth time, from 0: in other words each time. */
export function worded(want: Want, nth: number, wording: Wording): string {
  const own = ownWords(want)
  if (own !== undefined) return nthOf(own, nth, wording)
  const [act, slots] = actOf(want, nth, wording)
  return wording.book.words(act, wording.key, { nth, slots })
}

/** What they need the pharmacy for, for a message. */
export function aboutOf(want: Want | undefined, language: Language): string {
  if (want && "person" in want && want.about !== undefined) return want.about
  const name = want === undefined ? "other" : wishOf(want)
  const known: Readonly<Record<string, string>> = abouts[language]
  return known[name] ?? abouts[language].other
}

const abouts = {
  en: {
    ...{ person: "my medication", refill: "a refill", transfer: "a transfer" },
    ...{ insurance: "my insurance", complaint: "a complaint", other: "my prescription" },
  },
  es: {
    ...{ person: "mi medicina", refill: "un refill", transfer: "un cambio de farmacia" },
    ...{ insurance: "mi seguro", complaint: "una queja", other: "mi receta" },
  },
} satisfies Record<Language, Readonly<Record<string, string>> & { readonly other: string }>

/** What a prescription is called by this caller. */
export function drugsOf(want: Want, cast: Cast): readonly string[] {
  if ("called" in want && Array.isArray(want.called)) return want.called
  const numbers = "refill" in want ? want.refill : "status" in want ? want.status : []
  return numbers.map((rx) => cast.drugOf(rx))
}

function ownWords(want: Want): readonly string[] | undefined {
  if ("lines" in want) return want.lines
  if ("emergency" in want) return want.emergency
  return "words" in want ? want.words : undefined
}

/** Lines keep their order; of other words the seed chooses which comes first. */
function nthOf(own: readonly string[], nth: number, { task, key }: Wording): string {
  const isInOrder = task.wants.some((want) => "lines" in want && want.lines === own)
  const first = isInOrder ? 0 : hashOf(key, "own") % own.length
  return own[(first + nth) % own.length] ?? ""
}

function actOf(want: Want, nth: number, wording: Wording): readonly [string, Slots] {
  const { task, cast, book } = wording
  const whose = task.caller.whose
  if ("hours" in want) return [`hours.${want.hours}`, {}]
  if ("person" in want) return [`person.${want.person}`, {}]
  if ("transfer" in want) return [`transfer.${want.transfer}`, { drug: want.called }]
  if (!("refill" in want || "status" in want))
    return ["message", { about: aboutOf(want, book.language) }]
  const topic = "refill" in want ? "refill" : "status"
  const slip = "slip" in want && nth === 0 ? want.slip : undefined
  const names = slip === undefined ? drugsOf(want, cast) : [cast.drugOf(slip)]
  const [drug = ""] = names
  if (whose !== undefined) return [`${topic}.for`, { whose, drug: listed(names, book.language) }]
  if (want.by === "all") return ["refill.all", {}]
  const isVague = want.by === "nothing" || names.length === 0
  if (isVague && nth === 0) return [`${topic}.nothing`, {}]
  if (want.by === "number") return [`${topic}.number`, { rx: numbersOf(want, wording) }]
  const isSeveral = names.length > 1 && topic === "refill"
  if (isSeveral) return ["refill.several", { drugs: listed(names, book.language) }]
  return names.length === 0 ? [`${topic}.nothing`, {}] : [`${topic}.name`, { drug }]
}

function numbersOf(want: Want, { book, key }: Wording): string {
  const numbers = "refill" in want ? want.refill : "status" in want ? want.status : []
  const style = book.digitStyle(key)
  return listed(
    numbers.map((rx) => spokenDigits(rx, style, book.language)),
    book.language,
  )
}
