/**
 * Says things in the reader's language. The English sentence is its own key, so a page reads as it
 * looks; a sentence that has no Spanish is a compile error. Changing the language draws all anew.
 */
import { useSyncExternalStore } from "react"
import { spanish } from "./spanish/spanish.ts"

export type Language = "en" | "es"
export type English = keyof typeof spanish
export type Values = Readonly<Record<string, string | number>>

const KEPT_UNDER = "mortar.language"
const CHANGED = "mortar:language"
const everySentence: Readonly<Record<string, string>> = spanish

let chosen: Language = readChoice()

/** `{name}` in the sentence becomes the value of that name. */
export function say(words: English, values: Values = {}): string {
  return filled(chosen === "es" ? spanish[words] : words, values)
}

/** What the server said, in the reader's language where that is known. */
export function told(words: string): string {
  return chosen === "es" ? (everySentence[words] ?? words) : words
}

export function useLanguage(): Language {
  return useSyncExternalStore(subscribe, () => chosen)
}

export function chooseLanguage(language: Language): void {
  chosen = language
  localStorage.setItem(KEPT_UNDER, language)
  document.documentElement.lang = language
  dispatchEvent(new Event(CHANGED))
}

/** The locale for dates and numbers. */
export function locale(): string {
  return chosen === "es" ? "es-US" : "en-US"
}

function readChoice(): Language {
  const kept = localStorage.getItem(KEPT_UNDER) ?? navigator.language
  const language = kept.startsWith("es") ? "es" : "en"
  document.documentElement.lang = language
  return language
}

function filled(sentence: string, values: Values): string {
  return sentence.replaceAll(/\{(\w+)\}/g, (_, name: string) => `${values[name] ?? ""}`)
}

function subscribe(changed: () => void): () => void {
  addEventListener(CHANGED, changed)
  return () => removeEventListener(CHANGED, changed)
}
