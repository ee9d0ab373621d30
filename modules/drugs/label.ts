/** What a label names: the drug without strength, form and salt, and what the table knows of it. */
import type { DeaSchedule } from "#core/decision.ts"
import { type Sound, soundOf } from "./sound.ts"
import { type Drug, drugNamed } from "./table.ts"
import { joined, wordsOf } from "./words.ts"

/** Words that end the name, wherever they stand after its first word. */
const endings = new Set(
  [
    "tablet tablets tab tabs capsule capsules cap caps film gel cream ointment lotion patch",
    "solution suspension syrup elixir drops spray inhaler inhalation aerosol pen pens vial kit",
    "injection injectable powder suppository lozenge odt dr er xr xl sr la cr cd ec hfa oral",
    "ophthalmic topical nasal delayed extended immediate chewable disintegrating patches",
    "hcl hydrochloride sodium calcium besylate maleate mesylate sulfate citrate bitartrate",
    "fumarate medoxomil potassium acetate phosphate tromethamine monohydrate hyclate",
  ].flatMap((line) => line.split(" ")),
)

export interface Label {
  /** As a voice should say it. */
  readonly plainName: string
  /** What of it the table knows: the drug, or the drugs it is made of. */
  readonly drugs: readonly Drug[]
  /** False when something in it is not in the table. */
  readonly isKnownWhole: boolean
  /** Every name a caller may use for it. */
  readonly sounds: readonly Sound[]
}

export function readLabel(drugName: string): Label {
  const plainName = plainNameOf(drugName)
  const parts = plainName.split(/[-/]/)
  const whole = drugNamed(plainName)
  const found = whole ? [whole] : parts.map(knownBeginning)
  const drugs = found.filter((drug) => drug !== undefined)
  const written = [plainName, ...parts].map((name) => soundOf(joined(wordsOf(name))))
  return {
    plainName,
    drugs,
    isKnownWhole: drugs.length === found.length,
    sounds: [...written, ...drugs.flatMap(({ sounds }) => sounds)],
  }
}

const strictestFirst = ["CI", "CII", "CIII", "CIV", "CV"] as const

/** Of a combination the gravest part counts. A part that is not known could still be controlled. */
export function flagsOf({ drugs, isKnownWhole }: Label): {
  readonly schedule?: DeaSchedule
  readonly isHighAlert: boolean
  readonly isSensitive: boolean
} {
  const controlled = strictestFirst.find((one) => drugs.some(({ schedule }) => schedule === one))
  const schedule = controlled ?? (isKnownWhole ? ("none" as const) : undefined)
  return {
    ...(schedule && { schedule }),
    isHighAlert: drugs.some(({ isHighAlert }) => isHighAlert),
    isSensitive: drugs.some(({ isSensitive }) => isSensitive),
  }
}

/** The name up to the first strength, form or salt; in lower case unless it is a brand. */
function plainNameOf(drugName: string): string {
  const words = drugName
    .replaceAll(/[,;()]/g, " ")
    .trim()
    .split(/\s+/)
  const end = words.findIndex((word, at) => at > 0 && endsName(word))
  const name = (end === -1 ? words : words.slice(0, end)).join(" ")
  const letters = joined(wordsOf(name))
  const brand = drugNamed(name)?.brands.find((one) => joined(wordsOf(one)) === letters)
  return brand ?? name.toLowerCase()
}

function endsName(word: string): boolean {
  return /^\.?\d/.test(word) || endings.has(word.toLowerCase().replaceAll(/[^a-z]/g, ""))
}

/** The known drug a name is, or begins with: metoprolol succinate is metoprolol. */
function knownBeginning(name: string): Drug | undefined {
  const words = name.split(" ")
  for (let length = words.length; length > 0; length--) {
    const drug = drugNamed(words.slice(0, length).join(" "))
    if (drug) return drug
  }
  return undefined
}
