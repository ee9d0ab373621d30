/** Whether a refill is wanted as it stands, or another quantity, another supply, another brand. */
import { plain } from "../plain.ts"

const contrast =
  /\b(but|except|instead|pero|en (vez|lugar) de|brand|generic|de marca|generic[oa])\b/

const many =
  "(\\d+|two|three|four|five|six|seven|eight|nine|ten|fifteen|twenty|thirty|sixty|ninety|" +
  "dos|tres|cuatro|cinco|seis|siete|ocho|nueve|diez|quince|veinte|treinta|sesenta|noventa)"
const days = `${many}[ -]?(days?|dias|months?|mes|meses)`
/** "I take two tablets a day" and "three pills left" change nothing. */
const asTaken = "(?! (a|per|every|each|left|in|remaining|al|por|cada|diari\\w+)\\b)"
/** A quantity or a supply of days, which a refill as it stands does not have. */
const condition = new RegExp(
  `\\b((for|a|para) ${days}|${days} (supply|worth)|(just|only|solo|nomas|solamente) ${many}|` +
    `${many}[ -]?(pills?|tablets?|capsules?|pastillas?|tabletas?|capsulas?)|half (of|the|a)|` +
    `la mitad|instead of (the )?(generic|brand))\\b${asTaken}(?! mg)`,
)

/** "Yes, but only ten of them": no refill as it stands, and a technician's to read. */
export function changesTerms(wish: string, answer: string): boolean {
  return contrast.test(plain(answer)) || condition.test(plain(`${wish} ${answer}`))
}
