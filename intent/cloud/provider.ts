/** What a provider of language models is to the rest of this folder: a prompt in, a text out. */
import type { TSchema } from "typebox"
import type { Price, Usage } from "./prices.ts"

export interface Prompt {
  /** Ours, fixed: no value of a caller stands in it. */
  readonly instructions: string
  /** Anonymised. */
  readonly text: string
  /** The answer is JSON of this shape; a free text when left out. */
  readonly schema?: TSchema
  readonly maxOutputTokens: number
}

export interface Around {
  /** The one way out: what is handed to it is written down first. */
  readonly fetch: (url: string | URL | Request, init?: RequestInit) => Promise<Response>
  readonly signal: AbortSignal
  /** A piece of a streamed answer came. */
  readonly heard: () => void
}

export interface Told {
  readonly text: string
  readonly usage: Usage
  readonly ended: "whole" | "cut" | "cut_short" | "declined"
}

export interface Provider {
  readonly name: "anthropic" | "openai"
  readonly model: string
  readonly price: Price
  /** Asks once; the SDK's own retries are off. Throws what the SDK throws. */
  ask(prompt: Prompt, around: Around): Promise<Told>
}

export interface Account {
  readonly apiKey: string
  readonly baseUrl?: string
}
