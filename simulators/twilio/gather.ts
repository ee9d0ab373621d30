/** `<Gather>`: collects key presses while and after prompts are played. Speech is not modelled. */
import { type Timer, untilAborted } from "./clock.ts"
import { prompt } from "./prompt.ts"
import type { Instructions, Scene } from "./scene.ts"
import { TwimlError } from "./twiml.ts"
import type { Element } from "./xml.ts"

class KeyPressed extends Error {}

export async function gather(verb: Element, scene: Scene): Promise<Instructions | undefined> {
  const { action, method, input = "dtmf", actionOnEmptyResult } = verb.attributes
  if (input !== "dtmf") throw new TwimlError("12200", "only keys can be gathered here")
  const { digits, wasFinishedByKey } = await collect(verb, scene)
  const isReported = digits !== "" || wasFinishedByKey || actionOnEmptyResult === "true"
  if (!isReported) return undefined
  return scene.fetch(action ?? scene.url, method, { Digits: digits })
}

interface Collected {
  readonly digits: string
  readonly wasFinishedByKey: boolean
}

async function collect(verb: Element, scene: Scene): Promise<Collected> {
  const { leg, exchange, signal } = scene
  const { numDigits, timeout = "5", finishOnKey = "#" } = verb.attributes
  const digitsMax = numDigits === undefined ? Number.POSITIVE_INFINITY : Number(numDigits)
  const prompts = new AbortController()
  const done = Promise.withResolvers<Collected>()
  let digits = ""
  let timer: Timer | undefined
  const waitForNext = (): void => {
    timer?.cancel()
    const giveUp = (): void => done.resolve({ digits, wasFinishedByKey: false })
    timer = exchange.clock.after(Number(timeout) * 1_000, giveUp)
  }
  leg.onKey = (digit) => {
    prompts.abort(new KeyPressed())
    if (finishOnKey.includes(digit)) return done.resolve({ digits, wasFinishedByKey: true })
    digits += digit
    if (digits.length >= digitsMax) return done.resolve({ digits, wasFinishedByKey: false })
    waitForNext()
  }
  try {
    await playPrompts(verb, { ...scene, signal: AbortSignal.any([signal, prompts.signal]) })
    if (digits === "") waitForNext()
    return await untilAborted(done.promise, signal)
  } finally {
    timer?.cancel()
    leg.onKey = () => {}
  }
}

async function playPrompts(verb: Element, scene: Scene): Promise<void> {
  try {
    for (const child of verb.children) await prompt(child, scene)
  } catch (reason) {
    if (!(reason instanceof KeyPressed)) throw reason
  }
}
