/** Fills a reply with facts, for the eye and for the ear. It says what the template and the values
 * say and nothing else: a wrong value or a forbidden sentence is refused, never mended. */
import type { Language, Line, Sentence } from "../contract.ts"
import { findReply, placeholdersOf, type Reply, replyNames } from "./catalogue.ts"
import { mustNeverBeSaid } from "./never-say.ts"
import { type Facts, type Filled, placeholders } from "./placeholders.ts"
import { spokenForm } from "./spoken.ts"

export type PhraseFault = "unknown_reply" | "wrong_values" | "forbidden"
export type Phrased =
  | { readonly ok: true; readonly sentence: Sentence }
  | { readonly ok: false; readonly fault: PhraseFault }

const noFacts: Facts = { en: new Set(), es: new Set() }

/** One line as a sentence, or why not. `facts` are the site's own sentences. */
export function phraseLine(line: Line, language: Language, facts = noFacts): Phrased {
  const reply = findReply(line.reply, language)
  if (!reply) return refuse("unknown_reply")
  const values = fillValues(reply, line.values ?? {}, facts)
  if (!values) return refuse("wrong_values")
  const template = resolveOptional(reply.template, values)
  const text = substitute(template, values, (filled) => filled.text)
  if (mustNeverBeSaid(text)) return refuse("forbidden")
  const sentence: Sentence = {
    reply: reply.name,
    text: capitalised(text),
    spoken: capitalised(spokenText(template, values, reply.language)),
    fixed: values.size === 0,
    protected: reply.protected,
    ...(reply.language !== language && { language: reply.language }),
  }
  return { ok: true, sentence }
}

/** All replies without a placeholder, ready to be rendered before a call needs them. */
export function fixedSentences(language: Language): Sentence[] {
  const sentences: Sentence[] = []
  for (const name of replyNames) {
    const template = findReply(name, language)?.template ?? ""
    if (placeholdersOf(template).length > 0) continue
    const phrased = phraseLine({ reply: name }, language)
    if (phrased.ok) sentences.push(phrased.sentence)
  }
  return sentences
}

function refuse(fault: PhraseFault): Phrased {
  return { ok: false, fault }
}

/** Undefined when a value is missing, superfluous or not of its kind. */
function fillValues(
  reply: Reply,
  given: Readonly<Record<string, string | number>>,
  facts: Facts,
): Map<string, Filled> | undefined {
  const known = new Set(placeholdersOf(reply.template))
  const needed = placeholdersOf(withoutOptional(reply.template))
  if (needed.some((name) => given[name] === undefined)) return undefined
  const filled = new Map<string, Filled>()
  for (const [name, value] of Object.entries(given)) {
    const kind = known.has(name) ? placeholders[name] : undefined
    const form = kind?.(value, reply.language, facts)
    if (!form) return undefined
    filled.set(name, form)
  }
  return filled
}

const optional = /\[([^\]]*)\]/g

function withoutOptional(template: string): string {
  return template.replace(optional, "")
}

function resolveOptional(template: string, values: ReadonlyMap<string, Filled>): string {
  return template.replace(optional, (_, inner: string) =>
    placeholdersOf(inner).every((name) => values.has(name)) ? inner : "",
  )
}

function substitute(
  template: string,
  values: ReadonlyMap<string, Filled>,
  form: (filled: Filled) => string,
): string {
  return template.replace(/\{(\w+)\}/g, (_, name: string) => {
    const filled = values.get(name)
    return filled ? form(filled) : ""
  })
}

/** The template's own digits are spoken before the values go in, which bring their spoken form. */
function spokenText(
  template: string,
  values: ReadonlyMap<string, Filled>,
  language: Language,
): string {
  const pieces = template.split(/(\{\w+\})/)
  const spoken = pieces.map((piece) =>
    piece.startsWith("{") ? piece : spokenForm(piece, language),
  )
  return substitute(spoken.join(""), values, (filled) => filled.spoken)
}

function capitalised(text: string): string {
  return text.replace(/^\p{Ll}/u, (letter) => letter.toUpperCase())
}
