/**
 * National Drug Codes. Ten, eleven and twelve digits name one package; here all are twelve, 6-4-2,
 * as the rule of 2026 will have them (91 FR 10749). Never pads what could be read in two ways.
 */

/** Labeler, product and package as 21 CFR 207.33 allows them. */
const written = /^(\d{4,6})-(\d{3,4})-(\d{1,2})$/
const ofProduct = /^(\d{4,6})-(\d{3,4})$/
const DIGITS_MIN = 10

/** Twelve digits; undefined for what is no NDC, and for ten digits without their hyphens. */
export function ndc12Of(text: string): string | undefined {
  const trimmed = text.trim()
  if (/^\d{12}$/.test(trimmed)) return trimmed
  // Eleven are what claims are billed under: always 5-4-2.
  if (/^\d{11}$/.test(trimmed)) return `0${trimmed}`
  const [, labeler = "", product = "", packed = ""] = written.exec(trimmed) ?? []
  if (labeler.length + product.length + packed.length < DIGITS_MIN) return undefined
  return padded(labeler, product) + packed.padStart(2, "0")
}

/** The first ten of the twelve, from the two segments that the directory calls PRODUCTNDC. */
export function productOf(text: string): string | undefined {
  const [, labeler, product] = ofProduct.exec(text.trim()) ?? []
  return labeler === undefined || product === undefined ? undefined : padded(labeler, product)
}

/** As claims want it; undefined for a labeler of six digits, which eleven have no room for. */
export function ndc11Of(ndc12: string): string | undefined {
  return ndc12.startsWith("0") ? ndc12.slice(1) : undefined
}

function padded(labeler: string, product: string): string {
  return labeler.padStart(6, "0") + product.padStart(4, "0")
}
