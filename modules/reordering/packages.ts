/** How much is in a package, as the NDC directory describes it. Guesses nothing. */

/** `100 TABLET in 1 BOTTLE`; a code in brackets may follow, and `/` or `>` before the inside. */
const step = /^(\d*\.?\d+) ([^/>*]+?) in 1 ([^/>*(]+?)(?: \([\d-]+\))?$/i

/**
 * Units in the whole package: of a carton of ten blisters of ten tablets, a hundred. Undefined for
 * what is written in another way.
 */
export function packSizeOf(description: string): number | undefined {
  let size = 1
  const steps = description.split(/ [/>] /).map((part) => step.exec(part.trim()))
  for (const [at, found] of steps.entries()) {
    const amount = Number(found?.[1])
    const isNext = at === 0 || firstWord(found?.[3]) === firstWord(steps[at - 1]?.[2])
    if (!found || !isNext || !(amount > 0)) return undefined
    size *= amount
  }
  return size
}

/** `BLISTER PACK` and `BLISTER PACK, UNIT-DOSE` are one. */
function firstWord(text = ""): string {
  return text.toUpperCase().split(/[\s,]/)[0] ?? ""
}
