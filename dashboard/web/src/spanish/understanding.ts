/** What callers said that nothing understood. */
export const understanding = {
  "Not understood": "No entendido",
  "What nothing understood in the last seven days, and what it was taken for then.":
    "Lo que nada entendió en los últimos siete días, y por qué se tomó después.",
  "Everything was understood": "Se entendió todo",
  "Or nobody has called yet. Silence is not counted.":
    "O nadie ha llamado aún. El silencio no se cuenta.",
  "The newest {n} times, in {calls} conversations":
    "Las {n} veces más nuevas, en {calls} conversaciones",
  "{n} times, in {calls} conversations": "{n} veces, en {calls} conversaciones",
  "What callers said may name a patient or a medicine.":
    "Lo que dijeron puede nombrar a un paciente o una medicina.",
  "Each conversation that is opened for it is written into the audit log.":
    "Cada conversación que se abre para esto se anota en el registro de auditoría.",
  "Read what they said": "Leer lo que dijeron",
  "The words are not kept.": "Las palabras no se guardan.",
  "{n} ×": "{n} ×",
  "The call of {day}, {time}": "La llamada del {day}, {time}",
  "in the end: nothing was understood": "al final: no se entendió nada",
  "in the end: {intent}": "al final: {intent}",
} as const
