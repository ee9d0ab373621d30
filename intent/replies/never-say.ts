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

const toma = "(tome|tomese|use|aplique|inyecte|dele|pongase|parta|triture|mastique)"
const medicina =
  "(dosis|pastillas?|tabletas?|capsulas?|medicinas?|medicamentos?|insulina|miligramos|unidades)"
const lecturas = "(presion|azucar|glucosa|a1c|inr|colesterol|resultados?)"
const males = "(infarto|derrame|embolia|sobredosis|infeccion|reaccion|convulsion)"

/** The same for Spanish, over words without accents. */
export const spanishBans: Readonly<Record<string, RegExp>> = {
  dose_change: new RegExp(
    "\\b(duplique|omita|saltese|salte|suspenda|aumente|reduzca|suba|baje|cambie|parta|corte)" +
      `\\b[^.?!]{0,30}\\b${medicina}\\b|\\b(tome|tomese|deje de tomar|duplique|suspenda)\\b`,
  ),
  dose_amount: new RegExp(`\\b${toma}\\b[^.?!]{0,20}\\b(un|una|dos|tres|media|otra|mas|\\d+)\\b`),
  stop_taking:
    /\b(deje|dejar|siga|sigue|continue|empiece|vuelva)( a| de)? (tomar|tomando|usar|usando)/,
  safety: /\b(es|son|sea|seria|parece)( \w+mente| muy)? (segur[oa]s?|inofensiv[oa]s?|normal)\b/,
  interaction:
    /\binteract|\binteraccion|\b(tom|mezcl|combin)\w+\b[^.?!]{0,40}\b(junt[oa]s|a la vez|con)\b/,
  side_effects: /\befectos? secundarios?\b|\bno se preocupe\b|\bno pasa nada\b/,
  pregnancy: /\bembaraz|\blactancia\b|\bamamant|\bdar (el )?pecho\b/,
  equivalence:
    /\b(es|son) (lo mismo|igual(es)?) (que|a)\b|\bequivalente|\bfunciona igual\b|\bsustitu/,
  lab_reading: new RegExp(`\\b${lecturas}\\b[^.?!]{0,15}\\b(es|esta|estan|salio|se ve)\\b`),
  stock:
    /\ben (existencia|inventario|stock)\b|\b(se nos acabo|no nos queda|nos queda|nos quedan)\b/,
  someone_a_patient: /\b(es|fue|era) (un |una |nuestr[oa] )?(paciente|cliente)\b/,
  coverage: new RegExp(
    "\\b(su|el) seguro (la |lo |se la |se lo )?(cubre|cubrira|va a cubrir|paga)|" +
      "\\bcubiert[oa]\\b|garantiz|le prometo|\\bgratis\\b",
  ),
  is_human: /\bsoy (un |una |el |la )?(persona|human[oa]|farmaceutic|tecnic|doctor|enfermer)/,
  legal: /\bconsejo legal\b|\bdemand(a|ar|e|arlos)\b|\bnegligencia\b/,
  monitoring: /\bprograma de monitoreo\b/,
  diagnosis: new RegExp(`\\b(tiene|tuvo|esta teniendo|le (dio|esta dando)) (un|una) ${males}\\b`),
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
