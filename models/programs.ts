/** Where the programs are that run models: each is started beside the module that asks it. */
import { fileURLToPath } from "node:url"

const at = (file: string): string => fileURLToPath(new URL(file, import.meta.url))

export const speechProgram = at("speech-process.ts")
export const languageProgram = at("language-process.ts")
