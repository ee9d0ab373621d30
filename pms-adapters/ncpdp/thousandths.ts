/** Quantities as thousandths of a unit, as NCPDP counts them: nothing is lost in a fraction. */

/** `-8.5` to -8500. Takes only what the contract's patterns let through. */
export function thousandths(text: string): number {
  const [whole = "", part = ""] = text.replace(/^-/, "").split(".")
  const amount = Number(`${whole}${part.padEnd(3, "0")}`)
  return text.startsWith("-") ? -amount : amount
}

/** -8500 to `-8.5`. */
export function written(amount: number): string {
  const digits = String(Math.abs(amount)).padStart(4, "0")
  const part = digits.slice(-3).replace(/0+$/, "")
  const text = part === "" ? digits.slice(0, -3) : `${digits.slice(0, -3)}.${part}`
  return amount < 0 ? `-${text}` : text
}

export function total(quantities: readonly string[]): number {
  return quantities.reduce((sum, quantity) => sum + thousandths(quantity), 0)
}
