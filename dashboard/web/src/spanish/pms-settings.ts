/** Settings of the pharmacy systems, named and explained as their adapters' schemas do. */
export const pmsSettings = {
  "Demo pharmacy system": "Sistema de farmacia de demostración",

  "Answers folder": "Carpeta de respuestas",
  "Api key": "Clave de la API",
  "Base url": "Dirección",
  Certificate: "Certificado",
  "Counted in": "Se cuenta en",
  "Customer key": "Clave de cliente",
  "Destination id": "Identificador de destino",
  "Eligibility codes": "Códigos de si se puede surtir",
  "Employee id": "Identificador de empleado",
  Events: "Avisos",
  "Exports folder": "Carpeta de exportaciones",
  Feed: "Lo que nos envía",
  "Fill codes": "Códigos de surtido",
  "Fill texts": "Textos de surtido",
  "Is due date earliest": "DateDue es la primera fecha posible",
  "Is next refill earliest": "NextRefillDate es la primera fecha posible",
  "Is unclassed uncontrolled": "Sin DEAClass no es controlado",
  "List file": "Archivo con la lista",
  Npi: "NPI",
  Paths: "Campos propios",
  "Patient id type": "Tipo de número de paciente",
  "Receiving application": "Aplicación que recibe",
  "Receiving facility": "Centro que recibe",
  "Recent days": "Días recientes",
  "Refills per minute max": "Máximo de resurtidos por minuto",
  "Requests folder": "Carpeta de pedidos",
  "Requests per minute max": "Máximo de consultas por minuto",
  Security: "Seguridad",
  "Sending application": "Aplicación que envía",
  "Sending facility": "Centro que envía",
  "Shared secret": "Secreto compartido",
  "Shows refills at once": "Muestra los resurtidos enseguida",
  "Silent hours max": "Máximo de horas en silencio",
  "Source id": "Identificador de origen",
  "Store id": "Número de la farmacia",
  "Store number": "Número de la tienda",
  "System id": "Identificador del sistema",
  "Timeout ms": "Espera máxima en ms",
  User: "Usuario",
  Word: "Palabra acordada",

  "A fill that was picked up within so many days is told as picked up of late.":
    "Lo recogido hace a lo sumo tantos días se da por recogido hace poco.",
  "A report with a prescription number at the beginning of each line.":
    "Un informe con un número de receta al principio de cada línea.",
  "After so long without a word, what was told about refills is not relied on.":
    "Tras tanto tiempo sin noticias no se confía en lo que se dijo de los resurtidos.",
  "After so long without an export, what was told about refills is not relied on.":
    "Tras tanto tiempo sin exportación no se confía en lo que se dijo de los resurtidos.",
  "DestinationID.": "DestinationID.",
  "How long one exchange may take.": "Cuánto puede durar un intercambio.",
  "In whose name we read.": "En nombre de quién leemos.",
  "MSH-3 of what we send.": "MSH-3 de lo que enviamos.",
  "MSH-4 of what we send.": "MSH-4 de lo que enviamos.",
  "MSH-5 of what we send.": "MSH-5 de lo que enviamos.",
  "MSH-6 of what we send.": "MSH-6 de lo que enviamos.",
  "Reference to the account's password.": "Referencia a la contraseña de la cuenta.",
  "Reference to the pharmacy's key.": "Referencia a la clave de la farmacia.",
  "SHA-256 fingerprint of the server's own certificate.":
    "Huella SHA-256 del certificado propio del servidor.",
  "SourceID of what we send.": "SourceID de lo que enviamos.",
  "Statuses of a fill that this system prints and no public source shows.":
    "Estados de un surtido que este sistema escribe y que ninguna fuente pública muestra.",
  "StoreNum, as they have it.": "StoreNum, como lo tienen ellos.",
  "The PioneerRx server in the pharmacy, as in https://pioneer:42957.":
    "El servidor de PioneerRx en la farmacia, como https://pioneer:42957.",
  "The address of the interface.": "La dirección de la interfaz.",
  "The pharmacy's NCPDP number.": "El número NCPDP de la farmacia.",
  "The pharmacy's NPI, as Liberty has it.": "El NPI de la farmacia, como lo tiene Liberty.",
  "The pharmacy's NPI, as the vendor has it.": "El NPI de la farmacia, como lo tiene el proveedor.",
  "The pharmacy's own time.": "La hora de la propia farmacia.",
  "The server's address.": "La dirección del servidor.",
  "The vendor account's user.": "El usuario de la cuenta con el proveedor.",
  "The vendor confirmed that DateDue is the first day a refill is allowed.":
    "El proveedor confirmó que DateDue es el primer día en que se permite un resurtido.",
  "The vendor confirmed that NextRefillDate is the first day a refill is allowed.":
    "El proveedor confirmó que NextRefillDate es el primer día en que se permite un resurtido.",
  "The vendor confirmed that a drug without DEAClass is not controlled.":
    "El proveedor confirmó que una medicina sin DEAClass no es controlada.",
  "The vendor confirmed that a refill it took shows as in process at once.":
    "El proveedor confirmó que un resurtido aceptado aparece enseguida como en proceso.",
  "The vendor confirmed that a refill it took shows as not ready at once.":
    "El proveedor confirmó que un resurtido aceptado aparece enseguida como no listo.",
  "The vendor confirmed that an order it took shows as in the queue at once.":
    "El proveedor confirmó que un pedido aceptado aparece enseguida en la cola.",
  "The vendor's address; its sandbox has another.":
    "La dirección del proveedor; su entorno de pruebas tiene otra.",
  "The whole address of the interface.": "La dirección completa de la interfaz.",
  "Units, in capitals, in which claims count. An amount in any other is left out.":
    "Unidades, en mayúsculas, en que cuentan los reclamos. Una cantidad en otra se omite.",
  "Where refill requests are sent.": "Adónde se envían los pedidos de resurtido.",
  "Where the interface asks for one.": "Donde la interfaz pida uno.",
  "Where the pharmacy system drops its answers.":
    "Donde el sistema de la farmacia deja sus respuestas.",
  "Where the pharmacy system drops its exports.":
    "Donde el sistema de la farmacia deja sus exportaciones.",
  "Where we drop what we ask for.": "Donde dejamos lo que pedimos.",
  "Which identifier of PID-3 is the patient's number, by its type.":
    "Qué identificador de PID-3 es el número del paciente, según su tipo.",
  "Which pharmacy is meant.": "De qué farmacia se trata.",
} as const
