/** Setting the pharmacy up: who it is, its hours, holidays and numbers. */
export const setUp = {
  "Set-up": "Configuración",
  Steps: "Pasos",
  Overview: "Resumen",
  Set: "Listo",
  Incomplete: "Incompleto",
  "The pharmacy": "La farmacia",
  "Opening hours": "Horario",
  Holidays: "Días festivos",
  "Telephone numbers": "Números de teléfono",
  "It stands in the history, with your name.": "Queda en el historial, con su nombre.",
  "{user} changed this at {time}. What you typed is still here.":
    "{user} cambió esto a las {time}. Lo que usted escribió sigue aquí.",
  "Show what is there now": "Mostrar lo que hay ahora",
  Save: "Guardar",
  "Loaded: this is what counts.": "Cargado: esto es lo que vale.",
  "Somebody else changed this meanwhile.": "Otra persona cambió esto mientras tanto.",
  "Closed all day": "Cerrado todo el día",
  "{day} opens": "{day}: abre",
  "{day} closes": "{day}: cierra",
  "Take away: {what}": "Quitar: {what}",
  "Add hours: {day}": "Añadir horas: {day}",
  Monday: "Lunes",
  Tuesday: "Martes",
  Wednesday: "Miércoles",
  Thursday: "Jueves",
  Friday: "Viernes",
  Saturday: "Sábado",
  Sunday: "Domingo",
  "Callers hear them from the next call on. A day may have a break.":
    "Quien llama lo oye desde la próxima llamada. Un día puede tener una pausa.",
  "Hours end after they begin, and the next begin when the last have ended.":
    "Las horas acaban después de empezar, y las siguientes empiezan cuando acaban las otras.",
  "Callers hear that you are closed then, or the hours you give.":
    "Quien llama oye que entonces está cerrado, o las horas que usted dé.",
  "Texts go by these days from the next start on.":
    "Los mensajes siguen estos días desde el próximo arranque.",
  "Add the federal holidays": "Añadir los feriados federales",
  "Add a day": "Añadir un día",
  "A day stands twice among the holidays.": "Un día está dos veces entre los festivos.",
  "Callers are told the pharmacy's number at once. Who is rung changes with the next start.":
    "El número de la farmacia se dice desde ya. A quién se llama cambia con el próximo arranque.",
  "The pharmacy's number": "El número de la farmacia",
  "Who is rung for the pharmacist": "A quién se llama para hablar con el farmacéutico",
  "That is no telephone number: ten digits, with the area code.":
    "Eso no es un número de teléfono: diez cifras, con el código de área.",
  "Callers are told the address from the next call on.":
    "Quien llama oye la dirección desde la próxima llamada.",
  NPI: "NPI",
  "The greeting": "El saludo",
  "It begins every call. A new greeting is said from the next call on.":
    "Empieza cada llamada. Un saludo nuevo se dice desde la próxima.",
  "A greeting of your own in English": "Un saludo propio en inglés",
  "A greeting of your own in Spanish": "Un saludo propio en español",
  "Left empty, callers are thanked for calling, by the name above.":
    "Vacío, se agradece la llamada con el nombre de arriba.",
  "Always said after it; nobody can change this:":
    "Siempre se dice después; nadie puede cambiarlo:",
  "A greeting has to say the name of the pharmacy as the voice says it.":
    "Un saludo tiene que decir el nombre de la farmacia como lo dice la voz.",
  "These words are never said to a caller. Read what is wrong beside them.":
    "Estas palabras nunca se dicen a quien llama. Al guardar se ve por qué.",
  "This says what must never be said to a caller. A person would have to tell it.":
    "Esto dice lo que nunca se le debe decir a quien llama. Lo tendría que decir una persona.",
  "Leave numbers, hours and prices out: callers who ask are told those as they are today.":
    "Deje fuera números, horas y precios: a quien pregunta se le dicen como son hoy.",
  "Leave web and mail addresses out of the greeting. A fact can tell them.":
    "Deje fuera del saludo las direcciones de internet y correo. Un dato las puede decir.",
  "Leave names of medicines out of the greeting.":
    "Deje fuera del saludo los nombres de medicinas.",
  Facts: "Datos",
  "A caller who asks is told the sentence word for word, from one day to the other.":
    "A quien pregunta se le dice la frase palabra por palabra, de un día al otro.",
  "What does not stand here is for a person to tell.": "Lo que no está aquí lo dice una persona.",
  "Add a fact": "Añadir un dato",
  "New fact": "Dato nuevo",
  "No fact is written down yet.": "Aún no hay ningún dato anotado.",
  "Two facts of one topic begin on the same day.":
    "Dos datos del mismo tema empiezan el mismo día.",
  "A fact ends before it begins.": "Un dato acaba antes de empezar.",
  "Choose what callers ask about.": "Elija qué se pregunta.",
  "What callers ask about": "Qué se pregunta",
  "In English": "En inglés",
  "In Spanish": "En español",
  "On whose word": "Según quién",
  "Told from": "Se dice desde",
  "Told until": "Se dice hasta",
  "What callers hear": "Lo que oye quien llama",
  "What callers hear: {what}": "Lo que oye quien llama: {what}",
  "Take away": "Quitar",
  Delivery: "Entregas",
  "Drive through": "Ventanilla para carros",
  Parking: "Estacionamiento",
  Access: "Acceso en silla de ruedas",
  Compounding: "Preparados por encargo",
  Vaccines: "Vacunas",
  "Vaccine price": "Precio de una vacuna",
  "Flu shot price": "Precio de la vacuna de la gripe",
  "Walk ins": "Sin cita",
  Shipping: "Envíos por correo",
  Payment: "Formas de pago",
  Languages: "Idiomas",
  Website: "Página de internet",
  Email: "Correo electrónico",
  Fax: "Fax",
  "Blister packs": "Tabletas por día y hora",
  "Easy caps": "Tapas fáciles de abrir",
  Disposal: "Medicinas que ya no se usan",
  "Blood pressure": "Tomar la presión",
  Tests: "Pruebas",
  Equipment: "Aparatos",
  Pets: "Medicinas para animales",
  Restroom: "Baño",
  "Keys and backup": "Llaves y copias",
  "The master key": "La llave maestra",
  "It comes from": "Viene de",
  "a key file": "un archivo de llave",
  "a passphrase": "una frase secreta",
  "the Keychain of this Mac": "el Llavero de esta Mac",
  "Its file": "Su archivo",
  "can be read by its owner alone": "solo lo lee su dueño",
  "can be read by others": "otros pueden leerlo",
  "The key lies beside the data it protects: who takes one takes both.":
    "La llave está junto a los datos que protege: quien se lleva unos se lleva la otra.",
  "Keep it in the Keychain before you take calls.":
    "Guárdela en el Llavero antes de atender llamadas.",
  "Without the master key nobody opens a backup, not even you. Keep a copy in a safe.":
    "Sin la llave maestra nadie abre una copia, ni usted. Guárdela también en una caja fuerte.",
  Backups: "Copias de seguridad",
  "Last good one": "Última buena",
  "none yet": "ninguna aún",
  "too old": "demasiado vieja",
  Next: "Siguiente",
  Folder: "Carpeta",
  "Free there": "Espacio libre ahí",
  "The folder is on the disk of the data: a disk that fails takes both.":
    "La carpeta está en el disco de los datos: un disco que falla se lleva las dos cosas.",
  "Another one is set in the site file: modules.settings.backups.folder.":
    "Otra se pone en el archivo del sitio: modules.settings.backups.folder.",
  "Back up now": "Hacer una copia ahora",
  "A backup is being made…": "Se está haciendo una copia…",
  "A backup is opened…": "Se está abriendo una copia…",
  "What is kept": "Lo que se guarda",
  "Every night for {n} days; before that the first of each month, for {m} months.":
    "Cada noche durante {n} días; antes de eso, la primera de cada mes, durante {m} meses.",
  "No backup was made yet.": "Aún no se ha hecho ninguna copia.",
  "Backups, one a line": "Copias, una por línea",
  Made: "Hecha",
  Size: "Tamaño",
  Opened: "Abierta",
  "Audit log": "Registro de auditoría",
  "Try it": "Probarla",
  "as it stood then": "como estaba entonces",
  "not as it stood then": "no como estaba entonces",
  "not noted then": "no se anotó entonces",
  "{n} documents read": "{n} documentos leídos",
  "not yet": "aún no",
  "Open it: {what}": "Abrirla: {what}",
  "Open it": "Abrirla",
  "What a backup holds": "Lo que hay en una copia",
  "It holds every document, and the keys they are sealed with; sealed itself.":
    "Tiene todos los documentos y las llaves que los sellan; ella misma va sellada.",
  "It does not hold the master key, which opens all of it.":
    "No tiene la llave maestra, que lo abre todo.",
  "It does not hold recordings and the audit log: they are files of their own,":
    "No tiene las grabaciones ni el registro de auditoría: son archivos aparte,",
  "in files/ and audit/ of the data folder. Copy those as well.":
    "en files/ y audit/ de la carpeta de datos. Cópielos también.",
  "Opening one restores it into a folder of its own, reads all, and removes it.":
    "Abrir una la restaura en una carpeta aparte, lo lee todo y la borra.",
  "It is put back at the machine: mortar restore DOCUMENTS.":
    "Se pone de vuelta en la máquina: mortar restore DOCUMENTOS.",
  "No backup was made and opened yet.": "Aún no se ha hecho y abierto ninguna copia.",
  "The last good backup is too old.": "La última copia buena es demasiado vieja.",
  "A backup is being made or opened just now. Wait for its end.":
    "Ahora mismo se hace o se abre una copia. Espere a que termine.",
  "No backup has that name.": "Ninguna copia se llama así.",
  "The folder of backups cannot be used. Look whether its disk is there, with room.":
    "La carpeta de copias no se puede usar. Mire si su disco está ahí y tiene espacio.",
  "Stored bytes are not what was written. Restore them from a backup, and find out why.":
    "Lo guardado no es lo que se escribió. Restáurelo de otra copia y averigüe por qué.",
  Staff: "Personal",
  "Everybody signs in as themselves: what they decide stands in the log by name.":
    "Cada quien entra con su cuenta: lo que decide queda en el registro con su nombre.",
  "All accounts": "Todas las cuentas",
  "A manager makes accounts and gives licences.": "Un gerente hace las cuentas y da las licencias.",
  "Accounts by role": "Cuentas por función",
  "Open accounts": "Cuentas abiertas",
  "With a licence that is good": "Con licencia vigente",
  "Of the demo": "De la demostración",
  "Temporary passwords not yet changed: {n}": "Contraseñas temporales sin cambiar: {n}",
  "Everybody whom a pharmacy needs has an account.":
    "Todas las personas que una farmacia necesita tienen cuenta.",
  "No pharmacist with a licence that is good has an account.":
    "Ningún farmacéutico con licencia vigente tiene cuenta.",
  "No manager of your own has an account, only the demo's.":
    "Ningún gerente propio tiene cuenta, solo el de la demostración.",
  "There is one manager. A second one can let the first in again.":
    "Hay un gerente. Un segundo puede volver a dejar entrar al primero.",
  "Accounts of the demo are open. Close them before you take calls.":
    "Las cuentas de la demostración están abiertas. Ciérrelas antes de atender llamadas.",
  "Nobody else with an open account manages the staff. Make another manager first.":
    "Nadie más con una cuenta abierta administra al personal. Haga antes otro gerente.",
  "Hear it in English": "Oírlo en inglés",
  "Hear it in Spanish": "Oírlo en español",
  "Somebody is on the line, and the voice is theirs.":
    "Hay alguien en la línea, y la voz es para esa persona.",
  "No voice speaks here now: none is installed, or it is still starting.":
    "Ninguna voz habla aquí ahora: no hay ninguna instalada, o aún está arrancando.",
  "Name of the pharmacy": "Nombre de la farmacia",
  "The name as the voice should say it": "El nombre como debe decirlo la voz",
  "Ten digits that begin with 1 or 2.": "Diez cifras que empiezan por 1 o 2.",
  "The NPI has a wrong check digit.": "El dígito de control del NPI no es correcto.",
  Street: "Calle",
  City: "Ciudad",
  "Two capital letters, such as TX.": "Dos letras mayúsculas, como TX.",
  "ZIP code": "Código postal",
  "Five digits, or nine with a hyphen.": "Cinco cifras, o nueve con guion.",
  "Time zone": "Zona horaria",
  "Schedules and texts go by another one from the next start on.":
    "Los horarios internos y los mensajes siguen otra desde el próximo arranque.",
  "No time zone has that name.": "Ninguna zona horaria se llama así.",
  "No day has opening hours.": "Ningún día tiene horario.",
  "No holiday lies ahead, so callers are told the usual hours on every day.":
    "No hay festivos por delante, así que todos los días se dice el horario habitual.",
  "What callers are told": "Lo que se dice a quien llama",
  "{n} holidays are written down.": "Hay {n} festivos anotados.",
  "Pharmacy system": "Sistema de la farmacia",
  "Which system it is, and how it is reached, stands in the site file.":
    "Qué sistema es y cómo se llega a él está en el archivo del sitio.",
  "Another system, or other settings": "Otro sistema, u otros datos",
  "Fill this in and have it tried. Nothing changes here: a person puts it into the file.":
    "Llénelo y pruébelo. Aquí nada cambia: una persona lo pone en el archivo.",
  "{vendor} (in use)": "{vendor} (en uso)",
  "It tells by itself: its settings are checked, and it is not tried.":
    "Avisa por sí mismo: se comprueban sus datos y no se prueba.",
  "A reference, never the secret: keychain:NAME or file:PATH, with pms in the name.":
    "Una referencia, nunca el secreto: keychain:NOMBRE o file:RUTA, con pms en el nombre.",
  "As JSON.": "Como JSON.",
  "That is no JSON.": "Eso no es JSON.",
  "Check it and try it": "Comprobarlo y probarlo",
  "It is being tried…": "Se está probando…",
  "Something does not fit": "Algo no encaja",
  "For the site file": "Para el archivo del sitio",
  "Put this into config/site.yaml in place of what stands there under pms.":
    "Póngalo en config/site.yaml en lugar de lo que hay bajo pms.",
  "It takes effect at the next start of Mortar.": "Vale desde el próximo arranque de Mortar.",
  "Only a secret with pms in its name is tried: no other one goes to a vendor.":
    "Solo se prueba un secreto con pms en el nombre: ningún otro va a un proveedor.",
  "A trial is under way. Wait for its end.": "Hay una prueba en marcha. Espere a que termine.",
  "There is no adapter of that name.": "No hay ningún adaptador con ese nombre.",
  "A secret that the configuration refers to is not there.":
    "Falta un secreto al que se refiere la configuración.",
  "A prescription is tried at the machine: mortar pms test --rx NUMBER.":
    "Una receta se prueba en la máquina: mortar pms test --rx NÚMERO.",
  "Try it now": "Probarlo ahora",
  "What works": "Lo que funciona",
  Works: "Funciona",
  Fails: "Falla",
  Absent: "No lo ofrece",
  Untried: "Sin probar",
  "Not offered.": "No se ofrece.",
  "Not offered; callers are told, and staff get a task.":
    "No se ofrece; se le dice a quien llama y el personal recibe una tarea.",
  "Offered. Not tried, because it would be carried out.":
    "Se ofrece. No se probó, porque se llevaría a cabo.",
  "Not tried: --rx gives a prescription to ask with.":
    "Sin probar: --rx da una receta con la que preguntar.",
  "What is missing": "Lo que falta",
  "Nothing is missing.": "No falta nada.",
  "The site file counts: nobody changed it here.":
    "Vale el archivo del sitio: aquí nadie lo ha cambiado.",
} as const
