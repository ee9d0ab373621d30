/**
 * One violation for every rule over the tree. A rule without a plant here fails the test of gates.
 */

export type Files = Readonly<Record<string, string>>

const header = "/** A planted file. */\n"
const contract = `${header}import { now } from "#core/clock.ts"\n`

/** A module that keeps every rule: plants differ from it in one thing. */
export const clean: Files = {
  "README.md": "# Mortar\n",
  "package.json": '{ "dependencies": { "pino": "1.0.0" } }',
  "docs/dependencies.md": "# Dependencies\n\n- `pino`: the log.\n",
  "main.ts": `${header}import { now } from "#core/clock.ts"\nnow()\n`,
  "core/clock.ts": `${header}import "pino"\nexport const now = (): number => 1\n`,
  "modules/refills/contract.ts": `${contract}export const refills = now\n`,
  "modules/refills/module.ts": `${header}import { patients } from "../patients/contract.ts"
import { refills } from "./contract.ts"
interface Refill { readonly at: number }
const one: Refill = { at: refills() }
// Patients are asked first.
export const needs = { uses: [patients], hears: [] }\n`,
  "modules/patients/contract.ts": `${contract}export const patients = now\n`,
  "modules/patients/module.ts": `${header}import { patients } from "./contract.ts"
export const needs = { patients }\n`,
}

function withModule(body: string): Files {
  return { ...clean, "modules/refills/module.ts": `${clean["modules/refills/module.ts"]}${body}\n` }
}

/** Rule of test/boundaries to a tree that breaks it. */
export const boundaryPlants: Readonly<Record<string, Files>> = {
  "code lives only in folders of the table": { ...clean, "extras/thing.ts": header },
  "imports stay at home or go through a door": withModule(`export * from "../patients/module.ts"`),
  "only the host imports what it computes": withModule(
    "export const load = (path: string) => import(path)",
  ),
  "a module imports only contracts that its needs name": {
    ...clean,
    "modules/refills/module.ts": clean["modules/refills/module.ts"]!.replace("[patients]", "[]"),
  },
  "no file reaches itself through its imports": {
    ...clean,
    "core/clock.ts": `${clean["core/clock.ts"]}export * from "./watch.ts"\n`,
    "core/watch.ts": `${header}export * from "./clock.ts"\n`,
  },
  "no module uses itself through what it uses": {
    ...clean,
    "modules/patients/module.ts": `${header}import { refills } from "../refills/contract.ts"
export const needs = { uses: [refills] }\n`,
  },
  "packages with one home are imported only there": withModule(`import "better-sqlite3"`),
}

const many = (count: number, line: string): string => `${line}\n`.repeat(count)

/** Rule of test/tidy to trees that break it, each in another way. */
export const tidyPlants: Readonly<Record<string, readonly Files[]>> = {
  "functions are short and take few parameters": [
    withModule(`export function long(): void {\n${many(70, "  one")}}`),
    withModule("export const wide = (a = 1, b = 2, c = 3, d = 4, e = 5) => a + b + c + d + e"),
  ],
  "files are short": [
    withModule(many(400, "")),
    { ...clean, "main.ts": `${clean["main.ts"]}${many(150, "")}` },
    { ...clean, "README.md": `# Mortar\n${many(120, "")}` },
    {
      ...clean,
      ...Object.fromEntries(
        Array.from({ length: 60 }, (_, index) => [`core/part-${index}.ts`, many(399, "")]),
      ),
    },
  ],
  "lines are short": [withModule(`// ${"word ".repeat(25)}`)],
  "paths say what is there": [
    { ...clean, "core/string-utils.ts": header },
    { ...clean, "modules/helpers/contract.ts": header },
    { ...clean, "core/camelCase.ts": header },
  ],
  "types say what they are": [
    withModule("export interface RefillManager { readonly one: 1 }"),
    withModule("export type PatientData = string"),
  ],
  "calls that belong elsewhere stay elsewhere": [
    "Date.now()",
    "new Date()",
    "setTimeout(one, 1)",
    "setInterval(one, 1)",
    "performance.now()",
    "Math.random()",
    "console.log(1)",
    "process.env",
    'JSON.parse("1")',
  ].map((call) => withModule(`export const planted = ${call}`)),
  "types do not lie": [
    withModule("export const lie = one as unknown"),
    withModule("export const all: any = one"),
  ],
  "no checker is told to look away": [withModule(`// @ts-${"ignore"}\nexport const x = 1`)],
  "exports have names": [{ ...clean, "core/clock.ts": `${header}export default 1\n` }],
  "files open by saying what they are": [
    { ...clean, "core/clock.ts": "export const now = 1\n" },
    {
      ...clean,
      "core/clock.ts": `/**\n${many(5, " * One line too many.")} */\nexport const now = 1\n`,
    },
  ],
  "nothing is left unfinished": [
    withModule(`// ${"TO"}${"DO"} later.`),
    { ...clean, "README.md": `# Mortar\n\n${"FIX"}${"ME"}\n` },
  ],
  "no code sleeps in comments": [withModule("// const asleep = one(2);")],
  "every file is used": [{ ...clean, "core/forgotten.ts": `${header}export const lost = 1\n` }],
  "no file only passes others on": [
    { ...clean, "core/all.ts": `${header}export * from "./clock.ts"\n` },
    { ...clean, "core/index.ts": `${header}export const one = 1\n` },
  ],
  "every page has one title": [
    { ...clean, "README.md": "# Mortar\n\n# Again\n" },
    { ...clean, "README.md": "Mortar\n" },
  ],
  "every package is declared and explained": [
    { ...clean, "docs/dependencies.md": "# Dependencies\n" },
    { ...clean, "docs/dependencies.md": `${clean["docs/dependencies.md"]}- \`left\`: gone.\n` },
    withModule(`import "undeclared-package"`),
  ],
  "every export is used": [withModule("export const forgotten = 1")],
  "pages speak two languages": ["<p>Nothing yet</p>", '<p title="Nothing yet" />'].map((bare) => ({
    ...clean,
    "dashboard/web/src/page.tsx": `${header}export const page = ${bare}\n`,
  })),
  "links lead somewhere": [{ ...clean, "README.md": "# Mortar\n\n[lost](docs/LOST.md)\n" }],
}
