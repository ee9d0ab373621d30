/**
 * The files others drop for this vendor. One is claimed by renaming it, carried out, and answered
 * with a file; then the next, in the order of their names. A key that was seen is not carried out
 * again.
 */
import { readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import type { FaultMode } from "../demo/faults.ts"
import type { Queue } from "../rest/queue.ts"
import { bytesOf, type Fields, fieldsIn, lineOf, trailerOf } from "./columns.ts"

export interface Desk {
  readonly requests: string
  readonly answers: string
  readonly word: string
  readonly queue: () => Queue
  readonly trouble: (kind: string) => FaultMode
  /** How a request ends that met this trouble and was carried out. */
  readonly ending: (mode: FaultMode, tookRefill: boolean) => FaultMode
  readonly delayMs: () => number
  /** Told when a refill was taken, before it is answered. */
  readonly taken: (number: string) => void
}

export class Requests {
  readonly #desk: Desk
  /** Files that wait for no reason. */
  readonly #slow = new Set<string>()

  constructor(desk: Desk) {
    this.#desk = desk
  }

  /** Carries out what lies there. */
  serve(): void {
    const names = readdirSync(this.#desk.requests).filter((name) => name.endsWith(".REQ"))
    for (const name of names.sort()) {
      if (!this.#slow.has(name)) this.#take(name, true)
    }
  }

  forget(): void {
    this.#slow.clear()
    for (const folder of [this.#desk.requests, this.#desk.answers]) {
      for (const name of readdirSync(folder)) rmSync(join(folder, name), { force: true })
    }
  }

  #take(name: string, mayBeSlow: boolean): void {
    const { requests, trouble, delayMs } = this.#desk
    const path = join(requests, name)
    const kind = name.split(/[-.]/)[1] ?? ""
    const mode = mayBeSlow ? trouble(kind) : "ok"
    if (mode === "slow") {
      this.#slow.add(name)
      setTimeout(() => {
        if (this.#slow.delete(name)) this.#take(name, false)
      }, delayMs()).unref()
      return
    }
    const claimed = path.replace(/REQ$/, "WRK")
    try {
      renameSync(path, claimed)
    } catch {
      return
    }
    const lines = readFileSync(claimed, "latin1").split(/\r?\n/)
    rmSync(claimed)
    this.#answer(name, lines, mode)
  }

  #answer(name: string, lines: readonly string[], mode: FaultMode): void {
    const head = fieldsIn(lines[0] ?? "", "header")
    const asked = lines
      .filter((line) => line.startsWith("D"))
      .map((line) => fieldsIn(line, "request"))
    const isWhole = lines.includes(trailerOf(asked.length))
    const status = this.#statusOf(head, mode)
    const isCut = mode === "partial" && head.kind === "REFILL"
    const done = status === "OK" && isWhole ? asked.slice(0, isCut ? -1 : undefined) : []
    const results = done.map((one) => this.#act(head, one, mode === "duplicate"))
    const ending = this.#desk.ending(
      mode,
      results.some(({ result }) => result === "T"),
    )
    if (ending === "timeout_after_accept") return
    const answers = results.map((fields) => lineOf("D", "answer", fields))
    const header = {
      kind: "ACK",
      version: "01",
      number: head.number ?? "",
      status,
      store: "1234567",
    }
    const bytes = bytesOf([lineOf("H", "header", header), ...answers, trailerOf(answers.length)])
    const written = ending === "drop_after_accept" ? bytes.subarray(0, bytes.length / 2) : bytes
    this.#write(name, ending === "garbage" ? Buffer.from("<html>Server Error") : written)
  }

  #statusOf(head: Fields, mode: FaultMode): string {
    if (mode === "unauthorized" || head.word !== this.#desk.word) return "KEY"
    return mode === "down" ? "OFF" : "OK"
  }

  /** T taken, A already taken, R refused, N no such prescription, U a key that was never seen. */
  #act(head: Fields, { key = "", rx = "" }: Fields, isTwice: boolean): Fields {
    const queue = this.#desk.queue()
    const before = queue.taken.find((one) => one.key === key)
    if (head.kind !== "REFILL") return { key, rx, result: before ? "A" : "U" }
    if (before) {
      before.deliveries++
      return { key, rx, result: "A" }
    }
    if (!queue.script(rx)) return { key, rx, result: "N" }
    if (!queue.request(rx, key)) return { key, rx, result: "R" }
    this.#desk.taken(rx)
    return isTwice ? this.#act(head, { key, rx }, false) : { key, rx, result: "T" }
  }

  #write(name: string, bytes: Uint8Array): void {
    const path = join(this.#desk.answers, name.replace(/\.REQ$/, ""))
    writeFileSync(`${path}.TMP`, bytes)
    renameSync(`${path}.TMP`, `${path}.ACK`)
  }
}
