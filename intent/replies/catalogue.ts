/** The replies as data: every sentence Mortar can say, read once and checked when it is read. */
import { type Static, Type as t } from "typebox"
import type { Language } from "../contract.ts"
import { readYaml } from "../yaml-file.ts"

const File = t.Object({
  protected: t.Array(t.String()),
  otherLanguage: t.Array(t.String()),
  replies: t.Record(t.String(), t.String({ minLength: 2, maxLength: 400 })),
})

export interface Reply {
  readonly name: string
  readonly template: string
  /** The one it is said in. */
  readonly language: Language
  readonly protected: boolean
}

const files: Readonly<Record<Language, Static<typeof File>>> = {
  en: readYaml(File, new URL("./en.yaml", import.meta.url)),
  es: readYaml(File, new URL("./es.yaml", import.meta.url)),
}

/** Every reply's name, in the order of the file. */
export const replyNames: readonly string[] = Object.keys(files.en.replies)

/** The reply for who speaks this language. */
export function findReply(name: string, language: Language): Reply | undefined {
  const { replies, otherLanguage } = files[language]
  const template = replies[name]
  if (template === undefined) return undefined
  return {
    name,
    template,
    language: otherLanguage.includes(name) ? otherThan(language) : language,
    protected: files.en.protected.includes(name),
  }
}

/** The names between braces in a template. */
export function placeholdersOf(template: string): string[] {
  return [...template.matchAll(/\{(\w+)\}/g)].map((match) => match[1] ?? "")
}

function otherThan(language: Language): Language {
  return language === "en" ? "es" : "en"
}
