/** `npm run new:adapter NAME`: an adapter for one more pharmacy system, from the blueprint. */
import { join } from "node:path"
import { scaffold } from "./scaffold/copy.ts"

const blueprint = {
  folder: "pms-adapters",
  from: "_blueprint",
  calledInside: "_blueprint",
  next: [
    "Read pms-adapters/NEW-VENDOR.md, which takes one vendor from the manual to the site.",
    "Write the vendor's simulator in simulators/pms/, and remove vendor.ts.",
    "Change the copy, file by file, until its tests pass.",
    "npm run docs && npm run check",
  ],
}

process.exitCode = scaffold(join(import.meta.dirname, ".."), blueprint, process.argv.slice(2))
