/**
 * A payer to send claims to: an invented plan behind a switch. It ends when whoever started it goes
 * away, so that no test leaves one behind.
 */
import { parseArgs } from "node:util"
import { announce } from "../life.ts"
import { PayerServer } from "./server.ts"

const { values } = parseArgs({ options: { port: { type: "string", default: "0" } } })

const server = new PayerServer(process.env.PAYER_TOKEN ?? "demo")
const url = await server.listen(Number(values.port))
announce({ url })
