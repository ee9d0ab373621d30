/** What this vendor tells by itself: every patient and prescription at first, then every change. */
import { connect, type Socket } from "node:net"
import type { Script } from "../demo/records.ts"
import type { State } from "../demo/state.ts"
import { framed, Unframer } from "./frames.ts"
import { headerLine, orderLines, patientLine } from "./wire.ts"

export class Feed {
  #socket: Socket | undefined
  #sent = 0
  #told = 0
  #waiting: ((isAcked: boolean) => void) | undefined
  #last: Promise<unknown> = Promise.resolve()

  /** Opens a connection to a receiver and tells it everything. Answers how much was taken. */
  open(port: number, state: State): Promise<number> {
    this.close()
    const unframer = new Unframer()
    const socket = connect(port, "127.0.0.1")
    this.#socket = socket
    socket.on("error", () => undefined)
    socket.on("close", () => this.#waiting?.(false))
    socket.on("data", (chunk) => {
      for (const answer of unframer.add(chunk)) this.#waiting?.(/\rMSA\|[AC]A\|/.test(answer))
    })
    this.#told = state.lastChange
    return this.#inTurn(() => this.#tellAll(state))
  }

  /** Tells what has changed since it was last told. */
  tellChanges(state: State): void {
    if (!this.#socket) return
    const changes = state.changesAfter(this.#told)
    this.#told = state.lastChange
    for (const { script } of changes)
      void this.#inTurn(() => this.#tell(state, [script], "RDS^O13^RDS_O13"))
  }

  close(): void {
    this.#socket?.destroy()
    this.#socket = undefined
  }

  /** One message after the other: the next leaves when the last was answered. */
  #inTurn<T>(act: () => Promise<T>): Promise<T> {
    const turn = this.#last.then(act)
    this.#last = turn.catch(() => undefined)
    return turn
  }

  async #tellAll(state: State): Promise<number> {
    let taken = 0
    for (const patient of state.pharmacy.patients) {
      if (await this.#send("ADT^A28^ADT_A05", [patientLine(patient)])) taken++
      const scripts = state.scriptsOf(patient.id)
      if (await this.#tell(state, scripts, "RDE^O11^RDE_O11")) taken++
    }
    return taken
  }

  async #tell(state: State, scripts: readonly Script[], type: string): Promise<boolean> {
    const [{ patientId } = { patientId: "" }] = scripts
    const patient = state.pharmacy.patients.find(({ id }) => id === patientId)
    if (!patient) return false
    const control = type.startsWith("RDE") ? "NW" : "SC"
    const orders = scripts.flatMap((script) => orderLines(script, control))
    return this.#send(type, [patientLine(patient), ...orders])
  }

  async #send(type: string, lines: readonly string[]): Promise<boolean> {
    const socket = this.#socket
    if (!socket || socket.destroyed) return false
    const at = new Date().toISOString().replace(/\D/g, "").slice(0, 14)
    const header = headerLine({ type, controlId: `F${++this.#sent}`, at })
    const answered = new Promise<boolean>((resolve) => {
      this.#waiting = resolve
    })
    socket.write(framed([header, ...lines].map((line) => `${line}\r`).join("")))
    return answered
  }
}
