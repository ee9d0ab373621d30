/** What a caller answers to each kind of question, from what it knows and has at hand. */
import type { Cast } from "../cast.ts"
import type { Task } from "../task.ts"
import type { Act } from "./caller.ts"
import { isReadBack, keyFor, type Question } from "./hearing.ts"
import type { Identifiers } from "./identifiers.ts"
import type { Notebook, Wish } from "./notebook.ts"
import type { Person } from "./person.ts"
import type { Phrasebook, Slots } from "./phrasebook.ts"
import { keyedDate, listed, spelled, spokenDate, spokenDigits } from "./spoken.ts"
import { aboutOf, drugsOf } from "./wording.ts"

export interface Situation {
  readonly task: Task
  readonly cast: Cast
  readonly book: Phrasebook
  readonly key: string
  readonly person: Person
  readonly notebook: Notebook
  readonly identifiers: Identifiers
  readonly usesKeys: boolean
  /** How often this question was put before. */
  readonly nth: number
  readonly readText?: () => string | undefined
  words(act: string, nth: number, slots?: Slots): string
  has(habit: string): boolean
}

/** Words to say; an act; or that this asks for the wish, or leaves the caller to go on. */
export type Answer = string | Act | "wish" | "goes_on"

type Answering = (here: Situation, asked: Question) => Answer

const WISH = "wish"
const DAY_MS = 86_400_000

export const answers: Readonly<Record<string, Answering>> = {
  anything_else: () => "goes_on",
  request: ({ notebook }) => (notebook.current ? WISH : "goes_on"),
  rephrase: () => WISH,
  use_keys: () => WISH,
  which_first: () => WISH,
  unheard: () => WISH,

  menu(here, { what }) {
    const { current } = here.notebook
    const key = keyFor(current?.name ?? "", what, here.book.language)
    // Who is not on the menu asks for a person, or tries once more in words.
    if (key === undefined) return here.nth === 0 ? WISH : keys("0")
    if (current) current.said += 1
    return keys(key)
  },

  name_birth(here) {
    const { name, born } = statedBy(here)
    if (here.usesKeys || here.has("answers_by_halves")) return given(here, ["name"], name_(here))
    const slots = { name, birth: bornIn(here, born) }
    return given(here, ["name", "birth"], here.words("name_birth", here.nth, slots))
  },
  name: (here) => given(here, ["name"], name_(here)),
  birth(here) {
    const { born } = statedBy(here)
    if (here.usesKeys) return given(here, ["birth"], keys(keyedDate(born)))
    return given(here, ["birth"], here.words("birth", here.nth, { birth: bornIn(here, born) }))
  },
  name_spelled(here) {
    return given(here, ["name"], `${statedBy(here).name}. ${lastSpelled(here)}`)
  },
  spell(here) {
    return given(here, ["name"], lastSpelled(here))
  },

  third: (here) => thirdOf(here, here.person.has),
  number: (here) =>
    thirdOf(
      here,
      here.person.has.toSorted((a, b) => Number(b === "label") - Number(a === "label")),
    ),
  zip: (here) =>
    thirdOf(
      here,
      here.person.has.toSorted((a, b) => Number(b === "zip") - Number(a === "zip")),
    ),
  code(here) {
    const code = here.person.has.includes("phone") ? here.readText?.() : undefined
    if (code === undefined)
      return thirdOf(
        here,
        here.person.has.filter((one) => one !== "phone"),
      )
    if (here.usesKeys) return given(here, ["third"], keys(`${code}#`))
    const slots = { code: digitsIn(here, code) }
    return given(here, ["third"], here.words("code", here.nth, slots))
  },

  confirm_refill(here, { what }) {
    const wish = here.notebook.current
    const wanted = wish ? meantBy(wish, here) : []
    const isMeant = wanted.some((one) => what.includes(one))
    here.identifiers.readBack(isMeant || isSlip(wish, what, here))
    if (!isMeant) return notThat(here, wish)
    const changesMind = wish && "changesMind" in wish.want && wish.want.changesMind
    if (!changesMind) return yes(here)
    // Whatever is asked next is not about this one any more.
    wish.isSettled = true
    return no(here)
  },
  confirm_several(here, { what }) {
    const wish = here.notebook.current
    const count = wish && "refill" in wish.want ? wish.want.refill.length : 0
    const words: Readonly<Record<string, number>> = {
      ...{ two: 2, three: 3, four: 4, five: 5 },
      ...{ dos: 2, tres: 3, cuatro: 4, cinco: 5 },
    }
    const isMeant = (words[what] ?? Number(what)) === count
    here.identifiers.readBack(isMeant)
    return isMeant ? yes(here) : notThat(here, wish)
  },
  confirm_birth(here, { what }) {
    const { born } = statedBy(here)
    return what === spokenDate(born, "long", here.book.language).toLowerCase()
      ? yes(here)
      : no(here)
  },
  confirm_wish(here, { what }) {
    const open = here.notebook.wishes.filter(({ isSettled }) => !isSettled)
    return open.some(({ name }) => isReadBack(name, what, here.book.language))
      ? yes(here)
      : no(here)
  },

  which: (here, { what }) => which(here, what),
  which_of_two(here, { endings }) {
    const wanted = wantedNumbers(here)
    const ending = endings.find((digits) => wanted.some((rx) => rx.endsWith(digits)))
    if (ending === undefined || !here.person.has.includes("label")) return which(here, "")
    if (here.usesKeys) return keys(`${wanted.find((rx) => rx.endsWith(ending)) ?? ending}#`)
    const digits = digitsIn(here, ending)
    return here.words("ending", here.nth, { digits })
  },

  danger(here) {
    const isInDanger = here.task.wants.some((want) => "emergency" in want && want.inDanger)
    if (here.usesKeys) return keys(isInDanger ? "1" : "2")
    return here.words(isInDanger ? "danger" : "safe", here.nth)
  },
  message(here) {
    const about = aboutOf(here.notebook.current?.want ?? here.task.wants[0], here.book.language)
    return here.words("message", here.nth, { about })
  },
  phone(here) {
    const phone = digitsIn(here, here.person.phone)
    return here.usesKeys ? keys(`${here.person.phone}#`) : here.words("phone", here.nth, { phone })
  },
  direction(here) {
    const want = here.notebook.current?.want
    const isOut = want !== undefined && "transfer" in want && want.transfer === "out"
    return here.words(isOut ? "from_us" : "to_us", here.nth)
  },
  pharmacy(here) {
    const want = here.notebook.current?.want
    if (!want || !("transfer" in want)) return WISH
    return here.words("pharmacy", here.nth, { pharmacy: want.pharmacy })
  },
  complaint(here) {
    const want = here.notebook.current?.want
    const more = want && "more" in want ? want.more : undefined
    return more?.[here.nth % more.length] ?? WISH
  },
  card_link: (here) => yes(here),
  card: (here) => here.words("none_of_these", here.nth),
  adult: (here) => (here.nth === 0 ? here.words("fetch", 0) : WISH),
}

function keys(pressed: string): Act {
  return { kind: "keys", keys: pressed }
}

function yes(here: Situation): Answer {
  return here.usesKeys ? keys("1") : here.words("yes", here.nth)
}

function no(here: Situation): Answer {
  return here.usesKeys ? keys("2") : here.words("no", here.nth)
}

function statedBy({ person, notebook }: Situation) {
  return person.stated(notebook.failures)
}

function given(here: Situation, what: readonly string[], answer: Answer): Answer {
  here.identifiers.give(what, here.person.isTrue(here.notebook.failures))
  return answer
}

function lastSpelled(here: Situation): string {
  const last = statedBy(here).name.split(" ").at(-1) ?? ""
  return here.words("spelled", here.nth, { spelled: spelled(last) })
}

function name_(here: Situation): string {
  return here.words("name", here.nth, { name: statedBy(here).name })
}

function digitsIn({ book, key }: Situation, digits: string): string {
  return spokenDigits(digits, book.digitStyle(key), book.language)
}

/** A birthday as this caller says it; who corrects themselves says another day first. */
function bornIn(here: Situation, born: string): string {
  const right = birthSaid(here.book, here.key, born, here.notebook.failures)
  if (!here.has("corrects_self") || here.nth > 0) return right
  const dayAfter = new Date(Date.parse(born) + DAY_MS).toISOString().slice(0, 10)
  const wrong = birthSaid(here.book, here.key, dayAfter)
  return here.words("slip", 0, { wrong, right })
}

/** In other words once it was not taken twice: people do notice. */
export function birthSaid(book: Phrasebook, key: string, born: string, failures = 0): string {
  return spokenDate(born, book.dateStyle(key, failures > 1 ? 1 : 0), book.language)
}

/** The first that is at hand; the next when that one did not do. */
function thirdOf(here: Situation, has: readonly string[]): Answer {
  const { person, nth, usesKeys } = here
  const which = has[Math.min(nth, has.length - 1)]
  if (which === "zip") {
    const { zip } = statedBy(here)
    const said = here.words("zip", nth, { zip: digitsIn(here, zip) })
    return given(here, ["third"], usesKeys ? keys(zip) : said)
  }
  const [rx] = wantedNumbers(here)
  if (which === "label" && rx !== undefined) {
    const said = here.words("number", nth, { rx: digitsIn(here, rx) })
    return given(here, ["third"], usesKeys ? keys(`${rx}#`) : said)
  }
  if (person.has.includes("phone")) return here.words("code_please", nth)
  return here.words("none_of_these", nth)
}

/** Prescriptions the caller has the label of: what it calls about, else its own first one. */
function wantedNumbers({ notebook, task, cast }: Situation): readonly string[] {
  const want = notebook.current?.want ?? task.wants[0]
  const open = notebook.current ? notebook.remaining(notebook.current) : []
  if (open.length > 0) return open
  if (want && "status" in want && want.status.length > 0) return want.status
  if (want && "ask" in want && want.drugs) return want.drugs
  const own = task.caller.is === undefined ? [] : cast.named(task.caller.is).prescriptions
  return own.slice(0, 1).map(({ rx }) => rx)
}

/** What the caller recognises its prescriptions by, when one is read back. */
function meantBy(wish: Wish, here: Situation): readonly string[] {
  const numbers = here.notebook.remaining(wish)
  const names = numbers.map((rx) => here.cast.drugOf(rx).toLowerCase().split(" ")[0] ?? "")
  return [...names, ...numbers]
}

function isSlip(wish: Wish | undefined, what: string, { cast }: Situation): boolean {
  const slip = wish && "slip" in wish.want ? wish.want.slip : undefined
  return slip !== undefined && what.includes(cast.drugOf(slip))
}

function notThat(here: Situation, wish: Wish | undefined): Answer {
  if (here.usesKeys) return keys("2")
  const drug = wish ? listed(drugNamesOf(wish, here), here.book.language) : ""
  return drug === "" ? no(here) : here.words("not_that", here.nth, { drug })
}

function which(here: Situation, offered: string): Answer {
  const { notebook, usesKeys, person, nth } = here
  const wish = notebook.current
  if (!wish) return no(here)
  const [rx] = wantedNumbers(here)
  const hasLabel = person.has.includes("label") && rx !== undefined
  const place = placeOf(wish, offered, here)
  if (usesKeys && hasLabel) return keys(`${rx}#`)
  if (usesKeys && place > 0) return keys(String(place))
  const [drug = ""] = drugNamesOf(wish, here)
  const digits = hasLabel && (nth > 0 || drug === "") ? rx : undefined
  if (digits === undefined) return drug === "" ? WISH : here.words("which", nth, { drug })
  return here.words("number", nth, { rx: digitsIn(here, digits) })
}

/** Which of those read out it is, counted from 1; 0 when it was not read out. */
function placeOf(wish: Wish, offered: string, here: Situation): number {
  const meant = meantBy(wish, here)
  const names = offered.split(/,| or | [ou] /).map((one) => one.trim())
  return names.findIndex((one) => meant.some((name) => one.includes(name))) + 1
}

/** As the caller calls them; by what the label says once that was not understood. */
function drugNamesOf(wish: Wish, here: Situation): readonly string[] {
  const open = here.notebook.remaining(wish)
  const isPlain = here.nth > 0 && "refill" in wish.want
  return isPlain ? open.map((rx) => here.cast.drugOf(rx)) : drugsOf(wish.want, here.cast)
}
