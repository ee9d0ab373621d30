/**
 * A caller who follows a goal and no script: reads what the agent says, keeps a notebook, answers
 * what is asked from what it knows, and has manners and habits. The same seed, the same caller.
 */
import type { Cast } from "../cast.ts"
import type { Task } from "../task.ts"
import { answers, birthSaid, type Situation } from "./answers.ts"
import { drawn, hashOf } from "./chance.ts"
import { type Hearing, hearingOf, keyFor, type Question } from "./hearing.ts"
import { Identifiers } from "./identifiers.ts"
import { breaksIn, Notebook } from "./notebook.ts"
import { type Person, personOf } from "./person.ts"
import type { Phrasebook } from "./phrasebook.ts"
import { worded } from "./wording.ts"

/** What the caller does while the agent answers this. */
export type Meanwhile = "listens" | "interrupts" | { readonly murmurs: string }

export type Act =
  | { readonly kind: "say"; readonly text: string; readonly meanwhile: Meanwhile }
  | { readonly kind: "keys"; readonly keys: string }
  | { readonly kind: "silent"; readonly forMs: number }
  | { readonly kind: "hangUp" }

export interface CallerParts {
  readonly task: Task
  readonly book: Phrasebook
  readonly cast: Cast
  readonly seed: number
  /** Answers by the keypad whatever a key can say. */
  readonly usesKeys?: boolean
  /** The code that was texted to the caller's telephone, when one came. */
  readonly readText?: () => string | undefined
}

const PATIENCE: Readonly<Record<string, number>> = {
  impatient: 3,
  angry: 4,
  child: 6,
  hard_of_hearing: 8,
}
const PATIENCE_USUAL = 5
const SILENT_MS = 9_000
const WAIT_MS = 4_000
const WAITS_MAX = 3
const MURMURS_MAX = 2
/** How often somebody of this manner says mm-hm while the agent speaks. */
const MURMURS: Readonly<Record<string, number>> = { plain: 0.15, rambling: 0.35, hesitant: 0.25 }
const ASIDES_MAX = 2
/** Of those who speak Spanish, so many press the key before they speak it. */
const PRESSES_SHARE = 0.3
const askingNews = new Set(["misunderstood", "still_there", "keys_offered", "filler"])
const nothingAsked: Question = { is: "nothing", what: "", endings: [] }
/** How often a wish is said in all before it is given up. */
const SAYINGS_MAX = 3

export class SimulatedCaller {
  readonly identifiers = new Identifiers()
  readonly notebook: Notebook
  /** They went without what they wanted. */
  hasGivenUp = false
  turns = 0
  readonly person: Person
  readonly #parts: CallerParts
  readonly #key: string
  readonly #counts = new Map<string, number>()
  #last: Question | undefined
  #isAskingForPerson = false
  #hasAskedAgain = false
  #isOfferedKeys = false
  #silentAt: number

  constructor(parts: CallerParts) {
    const { task, cast, seed } = parts
    const { manner = "plain", patience } = task.caller
    this.#parts = parts
    this.#key = `${seed}:${task.id}`
    const usual = PATIENCE[manner] ?? PATIENCE_USUAL
    this.notebook = new Notebook(task.wants, patience ?? usual, cast)
    this.person = personOf(task.caller, cast)
    this.#silentAt = this.#has("goes_silent") ? 2 + (hashOf(this.#key, "silent") % 2) : 0
  }

  /** Whether there is something to answer in what has been said so far. */
  couldAnswer(sentences: readonly string[]): boolean {
    return this.#hearing(sentences).question !== undefined
  }

  /** Whether it is something nobody waits for the end of. */
  couldCutIn(sentences: readonly string[]): boolean {
    const { question } = this.#hearing(sentences)
    return question !== undefined && !["anything_else", "request"].includes(question.is)
  }

  /** What the caller does next, having heard these sentences since it last did something. */
  next(sentences: readonly string[]): Act {
    const hearing = this.#hearing(sentences)
    this.notebook.learn(sentences, hearing)
    this.identifiers.learn(hearing)
    this.#minds(hearing)
    const act = this.#act(sentences, hearing)
    if (hearing.question) this.#last = hearing.question
    if (act.kind === "say" || act.kind === "keys") this.turns += 1
    return act
  }

  #hearing(sentences: readonly string[]): Hearing {
    return hearingOf(sentences, this.#parts.book.language)
  }

  #act(sentences: readonly string[], hearing: Hearing): Act {
    const { question, news } = hearing
    if (this.#pressesForSpanish(sentences)) return { kind: "keys", keys: "2" }
    // Whoever was not understood and is offered the keypad takes it.
    this.#isOfferedKeys = news.has("keys_offered")
    const breakIn = this.#breaksIn(question)
    if (breakIn !== undefined) return this.#say(breakIn)
    const isOver = news.has("goodbye") || (news.has("connecting") && !question)
    const isToCome = !question && [...news].every((one) => one === "filler") && news.size > 0
    if (isOver || isToCome || sentences.length === 0) return this.#waits(isOver)
    this.#counts.set("wait", 0)
    if (this.notebook.patience <= 0) return this.#losesPatience()
    if (this.turns === this.#silentAt && this.#nth("silent") === 0 && this.turns > 0)
      return { kind: "silent", forMs: SILENT_MS }
    if (question && this.#asksAgain(question)) {
      this.#hasAskedAgain = true
      return this.#say(this.#words("pardon", this.#nth("pardon")))
    }
    return this.#answer(hearing)
  }

  /** Offered a key for their language, some press it and others just speak. */
  #pressesForSpanish(sentences: readonly string[]): boolean {
    const isOffered = sentences.some((sentence) => sentence.includes("oprima 2"))
    if (!isOffered || this.#parts.book.language !== "es" || this.turns > 0) return false
    return this.#parts.usesKeys || this.#has("keys") || drawn(this.#key, "oprima") < PRESSES_SHARE
  }

  /** Being asked the same thing over and over is tiring, whatever is said in between. */
  #minds({ question, news }: Hearing): void {
    const isSame = question !== undefined && question.is === this.#last?.is
    const isCounted = news.has("misunderstood") || news.has("no_match")
    const isOwnDoing = news.has("still_there") || this.#hasAskedAgain
    this.#hasAskedAgain = false
    const isOpen = ["anything_else", "request", "message"].includes(question?.is ?? "")
    if (isSame && !isCounted && !isOwnDoing && !isOpen) this.notebook.misunderstood()
  }

  #answer({ question, news }: Hearing): Act {
    const asked = question?.is === "unheard" ? this.#last : question
    const isAfterSilence = news.has("still_there")
    const is = asked?.is ?? (isTold(news) ? "anything_else" : "rephrase")
    // Who has come to say something says it, whatever is asked, and answers nothing else.
    if (this.notebook.current?.name === "lines") return this.#saysWish()
    if (!this.notebook.current && !this.#answersStill(is)) return { kind: "hangUp" }
    const answer = answers[is]?.(this.#situation(is), asked ?? nothingAsked)
    if (answer === undefined || answer === "wish") return this.#saysWish()
    if (answer === "goes_on") return this.#goesOn(asked)
    if (typeof answer !== "string") return answer
    const here = isAfterSilence ? `${this.#words("here", 0)} ` : ""
    return this.#say(`${here}${this.#wandering(is, answer)}`)
  }

  /** With nothing left to want, only what belongs to saying goodbye is answered. */
  #answersStill(is: string): boolean {
    const isAboutNothing = this.notebook.wishes.every(({ name }) => name === "lines")
    return !isAboutNothing || ["anything_else", "request", "message"].includes(is)
  }

  #situation(asked: string): Situation {
    const { task, cast, book, usesKeys = false, readText } = this.#parts
    return {
      ...{ task, cast, book, key: this.#key, person: this.person, notebook: this.notebook },
      identifiers: this.identifiers,
      usesKeys: usesKeys || this.#has("keys") || this.#isOfferedKeys,
      nth: this.#nth(asked),
      ...(readText === undefined ? {} : { readText }),
      words: (act, nth, slots = {}) => this.#words(act, nth, slots),
      has: (habit) => this.#has(habit),
    }
  }

  /** Nothing stands open, or something does that was not understood. */
  #goesOn(asked: Question | undefined): Act {
    const { current } = this.notebook
    if (!current) {
      if (this.#isAskingForPerson) this.hasGivenUp = true
      return asked ? this.#leaves() : { kind: "hangUp" }
    }
    if (current.said === 0) return this.#saysWish()
    const things = Math.max(1, this.notebook.remaining(current).length)
    if (current.said >= SAYINGS_MAX + things - 1 && current.name !== "lines") {
      this.notebook.patience = 0
      return this.#losesPatience()
    }
    if (current.name !== "lines") this.notebook.misunderstood()
    return this.#saysWish()
  }

  #leaves(): Act {
    return this.#nth("leave") === 0 ? this.#say(this.#words("done", 0)) : { kind: "hangUp" }
  }

  /** The wish in words, or in a key where one will do. */
  #saysWish(): Act {
    const { current } = this.notebook
    const { task } = this.#parts
    if (!current) return this.#leaves()
    const wasSaid = current.said > 0
    const all = task.together && !wasSaid ? this.notebook.wishes : [current]
    const first = this.notebook.wishes.every(({ said }) => said === 0)
    const parts = all
      .filter(({ want }) => !breaksIn(want))
      .map((wish) => {
        const text = worded(wish.want, wish.said, { ...this.#parts, key: this.#key })
        wish.said += 1
        return text
      })
    const key = this.#keyFor(current.name)
    if (key !== undefined) return { kind: "keys", keys: key }
    const text = parts.reduce((one, other) => this.#words("and", 0, { first: one, second: other }))
    if (first) return this.#say(this.#opening(text))
    const lead = current.name === "lines" ? "" : this.#words(wasSaid ? "again" : "also", 0)
    return this.#say(`${lead} ${text}`.trim())
  }

  #opening(text: string): string {
    const { manner = "plain" } = this.#parts.task.caller
    const lead = isLead(manner) ? `lead.${manner}` : "lead.plain"
    const isBare = manner === "terse" || manner === "child"
    const opened = isBare ? text : `${this.#words(lead, 0)} ${text}`.trim()
    if (!this.#has("tells_all_at_once")) return opened
    const { name, born } = this.person.stated(0)
    const { book } = this.#parts
    const birth = birthSaid(book, this.#key, born)
    return `${opened} ${this.#words("name_birth", 0, { name, birth })}`
  }

  #keyFor(wish: string): string | undefined {
    const { usesKeys = false, book } = this.#parts
    return usesKeys || this.#has("keys") ? keyFor(wish, "", book.language) : undefined
  }

  #breaksIn(question: Question | undefined): string | undefined {
    const due = this.notebook.wishes.find(
      ({ want, said }) =>
        said === 0 && "emergency" in want && want.when !== undefined && want.when === question?.is,
    )
    if (!due) return undefined
    due.said += 1
    return worded(due.want, 0, { ...this.#parts, key: this.#key })
  }

  /** Nothing new was heard: waits a little, then asks again, then is gone. */
  #waits(isOver: boolean): Act {
    const waited = this.#nth("wait")
    if (waited < WAITS_MAX) return { kind: "silent", forMs: WAIT_MS }
    if (!isOver && this.notebook.current) this.hasGivenUp = true
    return { kind: "hangUp" }
  }

  #losesPatience(): Act {
    this.hasGivenUp = true
    const { whenOutOfPatience = "asks_for_person" } = this.#parts.task.caller
    if (whenOutOfPatience === "hangs_up" || this.#isAskingForPerson) return { kind: "hangUp" }
    this.#isAskingForPerson = true
    this.notebook.patience = 2
    return this.#say(this.#words("last_try", 0))
  }

  #asksAgain({ is }: Question): boolean {
    const { manner } = this.#parts.task.caller
    const times = manner === "hard_of_hearing" ? 2 : this.#has("asks_again") ? 1 : 0
    if (times === 0 || ["request", "anything_else", "danger", "menu"].includes(is)) return false
    const asked = this.#counts.get("pardon") ?? 0
    return asked < times && this.#last?.is !== is
  }

  #wandering(is: string, answer: string): string {
    const isRoom = ["name_birth", "birth", "third", "which", "pharmacy"].includes(is)
    const wanders = this.#has("wanders") || this.#parts.task.caller.manner === "rambling"
    if (!isRoom || !wanders || drawn(this.#key, "aside", is) > 0.5) return answer
    const nth = this.#nth("aside")
    return nth < ASIDES_MAX ? `${answer} ${this.#words("aside", nth)}` : answer
  }

  #say(text: string): Act {
    return { kind: "say", text, meanwhile: this.#meanwhile() }
  }

  #meanwhile(): Meanwhile {
    const draw = drawn(this.#key, "meanwhile", this.turns)
    const { manner = "plain" } = this.#parts.task.caller
    const murmursShare = this.#has("mm-hm") ? 0.8 : (MURMURS[manner] ?? 0)
    const nth = this.#counts.get("murmur") ?? 0
    if (draw < murmursShare && nth < MURMURS_MAX) {
      this.#counts.set("murmur", nth + 1)
      return { murmurs: this.#words("listening", nth) }
    }
    const interrupts = this.#has("interrupts") || manner === "impatient"
    return interrupts && draw > 0.3 ? "interrupts" : "listens"
  }

  #words(act: string, nth: number, slots: Readonly<Record<string, string>> = {}): string {
    return this.#parts.book.words(act, this.#key, { nth, slots })
  }

  #has(habit: string): boolean {
    return this.#parts.task.caller.habits?.some((one) => one === habit) ?? false
  }

  /** How often before. */
  #nth(what: string): number {
    const before = this.#counts.get(what) ?? 0
    this.#counts.set(what, before + 1)
    return before
  }
}

/** Whether anything was told beside what belongs to asking. */
function isTold(news: ReadonlySet<string>): boolean {
  return [...news].some((one) => !askingNews.has(one))
}

function isLead(manner: string): boolean {
  return ["rambling", "angry", "impatient", "hesitant"].includes(manner)
}
