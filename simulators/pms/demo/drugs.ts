/**
 * The drugs the demo pharmacy dispenses. Names and DEA schedules are facts; the NDCs are invented
 * (labeler 99999) so that nobody mistakes one for a product.
 */

export interface Drug {
  readonly name: string
  readonly ndc: string
  /** The vendor's schedule code: 2 to 5 are DEA schedules, 6 is prescription only, 0 needs none. */
  readonly schedule: string
}

const names: Readonly<Record<string, readonly string[]>> = {
  "2": [
    "oxycodone 5 mg tablet",
    "hydrocodone-acetaminophen 5-325 mg tablet",
    "methylphenidate 10 mg tablet",
    "amphetamine salts 20 mg tablet",
  ],
  "3": [
    "buprenorphine-naloxone 8-2 mg film",
    "testosterone 1% gel",
    "acetaminophen-codeine 300-30 mg tablet",
  ],
  "4": [
    "zolpidem 10 mg tablet",
    "alprazolam 0.5 mg tablet",
    "clonazepam 1 mg tablet",
    "tramadol 50 mg tablet",
    "lorazepam 1 mg tablet",
  ],
  "5": ["pregabalin 75 mg capsule", "lacosamide 100 mg tablet"],
  "6": [
    "albuterol inhaler 90 mcg",
    "amlodipine 5 mg tablet",
    "amoxicillin 250 mg suspension",
    "atorvastatin 20 mg tablet",
    "bupropion XL 150 mg tablet",
    "buspirone 10 mg tablet",
    "clonidine 0.1 mg tablet",
    "clopidogrel 75 mg tablet",
    "donepezil 10 mg tablet",
    "emtricitabine-tenofovir 200-300 mg tablet",
    "finasteride 5 mg tablet",
    "furosemide 40 mg tablet",
    "gabapentin 300 mg capsule",
    "glipizide 5 mg tablet",
    "glyburide 5 mg tablet",
    "hydralazine 25 mg tablet",
    "hydroxyzine 25 mg tablet",
    "insulin glargine 100 units per mL pen",
    "lamivudine 150 mg tablet",
    "lamotrigine 100 mg tablet",
    "levothyroxine 50 mcg tablet",
    "lisinopril 10 mg tablet",
    "losartan 50 mg tablet",
    "metformin 500 mg tablet",
    "methotrexate 2.5 mg tablet",
    "metoprolol 25 mg tablet",
    "metronidazole 500 mg tablet",
    "montelukast 10 mg tablet",
    "omeprazole 20 mg capsule",
    "pantoprazole 40 mg tablet",
    "potassium chloride 20 mEq tablet",
    "prednisolone 5 mg tablet",
    "prednisone 10 mg tablet",
    "quetiapine 25 mg tablet",
    "rosuvastatin 10 mg tablet",
    "sertraline 50 mg tablet",
    "spironolactone 25 mg tablet",
    "sumatriptan 50 mg tablet",
    "tamsulosin 0.4 mg capsule",
    "trazodone 50 mg tablet",
    "valsartan 80 mg tablet",
    "warfarin 5 mg tablet",
  ],
  "0": ["cetirizine 10 mg tablet", "loratadine 10 mg tablet"],
}

export const drugs: readonly Drug[] = Object.entries(names)
  .flatMap(([schedule, list]) => list.map((name) => ({ name, schedule })))
  .map((drug, index) => ({ ...drug, ndc: `99999${String(1000 + index)}01` }))

/** What a fill takes from the shelf where it isn't one unit a day: millilitres and grams. */
const packs: readonly (readonly [RegExp, string])[] = [
  [/inhaler/, "8.500"],
  [/suspension/, "150.000"],
  [/gel/, "75.000"],
  [/insulin/, "15.000"],
]

/** As the vendor writes it, with three decimals. */
export function quantityOf({ name }: Drug, daysSupply: number): string {
  const pack = packs.find(([form]) => form.test(name))
  return pack?.[1] ?? daysSupply.toFixed(3)
}

/** Pairs that sound or look alike: one patient who has both must never be given the other. */
export const lookAlikes: readonly (readonly [string, string])[] = [
  ["hydroxyzine", "hydralazine"],
  ["metformin", "metronidazole"],
  ["bupropion", "buspirone"],
  ["clonidine", "clonazepam"],
  ["prednisone", "prednisolone"],
  ["tramadol", "trazodone"],
  ["lamotrigine", "lamivudine"],
  ["glipizide", "glyburide"],
  ["losartan", "valsartan"],
  ["sertraline", "cetirizine"],
]

/** The drug whose name begins so. Throws when the list has none: a slip in the demo's data. */
export function drugNamed(beginning: string): Drug {
  const found = drugs.find((drug) => drug.name.startsWith(beginning))
  if (!found) throw new Error(`no drug in the demo begins with ${beginning}`)
  return found
}
