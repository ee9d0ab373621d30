/** Puts the imaginary vendor behind a server of this process, with trouble on demand. */
import { once } from "node:events"
import { createServer, type IncomingMessage, type ServerResponse } from "node:http"
import { parseJson } from "#core/json.ts"
import type { Known, Trouble, TroublePlan, World } from "../world.ts"
import { Asked, Vendor } from "./vendor.ts"

const TOKEN = "file:token"

const known: Known = {
  patient: { patient: "A1", lastName: "Carter", dateOfBirth: "1958-03-14", phone: "+15125550100" },
  absentPatient: "Z9",
  absentRx: "7999999",
  refillable: "7001234",
  notRefillable: "7001291",
  eligibility: {
    refillable: "7001234",
    on_hold: "7001291",
    no_refills: "7001261",
    not_found: "7999999",
  },
}

export async function startWorld(): Promise<World> {
  let vendor = new Vendor()
  let plan: TroublePlan = { mode: "ok" }
  let turns = 0
  const server = createServer((request, response) => {
    const trouble = plan.sequence?.[turns++] ?? plan.mode
    void serve(vendor, trouble, { request, response })
  })
  server.listen(0, "127.0.0.1")
  await once(server, "listening")
  const address = server.address()
  const port = typeof address === "object" ? address?.port : undefined
  return {
    known,
    secrets: { [TOKEN]: "word" },
    offers: ["submitRefill"],
    settings: (timeoutMs) => ({ baseUrl: `http://127.0.0.1:${port}`, token: TOKEN, timeoutMs }),
    async trouble(next) {
      plan = next
      turns = 0
    },
    submissions: async () => vendor.taken,
    async reset() {
      vendor = new Vendor()
      plan = { mode: "ok" }
    },
    async stop() {
      server.closeAllConnections()
      server.close()
    },
  }
}

interface Exchange {
  readonly request: IncomingMessage
  readonly response: ServerResponse
}

async function serve(vendor: Vendor, trouble: Trouble, { request, response }: Exchange) {
  const asked = parseJson(Buffer.concat(await request.toArray()).toString(), Asked)
  if (trouble === "slow") return
  if (trouble === "down") return response.destroy()
  if (trouble === "unauthorized") return response.writeHead(401).end()
  const answer = () => vendor.answer(request.url ?? "", asked, trouble === "partial")
  if (trouble === "duplicate") answer()
  const text = JSON.stringify(answer())
  if (trouble === "timeout_after_accept") return
  if (trouble === "drop_after_accept") return response.destroy()
  return response.end(trouble === "garbage" ? "<html>" : text)
}
