/** Which of the caller's drugs were meant. Ears must agree, and look-alikes are never picked. */
import { type Candidate, type Heard, hear, type Mention } from "./hear.ts"

/** How close a name must come in what the careful ear heard. */
const CLOSE = 0.8
/** The other ear only has to bear it out. */
const CLOSE_TO_BEAR_OUT = 0.6

export interface Matched {
  readonly meant: string[]
  readonly unclear: string[][]
  readonly leftOut: string[]
  readonly exact: string[]
  readonly namesOther: boolean
}

/** `otherText` is undefined when there was one ear only, as for typed text. */
export function match(
  text: string,
  otherText: string | undefined,
  candidates: readonly Candidate[],
): Matched {
  const heard = hear(text, candidates, CLOSE)
  const other = otherText === undefined ? undefined : hear(otherText, candidates, CLOSE_TO_BEAR_OUT)
  const wanted = heard.mentions.filter(({ isLeftOut }) => !isLeftOut)
  const judged = wanted.map((mention) => judge(mention, other))
  const meant = [...new Set(judged.flatMap(({ meant }) => meant ?? []))]
  const doubted = judged.flatMap(({ oneEar }) => oneEar ?? [])
  const contrary = doubted.length > 0 && other ? heardOnlyBy(other, heard) : []
  const unclear = judged
    .filter(({ by, unclear }) => unclear && !(by === "use" && unclear.some(isIn(meant))))
    .map(({ unclear }) => unclear ?? [])
  return {
    meant,
    unclear: [
      ...unclear,
      ...(contrary.length > 0 ? [[...doubted, ...contrary]] : doubted.map((one) => [one])),
    ].map((group) => [...new Set(group)]),
    leftOut: heard.mentions.filter(({ isLeftOut }) => isLeftOut).flatMap(({ fits }) => fits),
    exact: exactOf(wanted, other),
    namesOther: heard.namesOther,
  }
}

function exactOf(wanted: readonly Mention[], other: Heard | undefined): string[] {
  return wanted.flatMap(({ exact }) => (exact && isUncontested(exact, other) ? [exact] : []))
}

/** What one ear wrote letter by letter, the other may have misspelt, and not heard otherwise. */
function isUncontested(exact: string, other: Heard | undefined): boolean {
  if (!other) return true
  const near = other.mentions.filter(({ fits }) => fits.includes(exact))
  return near.length > 0 && near.every((one) => one.exact === undefined || one.exact === exact)
}

interface Judged {
  readonly by: Mention["by"]
  readonly meant?: string
  readonly unclear?: readonly string[]
  /** The other ear did not hear it. */
  readonly oneEar?: string
}

function judge({ by, fits, exact }: Mention, other: Heard | undefined): Judged {
  const isExactTwice = exact !== undefined && other?.mentions.some((it) => it.exact === exact)
  const one = fits.length === 1 ? fits[0] : isExactTwice ? exact : undefined
  if (one === undefined) return { by, unclear: fits }
  if (!other) return { by, meant: one }
  const borneOut = other.mentions.find((it) => !it.isLeftOut && it.fits.includes(one))
  if (!borneOut) return { by, oneEar: one }
  const isAgreed = borneOut.by === "use" || borneOut.fits[0] === one || borneOut.exact === one
  return isAgreed ? { by, meant: one } : { by, unclear: [one, ...borneOut.fits] }
}

/** What the other ear was sure of and this one did not hear at all. */
function heardOnlyBy(other: Heard, { mentions }: Heard): readonly string[] {
  const known = mentions.flatMap(({ fits }) => fits)
  return other.mentions
    .filter(({ fits, score }) => score >= CLOSE && !fits.some(isIn(known)))
    .flatMap(({ fits }) => fits)
}

function isIn(list: readonly string[]): (one: string) => boolean {
  return (one) => list.includes(one)
}
