/** The numbers Kokoro knows its sounds by. Sounds it does not know are left out. */

/** The first number of a run, and the sounds that follow one another from there. */
const runs: readonly (readonly [first: number, sounds: string])[] = [
  [1, ";:,.!?"],
  [9, '—…"()“” \u0303ʣʥʦʨᵝꭧAI'],
  [31, "O"],
  [33, "Q"],
  [35, "ST"],
  [39, "W"],
  [41, "Yᵊabcdef"],
  [50, "hijklmnopqrstuvwxyzɑɐɒæ"],
  [75, "βɔɕç"],
  [80, "ɖðʤə"],
  [85, "ɚɛɜ"],
  [90, "ɟ"],
  [92, "ɡ"],
  [99, "ɥ"],
  [101, "ɨɪʝ"],
  [110, "ɯɰŋɳɲɴø"],
  [118, "ɸθœ"],
  [123, "ɹ"],
  [125, "ɾɻ"],
  [128, "ʁɽʂʃʈʧ"],
  [135, "ʊʋ"],
  [138, "ʌɣɤ"],
  [142, "χʎ"],
  [147, "ʒʔ"],
  [156, "ˈˌː"],
  [162, "ʰ"],
  [164, "ʲ"],
  [169, "↓"],
  [171, "→↗↘"],
  [177, "ᵻ"],
]

const numbers = new Map<string, number>(
  runs.flatMap(([first, sounds]) =>
    [...sounds].map((sound, i): [string, number] => [sound, first + i]),
  ),
)

export function numbersOf(phonemes: string): number[] {
  return [...phonemes].flatMap((sound) => numbers.get(sound) ?? [])
}
