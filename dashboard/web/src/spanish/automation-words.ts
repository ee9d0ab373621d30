/** What automations are made of: events, commands, fields, their values; and what none does. */
export const automationWords = {
  "a call changes its state": "una llamada cambia de estado",
  "a call back is promised": "se promete devolver una llamada",
  "a call back was made": "se devolvió una llamada",
  "a complaint is filed": "se presenta una queja",
  "an emergency is heard": "se oye una emergencia",
  "a photo of an insurance card comes in": "llega una foto de una tarjeta de seguro",
  "a text is sent to a patient": "se envía un mensaje a un paciente",
  "a fill changes in the pharmacy system": "un surtido cambia en el sistema de la farmacia",
  "a prior authorisation moves on": "una autorización previa avanza",
  "a refill is submitted": "se envía un resurtido",
  "a patient is reminded": "se hace un recordatorio a un paciente",
  "a prescriber is asked for a renewal": "se pide una renovación al médico",
  "a prescriber answers about a renewal": "el médico responde sobre una renovación",
  "emergency rights are taken, or change": "alguien toma derechos de emergencia, o cambian",
  "a transfer is asked for": "se pide una transferencia",
  "a transfer ends": "una transferencia termina",
  "somebody fails too often to prove who they are":
    "alguien falla demasiadas veces al probar quién es",
  "put a task before somebody": "dar una tarea a alguien",
  "put a question about insurance before a technician":
    "llevar una pregunta de seguro a un técnico",
  "put a prior authorisation before a technician": "llevar una autorización previa a un técnico",
  "put a new prescription before the pharmacist": "llevar una receta nueva al farmacéutico",
  "put a clinical question before the pharmacist": "llevar una pregunta clínica al farmacéutico",
  "put an interaction before the pharmacist": "llevar una interacción al farmacéutico",
  "put a price before the manager": "llevar un precio al gerente",
  "put a refund before the manager": "llevar un reembolso al gerente",
  "put a controlled substance before the pharmacist":
    "llevar una sustancia controlada al farmacéutico",
  "note that somebody is called back": "anotar que se devuelve una llamada",
  "ask the prescriber for a renewal": "pedir una renovación al médico",
  "send the patient a text": "enviar un mensaje al paciente",
  "what it is about": "de qué se trata",
  "the call": "la llamada",
  "the call back": "la llamada por devolver",
  "where it came in": "por dónde llegó",
  "the complaint": "la queja",
  "it concerns safety": "tiene que ver con la seguridad",
  "the conversation": "la conversación",
  "the direction": "la dirección",
  "the drug": "la medicina",
  "when it is due": "para cuándo es",
  "minutes until it is late": "minutos hasta que sea tarde",
  "the kind of emergency": "la clase de emergencia",
  "the state of the fill": "el estado del surtido",
  "for whom": "para quién",
  "the rights": "los derechos",
  "how it is asked": "cómo se pide",
  "it has moved": "se transfirió",
  "they are new": "son nuevos",
  "the work item": "la tarea",
  "the kind": "la clase",
  "the message": "el recado",
  "the notice": "el aviso enviado",
  "the outcome": "el resultado",
  "the patient": "el paciente",
  "the telephone number": "el número de teléfono",
  "the photo": "la foto",
  "the prior authorisation": "la autorización previa",
  "the renewal": "la renovación",
  "the prescription number": "el número de receta",
  "the state": "el estado",
  "the text": "el texto",
  "the receipt": "el recibo",
  "the transfer": "la transferencia",
  Sms: "Mensaje de texto",
  Web: "Web",
  "Heart stroke breathing": "Corazón, derrame o respiración",
  Anaphylaxis: "Anafilaxia",
  "Overdose poison": "Sobredosis o veneno",
  "Self harm": "Hacerse daño",
  "Sugar bleeding pregnancy infant": "Azúcar, sangrado, embarazo o bebé",
  Violence: "Violencia",
  "Animal poison": "Veneno en un animal",
  "Refill reminder": "Recordatorio de resurtido",
  "Pickup reminder": "Recordatorio de recoger",
  Answer: "Respuesta",
  "Waiting payer": "Espera al seguro",
  "Waiting prescriber": "Espera al médico",
  Shipped: "Enviada por paquetería",
  "Returned to stock": "Devuelta al inventario",
  Cancelled: "Cancelada",
  Submitted: "Enviada",
  Denied: "Negada",
  Paid: "Pagada",
  Pickup: "Recoger",
  "By hand": "A mano",
  "Approved with changes": "Aprobada con cambios",
  "New rx to follow": "Viene otra receta",
  In: "Hacia aquí",
  Out: "Hacia otra",
  "Queue work": "Trabajo de la lista",
  Task: "Tarea",
  Backups: "Copias de seguridad",
  Callbacks: "Llamadas por devolver",
  Complaints: "Quejas",
  Consents: "Consentimientos",
  Conversations: "Conversaciones",
  Dashboard: "Páginas del personal",
  Insurance: "Seguro",
  Inventory: "Inventario",
  Messaging: "Mensajes",
  Mfa: "Segundos factores",
  Notifications: "Avisos",
  "Outreach policy": "Política de contacto",
  Pdmp: "Programa de vigilancia",
  Prescribers: "Médicos",
  "Prior auth": "Autorización previa",
  Refills: "Resurtidos",
  Renewals: "Renovaciones",
  Reordering: "Pedidos",
  Sessions: "Sesiones",
  "Store info": "Datos de la farmacia",
  Transfers: "Transferencias",
  Verification: "Verificación",
  Voice: "Voz",
  "Work queue": "Lista de tareas",
  "An automation that changes automations could lift every limit set to it.":
    "Una automatización que cambia automatizaciones podría quitarse todo límite.",
  "Backups have a schedule of their own, and are opened by who may operate the machines.":
    "Las copias tienen su propio horario, y las abre quien opera las máquinas.",
  "That a call was made is noted by whoever made it.": "Que se llamó lo anota quien llamó.",
  "A complaint is taken down in the words of whoever makes it.":
    "Una queja se anota con las palabras de quien la hace.",
  "Who may act for a patient is the patient's own decision, given at the counter.":
    "Quién actúa por un paciente lo decide el paciente, en el mostrador.",
  "What is said to a caller is said by the agent that hears them, or by a person.":
    "Lo que se dice a quien llama lo dice el agente que le oye, o una persona.",
  "Running the machines is for who can look at them.":
    "Operar las máquinas es de quien puede mirarlas.",
  "Cards and coverage are changed by who has them before them.":
    "Tarjetas y cobertura las cambia quien las tiene delante.",
  "Stock is what somebody received or counted with their own hands.":
    "El inventario es lo que alguien recibió o contó con sus manos.",
  "A text sent past notifications would go around quiet hours, stops and consent.":
    "Un mensaje fuera de los avisos pasaría por alto horas de silencio, bajas y consentimiento.",
  "Second factors are their owner's alone.": "Los segundos factores son solo de su dueño.",
  "Only answers are sent; reminders have their own schedule and consent.":
    "Solo se envían respuestas; los recordatorios tienen su horario y su consentimiento.",
  "What somebody wants to be written is for them to choose.":
    "Qué quiere recibir cada quien lo elige esa persona.",
  "What a patient prefers is for them to say.": "Lo que prefiere un paciente lo dice el paciente.",
  "Only a pharmacist asks a monitoring programme, for one patient at a time.":
    "Solo un farmacéutico consulta el programa de vigilancia, paciente por paciente.",
  "Who a prescriber is, is looked up and checked by a person.":
    "Quién es un médico lo busca y lo comprueba una persona.",
  "What a plan is sent and what it answers is read by a person.":
    "Lo que se envía a un plan y lo que responde lo lee una persona.",
  "Erasing, and keeping from erasure, cannot be taken back.":
    "Borrar, y proteger de borrar, no se puede deshacer.",
  "A refill that nobody asked for is an automatic refill, which needs the patient's consent.":
    "Un resurtido que nadie pidió es automático, y requiere consentimiento del paciente.",
  "What a prescriber answered is noted by who read it.":
    "Lo que respondió un médico lo anota quien lo leyó.",
  "An order is money: its own schedule drafts it, and people send it.":
    "Un pedido es dinero: lo prepara su propio horario y lo envían personas.",
  "A false alarm is called one by a manager who looked at it.":
    "Una falsa alarma la declara un gerente que la miró.",
  "Signing in, and taking rights, is what somebody does in person.":
    "Entrar y tomar derechos lo hace cada quien en persona.",
  "Who works here, and as what, is a manager's decision each time.":
    "Quién trabaja aquí, y de qué, lo decide un gerente cada vez.",
  "What the pharmacy says of itself is changed by who knows it.":
    "Lo que la farmacia dice de sí lo cambia quien lo sabe.",
  "What has to be asked of a person must not be decided by a machine.":
    "Lo que hay que preguntar a una persona no lo decide una máquina.",
  "Moving a prescription is a patient's wish and two pharmacists' act.":
    "Mover una receta es deseo del paciente y acto de dos farmacéuticos.",
  "Nobody is verified but by what they say themselves.":
    "A nadie se verifica sino por lo que dice.",
  "A call is ended and taken over by who listens to it.":
    "Una llamada la termina y la toma quien la escucha.",
  "Claiming, deciding and escalating work is done by the people it waits for.":
    "Tomar, decidir y pasar tareas lo hacen las personas que las esperan.",
  "No automation has that id.": "Ninguna automatización tiene ese número.",
  "Somebody else changed this automation meanwhile.":
    "Otra persona cambió esta automatización entretanto.",
  "It would set itself off again, alone or through others.":
    "Se volvería a poner en marcha, sola o por otras.",
  "There are as many automations as there may be. Delete one first.":
    "Hay tantas automatizaciones como puede haber. Borre una primero.",
  "No automation may be set off by that.": "Eso no puede poner en marcha una automatización.",
  "No automation may do that.": "Ninguna automatización puede hacer eso.",
  "No automation may do that after this event.":
    "Ninguna automatización puede hacer eso después de este aviso.",
  "A condition does not fit the fields of the event.":
    "Una condición no va con los datos del aviso.",
  "What the command is given does not fit it, or something it needs is missing.":
    "Lo que recibe la orden no le sirve, o le falta algo.",
  "That event is no longer kept.": "Ese aviso ya no se conserva.",
  "The example does not fit the fields of the event.": "El ejemplo no va con los datos del aviso.",
  "It was not tried since its last change. Try it first.":
    "No se probó desde su último cambio. Pruébela primero.",
  "What the event said does not fit the command.": "Lo que dijo el aviso no sirve para la orden.",
} as const
