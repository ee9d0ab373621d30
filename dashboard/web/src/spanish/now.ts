/** What goes on at this moment. */
export const now = {
  Now: "Ahora",
  "In progress now": "En curso ahora",
  "The line is quiet": "La línea está tranquila",
  "Calls appear here while they are going on.": "Las llamadas aparecen aquí mientras ocurren.",
  "Not verified": "Sin verificar",
  Today: "Hoy",
  "Calls today": "Llamadas hoy",
  "In progress now: {n}": "En curso: {n}",
  "Waiting for a person": "Esperan a una persona",
  Overdue: "Atrasadas",
  "For the {tier}": "Para: {tier}",
  Health: "Estado",
  "All {n} modules run": "Los {n} módulos funcionan",
  "{names}: not running": "{names}: no funciona",
  "The pharmacy system answers": "El sistema de la farmacia responde",
  "The pharmacy system has not answered since {time}":
    "El sistema de la farmacia no responde desde las {time}",
  "The pharmacy system has not been asked yet": "Aún no se preguntó al sistema de la farmacia",
  "Listen in": "Escuchar en vivo",
  "Stop listening": "Dejar de escuchar",
  "Take over": "Tomar la llamada",
  "End the call": "Colgar la llamada",
  "End this call?": "¿Colgar esta llamada?",
  "The caller is cut off. Use it for abuse and wrong numbers.":
    "Se corta a quien llama. Úselo para abusos y números equivocados.",
  "The caller hears that somebody wants to speak with them, and the pharmacy's line rings.":
    "Quien llama oye que alguien quiere hablarle, y suena la línea de la farmacia.",
  "The pharmacy's line rings. Press 1 when you pick up.":
    "Suena la línea de la farmacia. Oprima 1 al contestar.",
  "The call has ended.": "La llamada terminó.",
  "No such call is in progress here.": "Esa llamada ya no está en curso aquí.",
  Listening: "Escucha",
  Thinking: "Piensa",
  Speaking: "Habla ahora",
  "Open the whole call": "Abrir la llamada entera",
} as const
