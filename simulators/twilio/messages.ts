/** Text messages both ways, with opt-outs as Twilio keeps them: by sender and recipient. */
import { apiVersion, type Exchange } from "./exchange.ts"
import { newSid, type Params } from "./signature.ts"
import { readTwiml } from "./twiml.ts"

export type MessageStatus = "received" | "queued" | "sent" | "delivered"

export interface Message {
  readonly sid: string
  readonly from: string
  readonly to: string
  readonly body: string
  readonly direction: "inbound" | "outbound-api" | "outbound-reply"
  status: MessageStatus
  readonly atMs: number
}

export interface OutboundMessage {
  readonly from: string
  readonly to: string
  readonly body: string
  readonly statusCallback?: string
}

const stopWords = ["STOP", "STOPALL", "UNSUBSCRIBE", "CANCEL", "END", "QUIT", "REVOKE", "OPTOUT"]
const startWords = ["START", "YES", "UNSTOP"]
const helpWords = ["HELP", "INFO"]

/** Characters in one segment of a text. */
const segmentLength = 160
/** Messages stay readable through REST; the oldest are forgotten beyond this many. */
const messagesKeptMax = 1_000

export class Messages {
  readonly all: Message[] = []
  onMessage: (message: Message) => void = () => {}
  readonly #exchange: Exchange
  readonly #answersStopWords: boolean
  readonly #optedOut = new Set<string>()

  constructor(exchange: Exchange, answersStopWords: boolean) {
    this.#exchange = exchange
    this.#answersStopWords = answersStopWords
  }

  isOptedOut(from: string, to: string): boolean {
    return this.#optedOut.has(`${from} ${to}`)
  }

  /** Hands a text to the application and delivers what it answers. Resolves to its SID. */
  async receive(text: { from: string; to: string; body: string; smsUrl: string }): Promise<string> {
    const { from, to, body, smsUrl } = text
    const { sid } = this.#keep({ from, to, body, direction: "inbound", status: "received" })
    if (this.#answersStopWords) this.#heedStopWord(text)
    const reply = await this.#exchange.request(smsUrl, "POST", this.#inboundParams(sid, text))
    if (reply.body.length === 0 || !/xml/.test(reply.contentType)) return sid
    for (const verb of readTwiml(reply.body.toString("utf8"))) {
      if (verb.name !== "Message") continue
      const words = verb.children[0]?.text ?? verb.text
      if (!this.isOptedOut(to, from))
        this.#keep({ from: to, to: from, body: words, direction: "outbound-reply", status: "sent" })
    }
    return sid
  }

  /** Sends a text for the application. Undefined when the recipient has opted out (error 21610). */
  send({ from, to, body, statusCallback }: OutboundMessage): Message | undefined {
    if (this.isOptedOut(from, to)) return undefined
    const message = this.#keep({ from, to, body, direction: "outbound-api", status: "queued" })
    void this.#exchange.track(this.#deliver(message, statusCallback))
    return message
  }

  /** The texts a handset has received, oldest first. */
  receivedBy(number: string): readonly Message[] {
    return this.all.filter(({ to, direction }) => to === number && direction !== "inbound")
  }

  async #deliver(message: Message, statusCallback: string | undefined): Promise<void> {
    for (const status of ["sent", "delivered"] as const) {
      message.status = status
      if (statusCallback === undefined) continue
      const params = {
        MessageSid: message.sid,
        SmsSid: message.sid,
        AccountSid: this.#exchange.accountSid,
        From: message.from,
        To: message.to,
        MessageStatus: status,
        SmsStatus: status,
        ApiVersion: apiVersion,
      }
      await this.#exchange.request(statusCallback, "POST", params).catch(() => {})
    }
  }

  #heedStopWord({ from, to, body }: { from: string; to: string; body: string }): void {
    const word = body.trim().toUpperCase()
    const answer = (words: string): Message =>
      this.#keep({ from: to, to: from, body: words, direction: "outbound-reply", status: "sent" })
    if (stopWords.includes(word)) {
      answer("You will receive no more messages from this number.")
      this.#optedOut.add(`${to} ${from}`)
    } else if (startWords.includes(word) && this.#optedOut.delete(`${to} ${from}`))
      answer("You will receive messages from this number again.")
    else if (helpWords.includes(word)) answer("Reply STOP to receive no more messages.")
  }

  #inboundParams(sid: string, text: { from: string; to: string; body: string }): Params {
    return {
      MessageSid: sid,
      SmsSid: sid,
      SmsMessageSid: sid,
      AccountSid: this.#exchange.accountSid,
      From: text.from,
      To: text.to,
      Body: text.body,
      NumMedia: "0",
      NumSegments: String(Math.max(1, Math.ceil(text.body.length / segmentLength))),
      SmsStatus: "received",
      ApiVersion: apiVersion,
    }
  }

  #keep(message: Omit<Message, "sid" | "atMs">): Message {
    const kept = { ...message, sid: newSid("SM"), atMs: this.#exchange.clock.nowMs() }
    this.all.push(kept)
    if (this.all.length > messagesKeptMax) this.all.shift()
    this.onMessage(kept)
    return kept
  }
}
