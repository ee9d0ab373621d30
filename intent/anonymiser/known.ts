/** What the pharmacy knows of people, made ready to be looked for: names and their pieces, days of
 * birth, and every number or code as bare letters and digits. It never leaves this folder. */
import { doubleMetaphone } from "double-metaphone"
import { folded, foldedWords } from "./folding.ts"
import { nicknamesOf, particles, pharmacyWords, streetWords } from "./lexicon.ts"

export interface Person {
  readonly role: "caller" | "patient" | "prescriber" | "staff"
  readonly first?: string
  readonly last?: string
  readonly aliases?: readonly string[]
  /** `YYYY-MM-DD`. */
  readonly dateOfBirth?: string
  readonly phones?: readonly string[]
  readonly zip?: string
  readonly address?: string
  readonly email?: string
  readonly rxNumbers?: readonly string[]
  /** Insurance ids and whatever else is theirs alone. */
  readonly others?: readonly string[]
}

export interface Known {
  readonly people: readonly Person[]
  readonly pharmacy?: {
    readonly name: string
    readonly address?: string
    readonly phones?: readonly string[]
  }
}

/** A thing that a placeholder stands for: its type, a key that is the same for the same thing, and
 * how it is written when it comes back. */
export interface Thing {
  readonly type: string
  readonly key: string
  readonly value: string
}

/** One written form of a known thing, as letters and digits without anything between them. */
export interface KnownForm {
  readonly squashed: string
  readonly thing: Thing
  readonly isName: boolean
  /** A first and a last name together. */
  readonly isWhole?: boolean
}

/** One word of a name, by which it is recognised when it was misheard. */
export interface KnownName {
  readonly letters: string
  readonly codes: readonly string[]
  readonly thing: Thing
}

export interface KnownDay {
  readonly year: string
  readonly month: number
  readonly day: number
  readonly thing: Thing
}

export interface KnownIndex {
  readonly forms: ReadonlyMap<string, KnownForm>
  /** Every beginning of every form: what cannot lead to one is not followed. */
  readonly beginnings: ReadonlySet<string>
  readonly names: readonly KnownName[]
  readonly days: readonly KnownDay[]
  /** Words of streets, which are only sometimes ordinary words. */
  readonly streets: ReadonlyMap<string, Thing>
}

const SHORTEST_NAME = 2
const SHORTEST_CODE = 3
const PHONE_WITHOUT_AREA = 7

const indexes = new WeakMap<Known, KnownIndex>()

/** Made once for as long as the same `Known` is asked about. */
export function indexOf(known: Known): KnownIndex {
  const made = indexes.get(known) ?? build(known)
  indexes.set(known, made)
  return made
}

/** Letters and digits, lower case, nothing else. */
export function squash(text: string): string {
  return foldedWords(text).join("")
}

function build(known: Known): KnownIndex {
  const forms = new Map<string, KnownForm>()
  const add = (form: KnownForm): void => {
    if (form.squashed !== "" && !forms.has(form.squashed)) forms.set(form.squashed, form)
  }
  for (const person of known.people) {
    for (const form of [...nameForms(person), ...codeForms(person)]) add(form)
  }
  for (const form of pharmacyForms(known)) add(form)
  const beginnings = new Set<string>()
  for (const { squashed } of forms.values()) {
    for (let length = 1; length <= squashed.length; length += 1) {
      beginnings.add(squashed.slice(0, length))
    }
  }
  const names = [...forms.values()]
    .filter(({ isName }) => isName)
    .map(({ squashed, thing }) => ({ letters: squashed, codes: codesOf(squashed), thing }))
  return {
    forms,
    beginnings,
    names,
    days: known.people.flatMap(dayOf),
    streets: new Map(
      [...known.people.map(({ address }) => address), known.pharmacy?.address].flatMap(streetOf),
    ),
  }
}

export function codesOf(letters: string): readonly string[] {
  // "Less stir" has one s more than Lester, which nobody hears.
  const heard = doubleMetaphone(letters).map((code) => code.replace(/(.)\1+/g, "$1"))
  return [...new Set(heard.filter((code) => code !== ""))]
}

function thingOf(person: Person): Thing {
  const value = [person.first, person.last].filter(Boolean).join(" ")
  const shown = value === "" ? (person.aliases?.[0] ?? "") : value
  const key = `person|${foldedWords(shown).join(" ")}|${person.dateOfBirth ?? ""}`
  return { type: person.role.toUpperCase(), key, value: shown }
}

function nameForms(person: Person): KnownForm[] {
  const thing = thingOf(person)
  const first = person.first ?? ""
  const written = [first, person.last ?? "", ...(person.aliases ?? [])]
  const nicknames = foldedWords(first).flatMap(nicknamesOf)
  const pieces = [...written.flatMap(foldedWords), ...nicknames].filter(
    (word) => !particles.has(word),
  )
  const whole = squash(`${first} ${person.last ?? ""}`)
  return [...pieces, ...written.map(squash), whole]
    .filter((squashed) => squashed.length >= SHORTEST_NAME && !/^\d+$/.test(squashed))
    .map((squashed) => ({ squashed, thing, isName: true, isWhole: squashed === whole }))
}

function codeForms(person: Person): KnownForm[] {
  const { email, zip, address, phones = [], rxNumbers = [], others = [] } = person
  return [
    ...codes("EMAIL", email === undefined ? [] : [email]),
    ...codes("ZIP", zip === undefined ? [] : [zip, zip.slice(0, 5)]),
    ...codes("ADDRESS", address === undefined ? [] : addressForms(address)),
    ...phones.flatMap(phoneForms),
    ...codes("RX", rxNumbers),
    ...codes("ID", others),
  ]
}

function codes(type: string, written: readonly string[]): KnownForm[] {
  const [whole] = written
  if (whole === undefined) return []
  const isOneThing = type === "ZIP" || type === "ADDRESS"
  return written
    .map((value) => ({ value: isOneThing ? whole : value, squashed: squash(value) }))
    .filter(({ squashed }) => squashed.length >= SHORTEST_CODE)
    .map(({ value, squashed }) => ({
      squashed,
      thing: { type, key: `${type}|${squash(value)}`, value },
      isName: false,
    }))
}

/** The whole of it, its first line, its street and its town. */
function addressForms(address: string): string[] {
  const [line = "", ...rest] = address.split(",")
  const towns = rest.map((part) => part.trim()).filter((part) => /^\D{4,}$/.test(part))
  return [address, line, line.replace(/^\W*\d+\w*\s*/, ""), ...towns]
}

function phoneForms(phone: string): KnownForm[] {
  const digits = phone.replace(/\D/g, "")
  const national = digits.length === 11 && digits.startsWith("1") ? digits.slice(1) : digits
  const thing = { type: "PHONE", key: `PHONE|${national}`, value: phone }
  return [digits, national, `1${national}`, national.slice(-PHONE_WITHOUT_AREA)]
    .filter((squashed) => squashed.length >= PHONE_WITHOUT_AREA)
    .map((squashed) => ({ squashed, thing, isName: false }))
}

function pharmacyForms({ pharmacy }: Known): KnownForm[] {
  if (pharmacy === undefined) return []
  const thing = { type: "PHARMACY", key: `PHARMACY|${squash(pharmacy.name)}`, value: pharmacy.name }
  const telling = foldedWords(pharmacy.name).filter((word) => !pharmacyWords.has(word))
  return [
    { squashed: squash(pharmacy.name), thing, isName: false },
    { squashed: telling.join(""), thing, isName: true },
    ...codes("ADDRESS", pharmacy.address === undefined ? [] : addressForms(pharmacy.address)),
    ...(pharmacy.phones ?? []).flatMap(phoneForms),
  ]
}

function dayOf(person: Person): KnownDay[] {
  const [, year, month, day] = /^(\d{4})-(\d\d)-(\d\d)$/.exec(person.dateOfBirth ?? "") ?? []
  if (year === undefined) return []
  const value = person.dateOfBirth ?? ""
  const thing = { type: "DATE", key: `DATE|${value}`, value }
  return [{ year, month: Number(month), day: Number(day), thing }]
}

function streetOf(address: string | undefined): [string, Thing][] {
  if (address === undefined) return []
  const thing = { type: "ADDRESS", key: `ADDRESS|${squash(address)}`, value: address }
  return (folded(address).match(/[a-z]+/g) ?? [])
    .filter((word) => word.length > 2 && !streetWords.has(word))
    .map((word) => [word, thing])
}
