/** What a patient may ask of their record, and what the law holds back. */
export const privacy = {
  Privacy: "Privacidad",
  "A copy of one patient's record, its end, and what the law holds back.":
    "Una copia del expediente de un paciente, su fin, y lo que la ley retiene.",
  "Legal holds": "Retenciones legales",
  "Nothing of these patients is destroyed: not by hand, and not by age.":
    "Nada de estos pacientes se destruye: ni a mano ni por antigüedad.",
  "No hold stands.": "No hay ninguna retención.",
  "A copy holds all kept: who they are, prescriptions, consents, calls, texts.":
    "La copia tiene todo lo que se guarda: quién es, recetas, consentimientos, llamadas, mensajes.",
  "It is a file that anybody can read: give it to the patient and to nobody else.":
    "Es un archivo que cualquiera puede leer: déselo al paciente y a nadie más.",
  "Save a copy": "Guardar una copia",
  "Put on legal hold": "Poner en retención legal",
  "Erase for good": "Borrar para siempre",
  "The hold is ended.": "La retención terminó.",
  "Patient number {patient}": "Paciente número {patient}",
  "by {user}, since {day}": "de {user}, desde el {day}",
  "End the hold on patient {patient}": "Terminar la retención del paciente {patient}",
  "End the hold": "Terminar la retención",
  "What is older than you keep things is then destroyed in the next night.":
    "Lo que pase de su plazo se destruye la noche siguiente.",
  "Ask your lawyer before you end a hold that a lawyer asked for.":
    "Pregunte a su abogado antes de terminar una retención que pidió un abogado.",
  "How long things are kept": "Cuánto tiempo se guarda",
  "Recordings of calls: {n} days": "Grabaciones de llamadas: {n} días",
  "What was said, as text: {n} days": "Lo que se dijo, como texto: {n} días",
  "The audit log: six years, and nobody can shorten that.":
    "El registro de auditoría: seis años, y nadie puede acortarlos.",
  "What is older is destroyed each night at 3:20. The days stand in the site's file.":
    "Lo más antiguo se destruye cada noche a las 3:20. Los días están en el archivo del sitio.",
  "The hold stands.": "La retención está puesta.",
  "Legal hold on {name}": "Retención legal de {name}",
  "Nothing of theirs is destroyed while it stands, whoever asks for it.":
    "Nada suyo se destruye mientras dure, lo pida quien lo pida.",
  "All that was kept here of the patient is destroyed.":
    "Todo lo que se guardaba aquí del paciente está destruido.",
  "Erase {name} for good": "Borrar a {name} para siempre",
  "Recordings, transcripts, texts, consents and notes of theirs are destroyed.":
    "Se destruyen sus grabaciones, transcripciones, mensajes, consentimientos y notas.",
  "A number that said stop stays on file, so that no text is sent to it.":
    "El número que pidió no recibir mensajes se conserva, para no mandarle ninguno.",
  "Their key is destroyed, so every backup forgets them, too.":
    "Se destruye su llave, así que también la olvida cada copia de seguridad.",
  "The pharmacy system keeps its own record: this does not touch it.":
    "El sistema de la farmacia guarda su propio expediente: esto no lo toca.",
  "The audit log keeps that it was done, by number, without a name.":
    "El registro de auditoría conserva que se hizo, por número, sin nombre.",
  "Nobody can take it back: not you, not the operator, not we.":
    "Nadie puede deshacerlo: ni usted, ni el operador, ni nosotros.",
  "Type the name: {name}": "Escriba el nombre: {name}",
  "A legal hold stands on this patient. Nothing is destroyed.":
    "Este paciente está en retención legal. No se destruye nada.",
  "No legal hold has that id.": "Ninguna retención tiene ese número.",
} as const
