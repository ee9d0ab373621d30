/** Every tidy rule by its name. A rule is a function from the tree to what it found. */
import type { Report, Tree } from "../tree.ts"
import { bannedCalls } from "./calls.ts"
import { headers, keptPromises, noSleepingCode } from "./comments.ts"
import { explainedDependencies } from "./dependencies.ts"
import { noDeadExports } from "./exports.ts"
import { linksThatLead, noBarrels, noDeadFiles, oneTitle } from "./files.ts"
import { shortFiles, shortFunctions, shortLines } from "./limits.ts"
import { tellingPaths, tellingTypes } from "./names.ts"
import { pagesInTwoLanguages } from "./pages.ts"
import { honestTypes, noDefaultExports, noSuppressions } from "./types.ts"

export const tidyRules: Readonly<Record<string, (tree: Tree) => Report>> = {
  "functions are short and take few parameters": shortFunctions,
  "files are short": shortFiles,
  "lines are short": shortLines,
  "paths say what is there": tellingPaths,
  "types say what they are": tellingTypes,
  "calls that belong elsewhere stay elsewhere": bannedCalls,
  "types do not lie": honestTypes,
  "no checker is told to look away": noSuppressions,
  "exports have names": noDefaultExports,
  "files open by saying what they are": headers,
  "nothing is left unfinished": keptPromises,
  "no code sleeps in comments": noSleepingCode,
  "every file is used": noDeadFiles,
  "every export is used": noDeadExports,
  "no file only passes others on": noBarrels,
  "every page has one title": oneTitle,
  "links lead somewhere": linksThatLead,
  "pages speak two languages": pagesInTwoLanguages,
  "every package is declared and explained": explainedDependencies,
}
