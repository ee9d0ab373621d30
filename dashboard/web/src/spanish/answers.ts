/** Answering a patient by text. */
export const answers = {
  "Answer by text": "Responder por mensaje",
  "Answers sent": "Respuestas enviadas",
  "Your answer": "Su respuesta",
  "No drug names, no conditions: others may read the telephone. Ctrl and Enter to go on.":
    "Sin medicinas ni enfermedades: otros pueden leer el teléfono. Ctrl y Entrar para seguir.",
  "Show what will be sent": "Mostrar lo que se enviará",
  "Send this": "Enviar esto",
  "The patient will read:": "El paciente leerá:",
  "Your words name a medicine, and anybody may read a telephone: this goes instead.":
    "Sus palabras nombran una medicina, y cualquiera puede leer un teléfono: se envía esto.",
  "The patient reads Spanish. Your own words go out as you wrote them.":
    "El paciente lee español. Sus palabras salen tal como las escribió.",
  "It goes out within a minute.": "Sale en menos de un minuto.",
  "Quiet hours: it goes out {when}.": "Horas de silencio: sale {when}.",
  "The answer is taken.": "La respuesta está en camino.",
  "A call back will be owed.": "Se deberá una llamada.",
  "The patient said stop. A call back is owed instead.":
    "El paciente pidió no recibir mensajes. Se debe una llamada.",
  "The patient wants calls, not texts. A call back is owed instead.":
    "El paciente quiere llamadas, no mensajes. Se debe una llamada.",
  "No number is on file, so somebody has to find one. A call back is owed instead.":
    "No hay número guardado y alguien debe buscarlo. Se debe una llamada.",
  "No text may go out. A call back is owed instead.":
    "No se puede enviar un mensaje. Se debe una llamada.",
  "Held until {when}": "Retenida hasta {when}",
  "On its way": "En camino",
  "Asks for a call only": "Solo pide que llame",
  "The carrier could not deliver it": "La compañía telefónica no pudo entregarla",
  "The carrier was down for too long. A call back is owed instead.":
    "La compañía telefónica falló demasiado tiempo. Se debe una llamada.",
  "Write an answer to the patient": "Escribir una respuesta al paciente",
} as const
