/** What a word may stand for when something is read out: digits, letters, letters by a word. Only
 * says what is possible; whether it is meant shows in what it adds up to. */

export interface Piece {
  /** Letters or digits it adds. */
  readonly adds: string
  /** How many words it takes. */
  readonly length: number
}

const listed = (text: string): readonly string[] => text.trim().split(/\s+/)

const numbersOf: readonly (readonly [string, number])[] = [
  ...listed("zero one two three four five six seven eight nine ten").map(counted),
  ...listed("cero uno dos tres cuatro cinco seis siete ocho nueve diez").map(counted),
  ...listed("eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen").map(
    (word, at) => [word, at + 11] as const,
  ),
  ...listed("once doce trece catorce quince dieciseis diecisiete dieciocho diecinueve veinte").map(
    (word, at) => [word, at + 11] as const,
  ),
  ...listed("veintiuno veintidos veintitres veinticuatro veinticinco veintiseis").map(
    (word, at) => [word, at + 21] as const,
  ),
  ...listed("veintisiete veintiocho veintinueve").map((word, at) => [word, at + 27] as const),
  ...listed("twenty thirty forty fifty sixty seventy eighty ninety").map(inTens),
  ...listed("veinte treinta cuarenta cincuenta sesenta setenta ochenta noventa").map(inTens),
  ...listed("cien doscientos trescientos cuatrocientos quinientos seiscientos").map(inHundreds),
  ...listed("setecientos ochocientos novecientos").map(
    (word, at) => [word, 700 + at * 100] as const,
  ),
  ["una", 1],
  ["nought", 0],
  ["niner", 9],
  ["fourty", 40],
  ["ciento", 100],
]

function counted(word: string, at: number): readonly [string, number] {
  return [word, at]
}

function inTens(word: string, at: number): readonly [string, number] {
  return [word, (at + 2) * 10]
}

function inHundreds(word: string, at: number): readonly [string, number] {
  return [word, (at + 1) * 100]
}

const numberWords = new Map(numbersOf)
const scales = new Map([
  ["hundred", 100],
  ["thousand", 1_000],
  ["mil", 1_000],
  ["million", 1_000_000],
  ["millon", 1_000_000],
  ["millones", 1_000_000],
])
const repeats = new Map([
  ["double", 2],
  ["doble", 2],
  ["triple", 3],
  ["treble", 3],
  ["quadruple", 4],
])

/** What a transcriber writes for a digit; believed only among digits. */
const soundsLike = new Map([
  ["o", "0"],
  ["oh", "0"],
  ["ought", "0"],
  ["to", "2"],
  ["too", "2"],
  ["for", "4"],
  ["fore", "4"],
  ["won", "1"],
  ["ate", "8"],
  ["tree", "3"],
  ["sex", "6"],
  ["fife", "5"],
])

const letterNames: ReadonlyMap<string, string> = new Map(
  listed(
    `ay:a bee:b be:b cee:c see:c sea:c dee:d ee:e eff:f ef:f gee:g aitch:h jay:j kay:k el:l
    ell:l em:m en:n oh:o pee:p queue:q cue:q ar:r are:r ess:s es:s tee:t tea:t you:u yu:u
    vee:v ex:x wye:y why:y zee:z zed:z ce:c ache:h efe:f ge:g hache:h jota:j ka:k ele:l
    eme:m ene:n pe:p cu:q ere:r erre:r ese:s te:t uve:v ve:v equis:x ye:y zeta:z de:d
    alpha:a alfa:a bravo:b charlie:c delta:d echo:e foxtrot:f golf:g hotel:h india:i
    juliet:j juliett:j kilo:k lima:l mike:m november:n oscar:o papa:p quebec:q romeo:r
    sierra:s tango:t uniform:u victor:v whiskey:w whisky:w xray:x yankee:y zulu:z`,
  ).map((pair) => [pair.slice(0, -2), pair.slice(-1)]),
)

/** Names of letters that are nothing else; the others are ordinary words too. */
const onlyLetters = new Set(
  listed(
    `ay bee cee dee ee eff ef gee aitch jay kay ell em ar ess tee yu vee wye zee zed hache
    jota ele eme ene ere erre uve equis zeta efe alpha alfa bravo charlie delta foxtrot juliet
    juliett kilo lima oscar quebec romeo sierra tango victor xray yankee zulu`,
  ),
)

/** Words between the pieces of something read out. */
const fillers = new Set(
  listed(
    `um uh uhm er erm hmm ah like and then y dash hyphen guion dot punto at arroba underscore slash
    bajo period the letter number capital mayuscula con de space espacio new word its it is es
    apostrophe sorry ok okay lets see comma`,
  ),
)

export function isFiller(word: string): boolean {
  return fillers.has(word)
}

export function isNumberWord(word: string): boolean {
  return /^\d+$/.test(word) || numberWords.has(word) || scales.has(word)
}

export function soundsLikeDigit(word: string): string | undefined {
  return soundsLike.get(word)
}

export function repeatOf(word: string): number | undefined {
  return repeats.get(word)
}

/** A word that can be nothing but the name of a letter, or a letter itself. */
export function isCertainLetter(word: string): boolean {
  return onlyLetters.has(word) || /^[b-hj-np-tv-xz]$/.test(word)
}

/** The letter of "c", "see", "charlie"; of another word none. */
export function letterOf(word: string): string | undefined {
  return /^[a-z]$/.test(word) ? word : letterNames.get(word)
}

/** Everything the words from here on may add when something is read out, the longest first. */
export function piecesAt(words: readonly string[], at: number): Piece[] {
  const word = words[at] ?? ""
  const found: Piece[] = [...digitPieces(words, at), ...letterPieces(words, at)]
  if (word !== "") found.push({ adds: word, length: 1 })
  // "Carter's", "the Carters".
  if (word.length > 2 && word.endsWith("s")) found.push({ adds: word.slice(0, -1), length: 1 })
  const times = repeats.get(word)
  if (times !== undefined) {
    for (const next of [...digitPieces(words, at + 1), ...letterPieces(words, at + 1)]) {
      if (next.adds.length !== 1) continue
      found.push({ adds: next.adds.repeat(times), length: next.length + 1 })
    }
  }
  return found.toSorted((a, b) => b.length - a.length)
}

/** One number of up to three digits as it is said: "forty five", "ciento veinte", "705". */
export function digitPieces(words: readonly string[], at: number): Piece[] {
  const word = words[at] ?? ""
  const heard = soundsLike.get(word)
  const found: Piece[] = heard === undefined ? [] : [{ adds: heard, length: 1 }]
  const value = numberWords.get(word) ?? (/^\d{1,3}$/.test(word) ? Number(word) : undefined)
  if (value === undefined) return found
  found.push({ adds: /^\d/.test(word) ? word : String(value), length: 1 })
  const scale = scales.get(words[at + 1] ?? "")
  if (scale !== undefined && scale < 1_000_000 && value < 100) {
    found.push(...withRest(words, at + 2, { value: value * scale, taken: 2 }))
  }
  if (value >= 20 && value % 10 === 0 && !/^\d/.test(word)) {
    found.push(...withRest(words, at + 1, { value, taken: 1 }).slice(1))
  }
  return found
}

/** What may be added to a round number: "and five" to "a hundred", "five" to "forty". */
function withRest(
  words: readonly string[],
  at: number,
  { value, taken }: { value: number; taken: number },
): Piece[] {
  const skip = words[at] === "and" || words[at] === "y" ? 1 : 0
  const room = value % 1_000 === 0 ? 1_000 : value % 100 === 0 ? 100 : 10
  const found: Piece[] = [{ adds: String(value), length: taken }]
  for (const rest of digitPieces(words, at + skip)) {
    const more = Number(rest.adds)
    if (more > 0 && more < room && numberWords.has(words[at + skip] ?? "")) {
      found.push({ adds: String(value + more), length: taken + skip + rest.length })
    }
  }
  return found
}

/** "c", "see", "charlie", "c as in cat", "c de casa". */
export function letterPieces(words: readonly string[], at: number): Piece[] {
  const letter = letterOf(words[at] ?? "")
  if (letter === undefined) return []
  const length = explainedLength(words, at)
  const plainPiece = { adds: letter, length: 1 }
  return length === undefined ? [plainPiece] : [{ adds: letter, length }, plainPiece]
}

const explanations = [
  ["as", "in"],
  ["like"],
  ["like", "in"],
  ["for"],
  ["de"],
  ["como"],
  ["como", "en"],
]

/** How many words "c as in charlie" takes; nothing when it explains nothing. */
export function explainedLength(words: readonly string[], at: number): number | undefined {
  const letter = letterOf(words[at] ?? "")
  if (letter === undefined) return undefined
  for (const phrase of explanations) {
    const explaining = words[at + 1 + phrase.length] ?? ""
    const isThere = phrase.every((word, offset) => words[at + 1 + offset] === word)
    if (isThere && explaining.startsWith(letter) && explaining.length > 1) return phrase.length + 2
  }
  return undefined
}
