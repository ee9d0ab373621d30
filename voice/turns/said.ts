/** What was said as plain words and digits, so that two hearings of it can be compared. */

const DIGIT_WORDS: Readonly<Record<string, string>> = {
  zero: "0",
  oh: "0",
  o: "0",
  one: "1",
  two: "2",
  three: "3",
  four: "4",
  five: "5",
  six: "6",
  seven: "7",
  eight: "8",
  nine: "9",
  cero: "0",
  uno: "1",
  dos: "2",
  tres: "3",
  cuatro: "4",
  cinco: "5",
  seis: "6",
  siete: "7",
  ocho: "8",
  nueve: "9",
}

const REPEATS: Readonly<Record<string, number>> = { double: 2, triple: 3, doble: 2 }

/** Lower-case words without marks or accents. */
export function wordsOf(text: string): readonly string[] {
  return (
    text
      .toLowerCase()
      .normalize("NFD")
      .replace(/\p{M}/gu, "")
      .replace(/[’']/g, "")
      .match(/[a-z0-9]+/g) ?? []
  )
}

/** All digits of an utterance in one row: "double four oh 7" is 4407. */
export function digitsOf(text: string): string {
  let digits = ""
  let times = 1
  for (const word of wordsOf(text)) {
    const said = /^[0-9]+$/.test(word) ? word : DIGIT_WORDS[word]
    if (said) digits += said.length === 1 ? said.repeat(times) : said
    times = REPEATS[word] ?? 1
  }
  return digits
}

/** 0 to 1: how much of the shorter saying is in the longer one. */
export function overlap(one: readonly string[], other: readonly string[]): number {
  if (one.length === 0 || other.length === 0) return 0
  const [short, long] = one.length <= other.length ? [one, other] : [other, one]
  const left = [...long]
  let shared = 0
  for (const word of short) {
    const at = left.indexOf(word)
    if (at < 0) continue
    shared++
    left.splice(at, 1)
  }
  return shared / short.length
}
