/** Reports out of the audit log, and what is unusual in it. */
export const reports = {
  Reports: "Informes",
  "What the audit log says, as a table that it proves. Looking is itself written down.":
    "Lo que dice el registro de auditoría, en una tabla que él prueba. Mirar también se anota.",
  Report: "Informe",
  "Accounting of disclosures": "Relación de divulgaciones",
  "Accesses by person": "Accesos por persona",
  "Access after hours": "Accesos fuera de horario",
  "Bulk access": "Accesos masivos",
  "Denied attempts": "Intentos denegados",
  "Disclosures to the cloud": "Divulgaciones a la nube",
  "Approvals by tier": "Aprobaciones por nivel",
  "Recordings retained and destroyed": "Grabaciones guardadas y destruidas",
  "From day": "Desde el día",
  "Until day": "Hasta el día",
  "Patient number": "Número de paciente",
  "User name of a colleague": "Usuario de un colega",
  "Show the report": "Mostrar el informe",
  "Save as PDF": "Guardar en PDF",
  "Save as CSV": "Guardar en CSV",
  "Saved as {name}.": "Guardado como {name}.",
  "Nothing of the kind stands in the log": "No hay nada así en el registro",
  "The first {n} rows of {all}; the file holds them all.":
    "Las primeras {n} filas de {all}; el archivo las tiene todas.",
  "What proves it": "Lo que lo prueba",
  "Made by {who}, out of the first {n} entries of the log.":
    "Hecho por {who}, con los primeros {n} asientos del registro.",
  "Keep these lines: with them anybody can check that the log still holds these entries.":
    "Guarde estas líneas: con ellas cualquiera comprueba que el registro conserva esos asientos.",
  "Out of the ordinary": "Fuera de lo común",
  "In the last seven days, each with its reason.":
    "En los últimos siete días, cada uno con su motivo.",
  "Nothing is out of the ordinary": "No hay nada fuera de lo común",
  "Everybody looked at about as much as they usually do.":
    "Todos miraron más o menos lo de siempre.",
  "{person} opened {records} records in a day; on {days} earlier days usually {usual}.":
    "{person} abrió {records} expedientes en un día; en {days} días anteriores solían ser {usual}.",
  "{person} opened {records} records in one day, and has no usual yet.":
    "{person} abrió {records} expedientes en un día, y aún no tiene costumbre.",
  "{person} opened the record of patient {patient}, who has the same last name.":
    "{person} abrió el expediente del paciente {patient}, que tiene el mismo apellido.",
  "{person} opened a record at {hour}:00, an hour not worked on {days} earlier days.":
    "{person} abrió un expediente a las {hour}:00, hora no trabajada en {days} días anteriores.",
  "A false alarm": "Falsa alarma",
  "Why is it a false alarm?": "¿Por qué es una falsa alarma?",
  "It is not raised again.": "No se avisa de nuevo.",
  "{user} said: {reason}": "{user} dijo: {reason}",
  "Made on schedule": "Hechos por calendario",
  "On the first of each month, for the month before. Kept sealed for six years.":
    "El primero de cada mes, sobre el mes anterior. Se guardan sellados seis años.",
  "None yet": "Ninguno todavía",
  "{title}, {from} to {until}": "{title}, {from} a {until}",
  "{n} rows": "{n} filas",
  "This report is about one patient. Say which.": "Este informe trata de un paciente. Diga cuál.",
  "The period ends before it begins, or is longer than six years.":
    "El período termina antes de empezar, o pasa de seis años.",
  "There are too many entries for one report. Take a shorter period.":
    "Hay demasiados asientos para un informe. Tome un período más corto.",
  "The audit log has no signed checkpoint yet. Try again in a second.":
    "El registro aún no tiene punto de control firmado. Pruebe en un segundo.",
  Entry: "Asiento",
  When: "Cuándo",
  Person: "Persona",
  Role: "Función",
  What: "Qué",
  Outcome: "Resultado",
  Why: "Por qué",
  Recipient: "Destinatario",
  Purpose: "Fin",
  Accounting: "Relación",
  Hour: "Hora",
  Patients: "Pacientes",
  Accesses: "Accesos",
  Who: "Quién",
  Fingerprint: "Huella",
  Dollars: "Dólares",
  Tier: "Nivel",
  Event: "Suceso",
  "Lines of the report": "Líneas del informe",
} as const
