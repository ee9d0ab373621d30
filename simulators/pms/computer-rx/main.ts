/** A pharmacy system that speaks through files, over the demo's cast. README.md has its layout. */
import { mkdirSync, mkdtempSync, rmSync, watch, writeFileSync } from "node:fs"
import { createServer } from "node:http"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { parseArgs } from "node:util"
import { announce } from "../../life.ts"
import { castPharmacy } from "../demo/cast.ts"
import { todayIn } from "../demo/days.ts"
import { type Answer, Controls } from "../rest/controls.ts"
import { allOf, Exports } from "./exports.ts"
import { Requests } from "./requests.ts"

/** For folders that tell nobody of a change, such as some shares. */
const LOOK_MS = 200

const { values } = parseArgs({
  options: {
    folder: { type: "string" },
    today: { type: "string" },
    "time-zone": { type: "string", default: "America/Chicago" },
  },
})
const today = values.today ?? todayIn(values["time-zone"])
const folder = values.folder ?? ownFolder()
const [exported, requests, answers] = ["exports", "requests", "answers"].map((name) => {
  const path = join(folder, name)
  mkdirSync(path, { recursive: true })
  return path
})
if (!exported || !requests || !answers) throw new Error("no folders")

const controls = new Controls(() => castPharmacy(today))
let exports = new Exports(exported)
const desk = new Requests({
  requests,
  answers,
  word: process.env.COMPUTER_RX_WORD ?? "demo-word",
  queue: () => controls.queue,
  trouble: (kind) => controls.trouble(kind),
  ending: (mode, tookRefill) => controls.ending(mode, tookRefill),
  delayMs: () => controls.delayMs,
  taken: drop,
})

function ownFolder(): string {
  const made = mkdtempSync(join(tmpdir(), "mortar-computer-rx-"))
  process.once("exit", () => rmSync(made, { recursive: true, force: true, maxRetries: 10 }))
  return made
}

/** Drops what changed, or everything. */
function drop(number?: string): void {
  const { queue, isOdd } = controls
  const all = allOf(queue, (one) => queue.script(one))
  const scripts = number === undefined ? all : all.filter((script) => script.number === number)
  const scope = number === undefined ? "F" : "C"
  exports.drop({ pharmacy: queue.pharmacy, scripts, scope, isOdd, nowMs: controls.nowMs() })
}

/** Controls of this vendor alone; any other is everybody's. */
function turn(name: string, body: Readonly<Record<string, unknown>>): Answer {
  const done = { status: 200, body: { isDone: true } }
  switch (name) {
    case "POST /export":
      drop()
      return done
    case "POST /lose":
      exports.leaveOut("FILL")
      return done
    case "POST /cut":
      writeFileSync(join(exported ?? "", "FILL-000000000000000000000.TXT"), "HFILL    01\r\nD7001")
      return done
    default: {
      const answer = controls.turn(name, body)
      if (name === "POST /fills") drop(String(body.rx))
      if (name === "POST /reset") forget()
      return answer
    }
  }
}

function forget(): void {
  desk.forget()
  rmSync(exported ?? "", { recursive: true, force: true, maxRetries: 10 })
  mkdirSync(exported ?? "", { recursive: true })
  exports = new Exports(exported ?? "")
}

const server = createServer((request, response) => {
  const chunks: Buffer[] = []
  request.on("data", (chunk: Buffer) => chunks.push(chunk))
  request.on("end", () => {
    const text = Buffer.concat(chunks).toString()
    const parsed: unknown = text === "" ? {} : JSON.parse(text)
    const body = typeof parsed === "object" && parsed !== null ? { ...parsed } : {}
    const { status, body: answer } = turn(`${request.method} ${request.url}`, body)
    response.writeHead(status, { "content-type": "application/json" })
    response.end(JSON.stringify(answer))
  })
})
server.listen(0, "127.0.0.1", () => {
  watch(requests, () => desk.serve())
  setInterval(() => desk.serve(), LOOK_MS).unref()
  const address = server.address()
  const port = typeof address === "object" ? address?.port : undefined
  announce({ url: `http://127.0.0.1:${port}`, folder })
})
