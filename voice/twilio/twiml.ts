/**
 * The answers Twilio gets, built with its own library. No answer ever ends with `</Connect>`: what
 * follows it is how a call whose stream was lost comes back.
 */
import twilio from "twilio"
import { mediaUrl } from "./signature.ts"

const { VoiceResponse, MessagingResponse } = twilio.twiml

/** After so many lost streams the call goes to the pharmacy's own line. */
export const STREAMS_MAX = 8
const GATE_SECONDS = 8
const DIAL_SECONDS = 25
const OVERLOAD_SECONDS = 8

export interface Address {
  readonly publicUrl: string
  /** The pharmacy's own line, when everything of ours has failed. */
  readonly pharmacyLine?: string | undefined
}

/** Connects the call's audio to us, and says what happens when that ends. */
export function connectTwiml(address: Address, token: string, attempt: number): string {
  const answer = new VoiceResponse()
  const stream = answer.connect().stream({ url: mediaUrl(address.publicUrl) })
  stream.parameter({ name: "token", value: token })
  answer.redirect({ method: "POST" }, streamEndedUrl(address, attempt))
  return answer.toString()
}

/** Keeps the caller on the line while no stream can be taken, and asks again. */
export function holdTwiml(address: Address, attempt: number): string {
  const answer = new VoiceResponse()
  answer.say("One moment, please.")
  answer.pause({ length: 2 })
  answer.redirect({ method: "POST" }, streamEndedUrl(address, attempt + 1))
  return answer.toString()
}

/** Gives the call to the pharmacy's own line. */
export function pharmacyTwiml(address: Address): string {
  const answer = new VoiceResponse()
  if (!address.pharmacyLine) {
    answer.say("I'm sorry, we can't take your call right now. Please call again in a few minutes.")
    answer.hangup()
    return answer.toString()
  }
  answer.say("One moment. I'm connecting you with the pharmacy.")
  answer.dial({ timeout: DIAL_SECONDS }, address.pharmacyLine)
  answer.say("I'm sorry, nobody could take your call. Please call again in a few minutes.")
  return answer.toString()
}

/** Said to a new caller when the machine has no room: wait on the line, or press 1 for a person. */
export function overloadTwiml(address: Address, attempt: number): string {
  const answer = new VoiceResponse()
  const gather = answer.gather({
    numDigits: 1,
    timeout: OVERLOAD_SECONDS,
    finishOnKey: "",
    action: `${address.publicUrl}/twilio/overload`,
    method: "POST",
  })
  gather.say(
    "Thank you for calling. All of our lines are busy. " +
      "Press 1 to speak with the pharmacy staff, or stay on the line. " +
      "If this is an emergency, hang up and dial 9 1 1.",
  )
  answer.redirect({ method: "POST" }, streamEndedUrl(address, attempt + 1))
  return answer.toString()
}

/** Rings a person, who must press 1 before the caller is put through. */
export function transferTwiml(address: Address, call: string, number: string): string {
  const answer = new VoiceResponse()
  const dial = answer.dial({
    timeout: DIAL_SECONDS,
    action: `${address.publicUrl}/twilio/transfer/done`,
    method: "POST",
  })
  const url = `${address.publicUrl}/twilio/transfer/whisper?call=${encodeURIComponent(call)}`
  dial.number({ url, method: "POST" }, number)
  return answer.toString()
}

/** What the person hears first. No key, or another key, is no. */
export function whisperTwiml(address: Address, call: string, whisper: string): string {
  const answer = new VoiceResponse()
  const gather = answer.gather({
    numDigits: 1,
    timeout: GATE_SECONDS,
    finishOnKey: "",
    action: `${address.publicUrl}/twilio/transfer/accept?call=${encodeURIComponent(call)}`,
    method: "POST",
  })
  gather.say(`${whisper} Press 1 to take the call.`)
  answer.hangup()
  return answer.toString()
}

/** An emergency that did not come by telephone is told to a person who is rung. */
export function alarmTwiml(whisper: string): string {
  const answer = new VoiceResponse()
  answer.say({ loop: 3 }, whisper)
  return answer.toString()
}

export function hangupTwiml(): string {
  const answer = new VoiceResponse()
  answer.hangup()
  return answer.toString()
}

/** Asks again, on another connection: the process that this one led to has been replaced. */
export function elsewhereTwiml(address: Address, path: string, query: URLSearchParams): string {
  const answer = new VoiceResponse()
  answer.redirect({ method: "POST" }, `${address.publicUrl}${path}?${query}`.replace(/\?$/, ""))
  return answer.toString()
}

/** Nothing to do; in a whisper it lets the two parties talk. */
export function emptyTwiml(): string {
  return new VoiceResponse().toString()
}

export function messageTwiml(text?: string): string {
  const answer = new MessagingResponse()
  if (text) answer.message(text)
  return answer.toString()
}

function streamEndedUrl(address: Address, attempt: number): string {
  return `${address.publicUrl}/twilio/stream-ended?n=${attempt}`
}
