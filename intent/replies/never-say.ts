/** What Mortar must never say, as patterns over a finished sentence. A hit refuses the sentence;
 * nothing is reworded, because a sentence that needs rewording has no business being said. */

const verbs =
  "(take|skip|double|halve|split|crush|stop|start|increase|decrease|raise|lower|cut|change)"
const medicine =
  "(doses?|dosage|tablets?|pills?|capsules?|medications?|medicines?|meds|insulin|mg|" +
  "milligrams?|units?)"
const safe = "(safe|harmless|fine|okay|ok|all right|no problem)"

const readings = "(blood pressure|blood sugar|a1c|inr|cholesterol|lab|test)"
const illnesses = "(heart attack|stroke|overdose|infection|reaction|seizure)"

/** Name of the ban, for the test that shows each of them red. */
export const bans: Readonly<Record<string, RegExp>> = {
  dose_change: new RegExp(`\\b${verbs}(ing)?\\b[^.?!]{0,30}\\b${medicine}\\b`),
  dose_amount:
    /\b(take|use|give|inject)\b[^.?!]{0,20}\b(one|two|three|half|another|more|extra|\d+)\b/,
  stop_taking: /\b(stop|start|keep|continue|resume|quit) (taking|using)\b/,
  safety: new RegExp(`\\b(its|is|are|be|seems|perfectly|should be) ${safe} (to|with|for|if)\\b`),
  safe_claim: /\b(its|is|are|be|perfectly|completely) (safe|harmless)\b/,
  interaction: /\binteract(s|ions?|ing)?\b|\b(take|mix|combine|use)[^.?!]{0,40}\b(together|with)\b/,
  side_effects: /\bside effects?\b|\bnothing to worry\b|\bdont worry\b|\bnormal to feel\b/,
  pregnancy: /\bpregnan(t|cy)\b|\bbreast ?feed/,
  equivalence: /\b(same (thing )?as|equivalent to|just as good|works the same|substitut)/,
  lab_reading: new RegExp(`\\b${readings} (results? )?(is|are|looks?|shows?)\\b`),
  stock: /\b(in stock|out of stock|on hand|on the shelf|we carry)\b/,
  someone_a_patient: /\b(is|are|was) (a|an|our|one of our) (patients?|customers?)\b/,
  coverage:
    /\b((will be|is) covered|insurance (will|covers|pays)|guarantee|i promise|free of charge)\b/,
  is_human:
    /\b(i am|im) (a |an |the )?(real |live )?(human|person|pharmacist|technician|doctor|nurse)\b/,
  legal: /\blegal advice\b|\blawsuits?\b|\bsue\b|\bmalpractice\b/,
  monitoring: /\bpdmp\b|\bmonitoring program\b/,
  diagnosis: new RegExp(
    `\\byou(re| are)? (probably |likely )?(have|having|had) (a|an) ${illnesses}\\b`,
  ),
}

const spanishBans: Readonly<Record<string, RegExp>> = {
  dosis: /\b(tome|deje de tomar|suspenda|duplique|omita|aumente|reduzca)\b/,
  seguro: /\bes (seguro|inofensivo) \b|\bno se preocupe\b|\befectos secundarios\b/,
  embarazo: /\bembaraz|\blactancia\b|\bamamant/,
  humano: /\bsoy (un |una )?(persona|humano|farmaceutic|tecnic|doctor)/,
  cobertura: /\b(su seguro (cubre|cubrira|paga)|garantiz|le prometo)\b/,
}

const every = [...Object.values(bans), ...Object.values(spanishBans)]

/** True when the sentence says something that must never be said. */
export function mustNeverBeSaid(sentence: string): boolean {
  const words = sentence
    .toLowerCase()
    .normalize("NFD")
    .replace(/\p{M}|['’]/gu, "")
  return every.some((ban) => ban.test(words))
}
