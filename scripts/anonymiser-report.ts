/**
 * `npm run anonymiser:report -- --count 20000 --seed 7`: what a patient attacker would try with
 * the anonymiser, and what came of it. Exits with 1 when anything leaked or nothing was tried.
 */
import { anonymise } from "../intent/anonymiser/anonymise.ts"
import { nameCount } from "../intent/anonymiser/fixtures/people.ts"
import { runTrial, type Tally } from "../intent/anonymiser/fixtures/trial.ts"
import { understoodAfter } from "../intent/anonymiser/fixtures/understood.ts"
import { drugs } from "../modules/drugs/table.ts"
import { optionsOf } from "./options.ts"

const SHOWN_LEAKS = 20

function share(part: number, whole: number): string {
  return whole === 0 ? "0 %" : `${((100 * part) / whole).toFixed(2)} %`
}

/** A row a type, a column a layer. */
function printCaught(caught: Tally["caught"]): void {
  const keys = [...caught.keys()].map((key) => key.split("."))
  const layers = [...new Set(keys.map(([layer = ""]) => layer))].sort()
  const types = [...new Set(keys.map(([, type = ""]) => type))].sort()
  console.log(`\n${"caught".padEnd(12)}${layers.map((layer) => layer.padStart(10)).join("")}`)
  for (const type of types) {
    const cells = layers.map((layer) => String(caught.get(`${layer}.${type}`) ?? "").padStart(10))
    console.log(`${type.padEnd(12)}${cells.join("")}`)
  }
}

const { values } = optionsOf(import.meta, {
  options: {
    count: { type: "string", default: "20000" },
    seed: { type: "string", default: "7" },
  },
})
const count = Number(values.count)
const seed = Number(values.seed)
const names = drugs.flatMap(({ name, brands }) => [name, ...brands])
const tally = runTrial({ count, seed, drugs: names, anonymise })
const heldBack = [...tally.heldBack.values()].reduce((sum, times) => sum + times, 0)

console.log(`seed ${seed}, ${nameCount.first} first names, ${nameCount.last} last names`)
console.log(`tried      ${tally.tried}`)
console.log(`left       ${tally.left} (${share(tally.left, tally.tried)})`)
console.log(`held back  ${heldBack} (${share(heldBack, tally.tried)})`)
console.log(
  `sense      ${share(tally.openLeft, tally.openSaid)} of the words that are nobody's left too`,
)
console.log(
  `lost       ${share(tally.lost, tally.telling)} of the turns lost half their words or more`,
)
for (const language of ["en", "es"] as const) {
  const { right, still, held } = await understoodAfter({ language, seed, drugs: names, anonymise })
  console.log(
    `wishes ${language}  ${share(still, right)} of ${right} that our classifier understands ` +
      `are understood from what leaves (${held} held back)`,
  )
}
for (const [why, times] of tally.heldBack) console.log(`  ${why.padEnd(14)}${times}`)
printCaught(tally.caught)
console.log(`\nleaked     ${tally.leaks.length}`)
for (const { kind, word, said, left } of tally.leaks.slice(0, SHOWN_LEAKS)) {
  console.log(`  ${kind}: "${word}" of ${JSON.stringify(said)} left as ${JSON.stringify(left)}`)
}
process.exitCode = tally.tried > 0 && tally.leaks.length === 0 ? 0 : 1
