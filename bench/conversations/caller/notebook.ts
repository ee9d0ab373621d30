/**
 * What the caller keeps in mind: which wishes are dealt with, what was told and how often it went
 * wrong. It learns only from what the agent says.
 */
import type { Cast } from "../cast.ts"
import type { Want } from "../task.ts"
import type { Hearing } from "./hearing.ts"
import { wishOf } from "./wording.ts"

/** Told of one prescription, whatever the answer was. */
const toldOfRefill = ["submitted", "refill_told", "status_told", "not_found", "cancelled"]

/** Said of a refill, in either language. */
const tellings = [
  /is in\.|should be ready|already been|too soon|no refills|passed|sent|been filled/,
  /ya quedó hecho|ya había un pedido|muy pronto|resurtidos|se lo pasé|ya venció|ya se surtió/,
]
const unnamedTelling =
  /looks at this request|has to look at this|revisa primero este pedido|tiene que ver un farmac/g

/** What settles a wish, beside its own desk: `passed_refund` for a refund. */
const settledBy: Readonly<Record<string, readonly string[]>> = {
  refill: [...toldOfRefill, "passed_controlled", "passed_on", "trouble"],
  status: ["status_told", "refill_told", "not_found", "passed_controlled", "passed_on", "trouble"],
  hours: ["hours_told"],
  transfer: ["passed_transfer", "passed_on"],
  person: ["connecting", "passed_message", "passed_on"],
  emergency: ["warned"],
}

export interface Wish {
  readonly want: Want
  readonly name: string
  said: number
  isSettled: boolean
}

export class Notebook {
  readonly wishes: readonly Wish[]
  patience: number
  misunderstandings = 0
  /** Attempts to prove who they are that did not match. */
  failures = 0
  readonly #cast: Cast
  readonly #told = new Set<string>()

  constructor(wants: readonly Want[], patience: number, cast: Cast) {
    this.wishes = wants.map((want) => ({ want, name: wishOf(want), said: 0, isSettled: false }))
    this.patience = patience
    this.#cast = cast
  }

  /** The wish being talked about: the first that is said and open, else the next to say. */
  get current(): Wish | undefined {
    const open = this.wishes.filter(({ isSettled }) => !isSettled)
    return open.find(({ said }) => said > 0) ?? open.find(({ want }) => !breaksIn(want))
  }

  /** The prescriptions of a refill that nothing was said of yet. */
  remaining({ want }: Wish): readonly string[] {
    const numbers = "refill" in want ? want.refill : []
    return numbers.filter((rx) => !this.#told.has(rx))
  }

  learn(sentences: readonly string[], { news, question }: Hearing): void {
    if (news.has("misunderstood")) this.#goesWrong()
    if (news.has("no_match")) {
      this.failures += 1
      this.#goesWrong()
    }
    for (const wish of this.wishes) {
      const { want, said } = wish
      if ("lines" in want && said >= want.lines.length) wish.isSettled = true
    }
    const said = this.wishes.filter((wish) => wish.said > 0 && !wish.isSettled)
    for (const wish of said) this.#noteTold(wish, sentences)
    // What is still being asked about is not dealt with.
    if (question && /^(confirm|which|pharmacy|direction)/.test(question.is)) return
    const settled = said.filter((wish) => this.#settles(wish, news))
    // A general "I have passed it on" is about one thing: the first that is open.
    const isGeneral = isGeneralOnly(news)
    for (const wish of settled) {
      const byGeneral = isGeneral && news.has("passed_on") && !this.#settlesItself(wish, news)
      if (!byGeneral || wish === said[0]) wish.isSettled = true
    }
  }

  /** What was wanted was not understood, and has to be said again. */
  misunderstood(): void {
    this.#goesWrong()
  }

  #goesWrong(): void {
    this.misunderstandings += 1
    this.patience -= 1
  }

  #noteTold({ want }: Wish, sentences: readonly string[]): void {
    if (!("refill" in want)) return
    const text = sentences.join(" ").toLowerCase()
    if (!tellings.some((telling) => telling.test(text))) return
    for (const rx of want.refill)
      if (text.includes(this.#cast.drugOf(rx).toLowerCase())) this.#told.add(rx)
    // What a pharmacist looks at first is not always named.
    const unnamed = text.match(unnamedTelling) ?? []
    const open = want.refill.filter((rx) => !this.#told.has(rx))
    for (const rx of open.slice(0, unnamed.length)) this.#told.add(rx)
  }

  #settles(wish: Wish, news: ReadonlySet<string>): boolean {
    if (this.#settlesItself(wish, news)) return true
    const isAsked = !(wish.name in settledBy) && wish.name !== "lines"
    return isAsked && [...news].some((one) => one.startsWith("passed_"))
  }

  #settlesItself(wish: Wish, news: ReadonlySet<string>): boolean {
    const own = [`passed_${wish.name}`, ...(settledBy[wish.name] ?? [])]
    const { want } = wish
    const isAddress = "hours" in want && want.hours === "address"
    if (isAddress) return news.has("location_told")
    const isOne = !("refill" in want) || want.refill.length < 2
    const isThrough = isOne || this.remaining(wish).length === 0
    const wasDropped = news.has("cancelled") || news.has("trouble")
    // What went to another desk is not this.
    const counted = own.filter((one) => one !== "passed_on" || isGeneralOnly(news))
    return counted.some((one) => news.has(one)) && (isThrough || wasDropped)
  }
}

/** It was passed on, and no desk was named. */
function isGeneralOnly(news: ReadonlySet<string>): boolean {
  return ![...news].some((one) => one.startsWith("passed_") && one !== "passed_on")
}

export function breaksIn(want: Want): boolean {
  return "emergency" in want && want.when !== undefined
}
