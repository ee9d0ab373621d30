/**
 * A gateway to a state's monitoring programme, for invented people: its own XML, its own faults. It
 * shares no code with the reader it is there to test.
 */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http"
import { listenHere } from "../life.ts"

export type GatewayFault = "silent" | "garbage" | "down" | "refuses" | "leads_away"

interface OnFile {
  readonly narcotic: string
  readonly sedative: string
  readonly remark: string
}

/** Grace Kim of the demo pharmacy. Of everybody else nothing is on file. */
const onFile: Readonly<Record<string, OnFile>> = {
  "Kim 1971-07-22": {
    narcotic: "412",
    sedative: "230",
    remark: "More than 2 providers in 90 days.",
  },
}

const NAMESPACE = 'xmlns="http://xml.appriss.com/gateway/v5_1"'

export class PdmpServer {
  readonly #server: Server
  readonly #token: string
  #url = ""
  #faults: GatewayFault[] = []
  #asked = 0

  constructor(token: string) {
    this.#token = token
    this.#server = createServer((request, response) => void this.#serve(request, response))
  }

  async listen(port: number): Promise<string> {
    this.#url = `http://127.0.0.1:${await listenHere(this.#server, port)}`
    return this.#url
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk)
    const body = Buffer.concat(chunks).toString()
    if (request.url === "/faults") {
      const { fault }: { fault?: GatewayFault } = JSON.parse(body)
      this.#faults = fault ? [fault] : []
      return void response.end()
    }
    if (request.url === "/seen") return void response.end(JSON.stringify({ asked: this.#asked }))
    if (request.headers.authorization !== `Bearer ${this.#token}`)
      return void response.writeHead(401).end()
    const fault = this.#faults.shift()
    if (fault === "silent") return
    if (fault === "down") return void response.writeHead(503).end()
    response.setHeader("content-type", "application/xml")
    if (fault === "garbage") return void response.end("<PatientResponse><Report>")
    const isReport = request.url?.startsWith("/report/") === true
    response.end(isReport ? this.#link() : this.#answer(body, fault))
  }

  #link(): string {
    const link = `${this.#url}/once/${String(this.#asked).padStart(6, "0")}`
    return `<ReportResponse ${NAMESPACE}><ReportLink>${link}</ReportLink></ReportResponse>`
  }

  #answer(body: string, fault: GatewayFault | undefined): string {
    const said = (name: string) => new RegExp(`<${name}>([^<]+)</${name}>`).exec(body)?.[1] ?? ""
    const isWhole = said("Birthdate") !== "" && (said("ZipCode") !== "" || said("Phone") !== "")
    if (fault === "refuses" || !isWhole)
      return wrapped("<Error><Message>Not allowed.</Message></Error>")
    this.#asked += 1
    const found = onFile[`${said("Last")} ${said("Birthdate")}`]
    if (!found) return wrapped("<Report><Message>No results were found.</Message></Report>")
    const score = (type: string, value: string): string =>
      `<Score><ScoreType>${type}</ScoreType><ScoreValue>${value}</ScoreValue></Score>`
    const home = fault === "leads_away" ? "http://elsewhere.invalid" : this.#url
    const scores = score("Narcotic", found.narcotic) + score("Sedative", found.sedative)
    const address = `<ViewableReport Type="text/html">${home}/report/1</ViewableReport>`
    return wrapped(
      [
        `<Report><NarxScores>${scores}</NarxScores><NarxMessages><Message>`,
        `<MessageText>${found.remark}</MessageText><MessageSeverity>High</MessageSeverity>`,
        `</Message></NarxMessages><ReportRequestURLs>${address}</ReportRequestURLs></Report>`,
        "<Disclaimer>For a licensed person only.</Disclaimer>",
      ].join(""),
    )
  }
}

function wrapped(inside: string): string {
  return `<PatientResponse ${NAMESPACE}>${inside}</PatientResponse>`
}
