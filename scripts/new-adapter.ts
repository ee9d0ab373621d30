/** `npm run new:adapter NAME`: an adapter for one more pharmacy system, from the blueprint. */
import { join } from "node:path"
import { scaffold } from "./scaffold/copy.ts"

const blueprint = { folder: "pms-adapters", from: "_blueprint", calledInside: "_blueprint" }

process.exitCode = scaffold(join(import.meta.dirname, ".."), blueprint, process.argv.slice(2))
