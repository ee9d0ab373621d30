/** Digits as people say them: "double four", "triple oh", "seventy twelve", "seven hundred". Reads
 * what was said and never completes it: a word that is no number ends the run. */

const units: Readonly<Record<string, string>> = {
  zero: "0",
  oh: "0",
  o: "0",
  ought: "0",
  nought: "0",
  one: "1",
  two: "2",
  three: "3",
  four: "4",
  five: "5",
  six: "6",
  seven: "7",
  eight: "8",
  nine: "9",
  niner: "9",
  cero: "0",
  uno: "1",
  una: "1",
  dos: "2",
  tres: "3",
  cuatro: "4",
  cinco: "5",
  seis: "6",
  siete: "7",
  ocho: "8",
  nueve: "9",
}

const teens: Readonly<Record<string, string>> = {
  ten: "10",
  eleven: "11",
  twelve: "12",
  thirteen: "13",
  fourteen: "14",
  fifteen: "15",
  sixteen: "16",
  seventeen: "17",
  eighteen: "18",
  nineteen: "19",
  diez: "10",
  once: "11",
  doce: "12",
  trece: "13",
  catorce: "14",
  quince: "15",
  dieciseis: "16",
  diecisiete: "17",
  dieciocho: "18",
  diecinueve: "19",
  veintiuno: "21",
  veintiun: "21",
  veintiuna: "21",
  veintidos: "22",
  veintitres: "23",
  veinticuatro: "24",
  veinticinco: "25",
  veintiseis: "26",
  veintisiete: "27",
  veintiocho: "28",
  veintinueve: "29",
}

const tens: Readonly<Record<string, string>> = {
  twenty: "2",
  thirty: "3",
  forty: "4",
  fourty: "4",
  fifty: "5",
  sixty: "6",
  seventy: "7",
  eighty: "8",
  ninety: "9",
  veinte: "2",
  treinta: "3",
  cuarenta: "4",
  cincuenta: "5",
  sesenta: "6",
  setenta: "7",
  ochenta: "8",
  noventa: "9",
}

const scales: Readonly<Record<string, number>> = { hundred: 100, thousand: 1_000 }
const repeats: Readonly<Record<string, number>> = {
  ...{ double: 2, triple: 3, treble: 3, quadruple: 4, doble: 2 },
}

/** What a transcriber writes for a digit; believed only between two digits. */
const soundsLike: Readonly<Record<string, string>> = {
  to: "2",
  too: "2",
  for: "4",
  fore: "4",
  won: "1",
  ate: "8",
  tree: "3",
  sex: "6",
  fife: "5",
}

const hesitations = new Set(
  (
    "um uh uhm er erm hmm ah dash " +
    "hyphen space number pound hash then like lets see sorry okay ok " +
    "eh este numero guion coma espacio luego despues perdon gato"
  ).split(" "),
)

/** Digits said without another word between them, and which words they were. */
export interface DigitRun {
  readonly digits: string
  readonly from: number
  readonly to: number
}

/** All runs of digits in the words of an utterance. */
export function digitRuns(words: readonly string[]): DigitRun[] {
  const runs: DigitRun[] = []
  let at = 0
  while (at < words.length) {
    const run = readRun(words, at)
    if (run) runs.push(run)
    at = run ? run.to : at + 1
  }
  return runs
}

function readRun(words: readonly string[], from: number): DigitRun | undefined {
  let digits = ""
  let at = from
  let to = from
  while (at < words.length) {
    const piece = readPiece(words, at, digits !== "")
    if (piece) {
      digits += piece.digits
      at += piece.length
      to = at
    } else if (digits !== "" && hesitations.has(words[at] ?? "")) {
      at += 1
    } else {
      break
    }
  }
  return digits === "" ? undefined : { digits, from, to }
}

interface Piece {
  readonly digits: string
  readonly length: number
}

/** The digits one or a few words stand for: "double four", "twenty one", "seven hundred five". */
export function readPiece(
  words: readonly string[],
  at: number,
  isInsideRun: boolean,
): Piece | undefined {
  const word = words[at] ?? ""
  if (/^\d+$/.test(word)) return scaled(words, at, { digits: word, length: 1 })
  const times = repeats[word]
  if (times !== undefined) {
    const digit = singleDigit(words[at + 1] ?? "")
    return digit ? { digits: digit.repeat(times), length: 2 } : undefined
  }
  const spanish = readSpanish(words, at)
  if (spanish) return spanish
  const small = readBelowHundred(words, at)
  if (small) return scaled(words, at, small)
  const heard = soundsLike[word]
  const next = words[at + 1] ?? ""
  if (heard && isInsideRun && readPiece(words, at + 1, true) && !(next in soundsLike)) {
    return { digits: heard, length: 1 }
  }
  return undefined
}

function singleDigit(word: string): string | undefined {
  return /^\d$/.test(word) ? word : units[word]
}

function readBelowHundred(words: readonly string[], at: number): Piece | undefined {
  const word = words[at] ?? ""
  const digit = units[word]
  if (digit !== undefined) return { digits: digit, length: 1 }
  const teen = teens[word]
  if (teen !== undefined) return { digits: teen, length: 1 }
  const ten = tens[word]
  if (ten === undefined) return undefined
  // "Setenta y cinco", and "diez y seis" of old.
  const skip = words[at + 1] === "y" ? 1 : 0
  const unit = units[words[at + 1 + skip] ?? ""]
  const isOneNumber = unit !== undefined && unit !== "0"
  return isOneNumber ? { digits: ten + unit, length: 2 + skip } : { digits: `${ten}0`, length: 1 }
}

/** "Seven hundred" is 700 and "seven hundred twelve" is 712, as a number would be written. */
function scaled(words: readonly string[], at: number, head: Piece): Piece {
  const scale = scales[words[at + head.length] ?? ""]
  if (scale === undefined || head.digits.length > 2) return head
  let value = Number(head.digits) * scale
  let length = head.length + 1
  const room = scale === 1_000 ? readHundreds(words, at + length) : undefined
  if (room) {
    value += Number(room.digits)
    length += room.length
  } else {
    const skip = words[at + length] === "and" ? 1 : 0
    const rest = readBelowHundred(words, at + length + skip)
    // A lone digit after "hundred" is the next digit of the number: "seven hundred, four, one".
    if (rest && (rest.digits.length === 2 || skip === 1)) {
      value += Number(rest.digits)
      length += rest.length + skip
    }
  }
  return { digits: String(value), length }
}

const spanishHundreds: Readonly<Record<string, number>> = {
  ...{
    cien: 100,
    ciento: 100,
    doscientos: 200,
    doscientas: 200,
    trescientos: 300,
    trescientas: 300,
  },
  ...{ cuatrocientos: 400, quinientos: 500, seiscientos: 600, setecientos: 700, ochocientos: 800 },
  novecientos: 900,
}

/** "Setecientos uno", "mil novecientos cincuenta y ocho", "setenta y siete mil ciento uno". */
function readSpanish(words: readonly string[], at: number): Piece | undefined {
  const thousands = words[at] === "mil" ? { digits: "1", length: 0 } : belowThousand(words, at)
  const isThousands = thousands !== undefined && words[at + thousands.length] === "mil"
  if (!isThousands) return (words[at] ?? "") in spanishHundreds ? thousands : undefined
  const length = thousands.length + 1
  const rest = belowThousand(words, at + length)
  const value = Number(thousands.digits) * 1_000 + Number(rest?.digits ?? 0)
  return { digits: String(value), length: length + (rest?.length ?? 0) }
}

function belowThousand(words: readonly string[], at: number): Piece | undefined {
  const hundreds = spanishHundreds[words[at] ?? ""]
  if (hundreds === undefined) return readBelowHundred(words, at)
  const rest = readBelowHundred(words, at + 1)
  const isPart = rest !== undefined && rest.digits !== "0"
  const value = hundreds + (isPart ? Number(rest.digits) : 0)
  return { digits: String(value), length: isPart ? 1 + rest.length : 1 }
}

function readHundreds(words: readonly string[], at: number): Piece | undefined {
  const head = readBelowHundred(words, at)
  if (!head || words[at + head.length] !== "hundred") return undefined
  return scaled(words, at, head)
}

const SHORTEST_RX = 6
const LONGEST_RX = 9

/** Rx numbers in the words; an utterance that is only pieces of one number is read as one. */
export function rxNumbers(words: readonly string[], isAsked: boolean): string[] {
  const runs = digitRuns(words)
  const whole = runs.filter((run) => isRx(run.digits)).map((run) => run.digits)
  if (whole.length > 0) return [...new Set(whole)].slice(0, 10)
  if (!isAsked) return []
  const joined = runs.map((run) => run.digits).join("")
  return isRx(joined) ? [joined] : []
}

function isRx(digits: string): boolean {
  return digits.length >= SHORTEST_RX && digits.length <= LONGEST_RX
}
