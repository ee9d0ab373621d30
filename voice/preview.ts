/** A sentence as a caller would hear it, for whoever sets the pharmacy up. No call is involved. */
import { intent, type Language, type Sentence } from "../intent/contract.ts"
import type { VoiceContext } from "./house.ts"
import type { Rendering } from "./speech/rendering.ts"

export type Render = (sentence: Sentence, language: Language) => Rendering

export interface Greeting {
  /** The pharmacy's name as the voice should say it. */
  readonly spokenName: string
  readonly language: Language
  /** In the pharmacy's own words; the house's when left out. */
  readonly greeting?: string
}

/**
 * The first thing that a caller hears; name and words are such as may not count yet. Undefined when
 * the words are never said.
 */
export async function greetingOf(
  context: VoiceContext,
  { spokenName, language, greeting: own }: Greeting,
): Promise<readonly Sentence[] | undefined> {
  const usual = { reply: "greeting.open", values: { pharmacy: spokenName } }
  const isRecorded = context.config.recording === "announced"
  const disclosure = isRecorded ? [{ reply: "disclosure.recording", values: {} }] : []
  const lines = own === undefined ? [usual, ...disclosure] : disclosure
  const welcome = own === undefined ? [] : await ownGreeting(context, own, language)
  const answer = await context.call(intent, "phrase", { lines, language })
  if (!answer.ok || !welcome) return undefined
  return [...welcome, ...answer.value.sentences]
}

/** A sentence that is not the pharmacy's yet: only its review says whether it could be. */
async function ownGreeting(
  context: VoiceContext,
  words: string,
  language: Language,
): Promise<readonly Sentence[] | undefined> {
  const review = await context.call(intent, "review", { kind: "greeting", language, words })
  if (!review.ok || review.value.trouble) return undefined
  const { spoken } = review.value
  return [{ reply: "greeting.own", text: words, spoken, fixed: false, protected: false }]
}

/**
 * The sentences one after the other as telephone audio: µ-law, 8,000 bytes a second. Undefined when
 * one of them could not be said: what is left of a greeting is none.
 */
export async function audioOf(
  sentences: readonly Sentence[],
  language: Language,
  render: Render,
): Promise<Buffer | undefined> {
  const spoken: Uint8Array[] = []
  for (const sentence of sentences) {
    const rendering = render(sentence, language)
    await finished(rendering)
    if (rendering.length === 0) return undefined
    spoken.push(rendering.bytes)
  }
  return spoken.length === 0 ? undefined : Buffer.concat(spoken)
}

function finished(rendering: Rendering): Promise<void> {
  return new Promise((resolve) => {
    const look = (): void => {
      if (rendering.isDone) resolve()
    }
    rendering.onChange(look)
    look()
  })
}
