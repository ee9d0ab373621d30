/** The language somebody speaks, from their words alone. It changes only on good evidence: a few
 * words of the other language, or the wish for it. A name or a thank you is no evidence. */
import type { Language } from "./contract.ts"
import { wordsOf } from "./words.ts"

const listed = (text: string) => new Set(wordsOf(text))

/** Words that are Spanish and nothing else. */
const spanish = listed(`
  que con mi mis su sus es esta estan estoy estaba tengo tiene tienen tenia quiero quiere
  quisiera necesito necesita ocupo un una unos unas por para pero porque cuando donde como cual
  cuanto cuanta cuantos cuantas cuanto hola buenos buenas dias tardes noches senor senora
  senorita usted ustedes puedo puede pueden podria hablar hablo habla hable si yo ella nosotros
  ellos eso esto esa ese este ahora ahorita hoy manana ayer ya muy mucho mucha muchas muchos mas
  menos otra otro otras otros todas todos todo nada algo alguien receta recetas medicina
  medicinas medicamento medicamentos pastilla pastillas farmacia farmaceutico farmaceutica
  insulina inhalador azucar colesterol vacuna surtir surtan resurtir rellenar pedir recoger
  lista listas listo doctora clinica seguro aseguranza cuesta precio abren cierran abiertos
  horario direccion ayuda ayudeme ayudar dolor duele pecho respirar sangre fiebre emergencia
  mama papa esposo esposa hijo hija hermano hermana abuela abuelo nina nino llamo llamaba digame
  soy fue ser hacer hace tomar tome tomo saber bien mal gente favor persona representante codigo
  postal numero fecha nacimiento naci nombre apellido llama uno dos tres cuatro cinco seis siete
  ocho nueve diez doce trece catorce quince veinte treinta cuarenta cincuenta sesenta setenta
  ochenta noventa mil cero enero febrero marzo abril mayo junio julio agosto septiembre octubre
  noviembre diciembre primera segunda ultima ambas ninguna asi aqui vez mande repita repite
  perdon disculpe dijo domingo domingos sabado sabados lunes martes miercoles jueves viernes
  semana mes meses navidad cobro cobran costar costaba caro cara cuestan barato pagar dinero
  aceptan agarran trabajan cubre tarjeta queja quejarme faltan falta toca acabo acabaron surten
  rellenan presion llego cambio comida agujas tiras descuento descuentos reembolso devolver
  cerca tarda partir doble pedido camino encargado operadora servicio refrigerador antes despues
  vacunas vacunarme ponen ahi entregan entregas entrega domicilio estacionamiento estacionarse
  ventanilla tarjetas efectivo pastillero reciben venden agujas va van alla tambien gusta siento
  mensaje mensajes manden mandarme calentura
  entiendo entendi escucho oigo espere bueno claro correcto gracias adios
`)

/** Words that are English and nothing else; what Spanish speakers borrowed is on neither list. */
const english = listed(`
  the i im ive id my your you we they it its this that these those what when where which who why
  how is are was were be been am do does did dont doesnt didnt have had want wants would could
  should will wont cant need needs get got give take from with without for about of to and or
  but if because not any some all another other more much many can call calling called speak
  talk please thanks thank hello good morning afternoon today tomorrow yesterday now open close
  closed opened medicine medication medications pills pharmacy pharmacist someone somebody
  person mother father wife husband daughter brother sister first second third last one two
  three four five six seven eight nine ten january february march april june july august
  september october november december born birthday there here right wrong yeah yep sure
`)

/** What only Spanish words end in; short ones may be names. */
const spanishEnding = /.{3}(cion|ciones|ieron|iendo)$|.{3}aron$/

/** They stand in names too: they count for something beside another Spanish word. */
const particles = listed("de la las los del el en lo le se")

/** They stand in names, or are said to be polite in any language: neither counts for anything. */
const neutral = listed("y a e i o u favor gracias adios mayo mama papa")

/** So many more words of the other language than of the one spoken before. */
const FEWEST = { es: 2, en: 3 } as const
const MOST_WORDS_OF_A_WISH = 10

/** The language of these words; the one before where they do not tell. */
export function languageOf(text: string, current: Language): Language {
  const words = wordsOf(text)
  const wished = words.length <= MOST_WORDS_OF_A_WISH ? wishedFor(words.join(" ")) : undefined
  if (wished) return wished
  const telling = words.filter((word) => !neutral.has(word) && !particles.has(word))
  const isSpanish = (word: string) => spanish.has(word) || spanishEnding.test(word)
  const es = telling.filter(isSpanish).length
  const hasMark = /[¿¡]/.test(text)
  const hasParticle = words.some((word) => particles.has(word))
  const said = {
    // Nobody writes an upside-down question mark by chance.
    es: es + (hasMark ? 1 : 0) + ((es > 0 || hasMark) && hasParticle ? 1 : 0),
    en: telling.filter((word) => english.has(word)).length,
  }
  const other = current === "en" ? "es" : "en"
  return said[other] >= FEWEST[other] && said[other] > 2 * said[current] ? other : current
}

const unable = new RegExp(
  "\\b(no|not|dont|doesnt|cant|poco) " +
    "(hablo|habla|hablamos|speak|speaks|entiendo|understand|se|know)( \\w+)?",
)

/** "En español", "English please", "no hablo inglés", and a bare "no entiendo". */
function wishedFor(said: string): Language | undefined {
  if (/^no (le |les )?entiendo( nada)?$/.test(said)) return "es"
  const without = said.replace(unable, "").replace(/\bno (english|ingles)\b/, "")
  const isAsked = (names: RegExp) => names.test(without)
  if (isAsked(/\b(espanol|spanish|castellano)\b/)) return "es"
  if (isAsked(/\b(ingles|english)\b/)) return "en"
  if (/\b(ingles|english)\b/.test(said)) return "es"
  return /\b(espanol|spanish)\b/.test(said) ? "en" : undefined
}
