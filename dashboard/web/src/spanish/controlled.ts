/** What stands beside an item about a controlled drug. */
export const controlled = {
  "The law on this prescription": "La ley sobre esta receta",
  "Not allowed": "No se permite",
  "No rule stands in the way": "Ninguna regla lo impide",
  "Look at the prescription itself.": "Revise la receta misma.",
  "Monitoring programme": "Programa de monitoreo",
  "Ask the programme": "Consultar el programa",
  "Show the last answer": "Mostrar la última respuesta",
  "Only a pharmacist sees what it answers.": "Solo un farmacéutico ve lo que responde.",
  "Fetch the whole report": "Traer el informe completo",
  "Open the report. It works once.": "Abrir el informe. Sirve una sola vez.",
} as const
