/**
 * A monitoring programme to ask, behind its gateway. It ends when whoever started it goes away, so
 * that no test leaves one behind.
 */
import { parseArgs } from "node:util"
import { announce } from "../life.ts"
import { PdmpServer } from "./server.ts"

const { values } = parseArgs({ options: { port: { type: "string", default: "0" } } })

const server = new PdmpServer(process.env.PDMP_TOKEN ?? "demo")
announce({ url: await server.listen(Number(values.port)) })
