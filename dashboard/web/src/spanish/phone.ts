/** The demo's telephone. */
export const phone = {
  Ready: "Listo",
  "Ringing…": "Sonando…",
  "In the call": "En la llamada",
  "Call ended": "Llamada terminada",
  "answers and presses 1": "contesta y oprime 1",
  "is busy": "está ocupado",
  "does not answer": "no contesta",
  "has voicemail": "tiene buzón",
  Telephone: "Teléfono de prueba",
  "The transcript appears here": "La transcripción aparece aquí",
  "Ring the pharmacy and ask for a refill, the opening hours or the pharmacist.":
    "Llame a la farmacia y pida un resurtido, el horario o al farmacéutico.",
  "A caller's telephone, for trying things out. It rings nobody outside.":
    "El teléfono de quien llama, para probar. No llama a nadie de fuera.",
  "Ring from": "Llamar desde",
  "Write it as +1 and ten digits.": "Escríbalo como +1 y diez cifras.",
  "When passed on, the pharmacist": "Si se transfiere, el farmacéutico",
  "Ring {number}": "Llamar al {number}",
  Say: "Decir",
  "I need a refill": "Necesito un resurtido",
  "Say it": "Decirlo",
  "Microphone is on": "Micrófono encendido",
  "Speak with the microphone": "Hablar con el micrófono",
  Keypad: "Teclado",
  "Hang up": "Colgar",
} as const
