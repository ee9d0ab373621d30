/** `npm run new:module NAME`: a module that works, copied from one that does, with its tests. */
import { join } from "node:path"
import { scaffold } from "./scaffold/copy.ts"

const callbacks = {
  folder: "modules",
  from: "callbacks",
  calledInside: "callbacks",
  next: [
    "Change its contract, then its module, its tests and its README.",
    "Give every action a row in tiers/matrix.ts.",
    "npm run docs && npm test",
  ],
}

process.exitCode = scaffold(join(import.meta.dirname, ".."), callbacks, process.argv.slice(2))
