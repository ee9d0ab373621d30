/** How people say dates, digits and the spelling of a name. Knows nobody; only turns into words. */

const months = [
  ...["January", "February", "March", "April", "May", "June", "July"],
  ...["August", "September", "October", "November", "December"],
]
const ordinals = [
  ...["first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth"],
  ...["tenth", "eleventh", "twelfth", "thirteenth", "fourteenth", "fifteenth", "sixteenth"],
  ...["seventeenth", "eighteenth", "nineteenth", "twentieth", "twenty-first", "twenty-second"],
  ...["twenty-third", "twenty-fourth", "twenty-fifth", "twenty-sixth", "twenty-seventh"],
  ...["twenty-eighth", "twenty-ninth", "thirtieth", "thirty-first"],
]
const units = [
  ...["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"],
  ...["eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen"],
  ...["eighteen", "nineteen"],
]
const tens = ["", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]

export const dateStyles = ["long", "ordinal", "words", "slashes", "day_first"] as const
export type DateStyle = (typeof dateStyles)[number]
export const digitStyles = ["together", "apart", "words", "oh"] as const
export type DigitStyle = (typeof digitStyles)[number]

/** A day that is written `YYYY-MM-DD`. */
export function spokenDate(day: string, style: DateStyle): string {
  const [year = 0, month = 0, date = 0] = day.split("-").map(Number)
  const name = months[month - 1] ?? ""
  switch (style) {
    case "long":
      return `${name} ${date}, ${year}`
    case "ordinal":
      return `${name} ${date}${endingOf(date)} ${year}`
    case "words":
      return `${name} ${ordinals[date - 1]} ${spokenYear(year)}`
    case "slashes":
      return `${month}/${date}/${year}`
    case "day_first":
      return `the ${date}${endingOf(date)} of ${name}, ${year}`
  }
}

function endingOf(date: number): string {
  if (date > 10 && date < 14) return "th"
  return ["th", "st", "nd", "rd"][date % 10] ?? "th"
}

function spokenYear(year: number): string {
  if (year >= 2000 && year < 2010) return `two thousand ${units[year - 2000] ?? ""}`
  const rest = year % 100
  const century = spokenTwo(Math.floor(year / 100))
  return `${century} ${rest < 10 ? `oh ${units[rest]}` : spokenTwo(rest)}`
}

function spokenTwo(number: number): string {
  const small = units[number]
  if (small !== undefined) return small
  const unit = number % 10
  return `${tens[Math.floor(number / 10)]}${unit === 0 ? "" : `-${units[unit]}`}`
}

export function spokenDigits(digits: string, style: DigitStyle): string {
  const each = [...digits]
  if (style === "together") return digits
  if (style === "apart") return each.join(" ")
  const zero = style === "oh" ? "oh" : "zero"
  return each.map((digit) => (digit === "0" ? zero : (units[Number(digit)] ?? digit))).join(" ")
}

/** "C-A-R-T-E-R", as it is spelled over a telephone. */
export function spelled(name: string): string {
  return [...name.toUpperCase()].join("-")
}

/** Two digits for the month, two for the day, four for the year. */
export function keyedDate(day: string): string {
  return `${day.slice(5, 7)}${day.slice(8, 10)}${day.slice(0, 4)}`
}

/** "metformin, lisinopril and atorvastatin" */
export function listed(names: readonly string[]): string {
  const last = names.at(-1) ?? ""
  return names.length < 2 ? last : `${names.slice(0, -1).join(", ")} and ${last}`
}
