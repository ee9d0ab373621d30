/** The days that a question about opening hours is about, as `store-info` names them. Pure. */
import type { DayName } from "../../store-info/contract.ts"

/** Tried in order on plain words; what one has taken is gone for the next. */
const patterns: readonly (readonly [RegExp, DayName])[] = [
  [/\b(day after thanksgiving|black friday|viernes negro)\b/g, "The day after Thanksgiving"],
  [/\b(good friday|viernes santo)\b/g, "Good Friday"],
  [/\b(easter( sunday)?|(domingo de )?(pascua|resurreccion))\b/g, "Easter Sunday"],
  [/\b((christmas|xmas) eve|nochebuena|noche buena)\b/g, "Christmas Eve"],
  [
    /\b(new years eve|nochevieja|noche vieja|fin de ano|ultimo (dia )?del ano)\b/g,
    "New Year's Eve",
  ],
  [/\b(thanksgiving( day)?|(dia de )?accion de gracias)\b/g, "Thanksgiving Day"],
  [/\b((christmas|xmas)( day)?|(dia de )?navidad)\b/g, "Christmas Day"],
  [/\b(new years( day)?|ano nuevo)\b/g, "New Year's Day"],
  [/\b(martin luther king( jr)?( day)?|mlk( day)?)\b/g, "Martin Luther King Jr. Day"],
  [/\b(presidents day|dia de los presidentes)\b/g, "Presidents' Day"],
  [/\b(memorial day|dia de los caidos)\b/g, "Memorial Day"],
  [/\bjuneteenth\b/g, "Juneteenth"],
  [/\b(independence day|(the )?fourth of july|dia de la independencia)\b/g, "Independence Day"],
  [/\b(labor day|dia del trabajo)\b/g, "Labor Day"],
  [/\b(columbus day|indigenous peoples day|dia de la raza)\b/g, "Columbus Day"],
  [/\b(veterans day|dia de los veteranos)\b/g, "Veterans Day"],
  [/\b(day after tomorrow|pasado manana)\b/g, "the day after tomorrow"],
  [/\btomorrow\b|(?<!\b(la|esta) )\bmanana\b/g, "tomorrow"],
  // One of them; "on Sundays" and "los domingos" ask for the ordinary week.
  [/(?<!\b(every|each|los|cada) )\b(monday|lunes)\b/g, "monday"],
  [/(?<!\b(every|each|los|cada) )\b(tuesday|martes)\b/g, "tuesday"],
  [/(?<!\b(every|each|los|cada) )\b(wednesday|miercoles)\b/g, "wednesday"],
  [/(?<!\b(every|each|los|cada) )\b(thursday|jueves)\b/g, "thursday"],
  [/(?<!\b(every|each|los|cada) )\b(friday|viernes)\b/g, "friday"],
  [/(?<!\b(every|each|los|cada) )\b(saturday|sabado)\b/g, "saturday"],
  [/(?<!\b(every|each|los|cada) )\b(sunday|domingo)\b/g, "sunday"],
]

const months = [
  ...["jan(uary)?|enero", "feb(ruary)?|febrero", "mar(ch)?|marzo", "apr(il)?|abril"],
  ...["may|mayo", "june?|junio", "july?|julio", "aug(ust)?|agosto", "sept?(ember)?|septiembre"],
  ...["oct(ober)?|octubre", "nov(ember)?|noviembre", "dec(ember)?|diciembre"],
].map((names) => [
  new RegExp(`\\b(?:${names}) (?:the )?(?<day>\\d{1,2})(?:st|nd|rd|th)?\\b`, "g"),
  new RegExp(`\\b(?<day>\\d{1,2})(?:st|nd|rd|th)? (?:of |de )?(?:${names})\\b`, "g"),
])

const LONGEST_MONTH_DAYS = 31

/** In no order that matters; each once. The words are plain. */
export function daysAsked(words: string): readonly DayName[] {
  const found = new Set<DayName>()
  let left = words
  months.flat().forEach((pattern, index) => {
    left = left.replace(pattern, (all, ...rest) => {
      const { day } = rest.at(-1)
      if (Number(day) < 1 || Number(day) > LONGEST_MONTH_DAYS) return all
      const month = String(Math.floor(index / 2) + 1).padStart(2, "0")
      found.add(`${month}-${day.padStart(2, "0")}`)
      return " "
    })
  })
  for (const [pattern, name] of patterns) {
    const after = left.replace(pattern, " ")
    if (after !== left) found.add(name)
    left = after
  }
  return [...found]
}
