/** Whether a caller asks what it is that they are talking to. It never says that it is human. */

const whatIsThis =
  /\b(are you|you are|youre|am i (talking|speaking) (to|with)|is this|estoy hablando con|es usted|eres)\b[^.?!]{0,20}\b(robot|bot|machine|computer|recording|ai|artificial|human|real|automated|una maquina|persona real)\b/i

export function asksWhatThisIs(text: string): boolean {
  return whatIsThis.test(text.replaceAll(/[\u2019']/g, ""))
}
