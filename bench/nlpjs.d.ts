/** The little of nlp.js that the benchmark uses; the package carries no types. */
declare module "@nlpjs/basic" {
  export interface Container {
    use(plugin: unknown): void
  }
  export function containerBootstrap(): Promise<Container>
  export const LangEn: unknown
  export class Nlp {
    constructor(settings: unknown)
    settings: { log?: boolean }
    addLanguage(language: string): void
    addDocument(language: string, text: string, intent: string | undefined): void
    train(): Promise<unknown>
    process(language: string, text: string): Promise<{ intent: string }>
  }
}
