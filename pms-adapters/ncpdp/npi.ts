/** National Provider Identifiers. A right check digit says nothing about who holds the number. */

/** ISO's prefix for health care in the United States: the check digit is over it too. */
const PREFIX = "80840"

export function isNpiPossible(npi: string): boolean {
  return /^[12]\d{9}$/.test(npi) && isLuhn(PREFIX + npi)
}

function isLuhn(digits: string): boolean {
  const sum = [...digits].reverse().reduce((total, digit, place) => {
    const value = Number(digit) * (place % 2 === 1 ? 2 : 1)
    return total + (value > 9 ? value - 9 : value)
  }, 0)
  return sum % 10 === 0
}
