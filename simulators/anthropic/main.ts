/** The Messages interface of Anthropic on a port of this machine: `--port N`, any when left out. */
import { parseArgs } from "node:util"
import { runStaged } from "../providers/stage.ts"
import { anthropicServer } from "./server.ts"

const { values } = parseArgs({ options: { port: { type: "string", default: "0" } } })
await runStaged(anthropicServer(), Number(values.port))
