/** The accounts of the staff, as a manager keeps them. */
export const staff = {
  "Staff accounts": "Cuentas del personal",
  "New colleague": "Colega nuevo",
  "Who may sign in, and as what. What you change here stands in the audit log.":
    "Quién puede entrar, y con qué puesto. Lo que cambie aquí queda en el registro de auditoría.",
  Accounts: "Cuentas",
  "The password of {user}, shown this once": "La contraseña de {user}, solo esta vez",
  "Tell it to them yourself. At the first sign-in they choose their own.":
    "Dígasela usted mismo. Al entrar por primera vez elige la suya.",
  "I have told them": "Ya se la dije",
  You: "Usted",
  Closed: "Cerrada",
  "has to choose a password": "debe elegir contraseña",
  "none on file": "ninguna registrada",
  "has run out": "vencida",
  "runs out soon": "vence pronto",
  good: "vigente",
  "Lost second factor": "Perdió el segundo factor",
  "Close the account": "Cerrar la cuenta",
  "Your role and your account are changed by another manager.":
    "Su puesto y su cuenta los cambia otro gerente.",
  "The account of {user} is open again.": "La cuenta de {user} está abierta otra vez.",
  "Open it again": "Abrirla otra vez",
  "Make the account": "Crear la cuenta",
  "Full name": "Nombre completo",
  "Small letters and digits, beginning with a letter.":
    "Letras minúsculas y cifras, empezando por una letra.",
  "A password is made and shown once. Its person chooses another at the first sign-in.":
    "Se crea una contraseña y se muestra una vez. La persona elige otra al entrar.",
  "{user} has another role now.": "{user} ya tiene otro puesto.",
  "Role of {user}": "Puesto de {user}",
  "Give this role": "Dar este puesto",
  "It counts at once, also where they are signed in. A manager is not a pharmacist.":
    "Vale enseguida, también donde ya entró. Un gerente no es farmacéutico.",
  "The licence is on file.": "La licencia está registrada.",
  "No licence is on file.": "No hay licencia registrada.",
  "Licence of {user}": "Licencia de {user}",
  "Take it off file": "Quitarla del registro",
  "Put it on file": "Registrarla",
  "Without a good one, a pharmacist cannot decide what asks for a pharmacist.":
    "Sin una vigente, un farmacéutico no puede decidir lo que pide un farmacéutico.",
  "Leave all three empty to take it off.": "Deje los tres vacíos para quitarla.",
  "Licence number": "Número de licencia",
  State: "Estado",
  "Good until": "Vigente hasta",
  "New password for {user}": "Contraseña nueva para {user}",
  "Make a new password": "Crear una contraseña nueva",
  "The old one is good no more, and every screen of theirs is signed out.":
    "La anterior ya no sirve, y todas sus pantallas salen.",
  "Be sure who asks: at the counter, or by ringing them back.":
    "Asegúrese de quién lo pide: en el mostrador, o devolviéndole la llamada.",
  "The second factors of {user} are gone.": "Los segundos factores de {user} se quitaron.",
  "Second factors of {user}": "Segundos factores de {user}",
  "Forget them": "Quitarlos",
  "Passkeys, codes from a telephone and recovery codes open nothing any more.":
    "Las llaves de acceso, los códigos del teléfono y los de recuperación ya no abren nada.",
  "The account of {user} is closed.": "La cuenta de {user} está cerrada.",
  "Close the account of {user}": "Cerrar la cuenta de {user}",
  "They are signed out everywhere at once, and cannot sign in.":
    "Sale enseguida de todas partes y no puede entrar.",
  "What they did stays in the log under their name. You can open it again.":
    "Lo que hizo queda en el registro con su nombre. Puede abrirla otra vez.",
  "An account has that name already.": "Ya hay una cuenta con ese nombre.",
  "No account has that name.": "Ninguna cuenta tiene ese nombre.",
} as const
