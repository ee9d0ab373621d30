/** The parent's side of one speech process: starts it, asks it, ends it. No pool, no retry. */
import { type ChildProcess, fork } from "node:child_process"
import { once } from "node:events"
import type { Hello, Request, Response, Role } from "./protocol.ts"

type Final = Extract<Response, { ok: boolean }>
type Clause = (pcm24k: Float32Array) => void
type WithoutId<R> = R extends Request ? Omit<R, "id"> : never
export type Question = WithoutId<Request>

export interface SpeechOptions {
  readonly threads?: number
  /** Environment of the process beside the parent's, as for MORTAR_MODELS. */
  readonly environment?: Readonly<Record<string, string>>
}

interface Waiting {
  readonly settle: (answer: Final | undefined) => void
  readonly clause: Clause
}

export class SpeechProcess {
  readonly #child: ChildProcess
  readonly #waiting = new Map<number, Waiting>()
  readonly #hello = Promise.withResolvers<Hello | undefined>()
  #lastId = 0

  constructor(role: Role, { threads, environment }: SpeechOptions = {}) {
    const args = threads === undefined ? [role] : [role, String(threads)]
    this.#child = fork(new URL("speech-process.ts", import.meta.url), args, {
      serialization: "advanced",
      // The native libraries write what they like to standard error; none of it is for us.
      stdio: ["ignore", "ignore", "ignore", "ipc"],
      env: { ...process.env, ...environment },
      execArgv: [],
    })
    this.#child.on("message", (message: Hello | Response) => this.#receive(message))
    this.#child.on("exit", () => {
      this.#hello.resolve(undefined)
      for (const { settle } of this.#waiting.values()) settle(undefined)
      this.#waiting.clear()
    })
  }

  get pid(): number | undefined {
    return this.#child.pid
  }

  /** What the process said when it had loaded; undefined when it died before. */
  ready(): Promise<Hello | undefined> {
    return this.#hello.promise
  }

  /** The id the next question will carry, for a `cancel`. */
  get nextId(): number {
    return this.#lastId + 1
  }

  /** The answer; undefined when the process died first. */
  ask(question: Question, clause: Clause = () => undefined): Promise<Final | undefined> {
    const id = ++this.#lastId
    if (!this.#child.connected) return Promise.resolve(undefined)
    return new Promise((settle) => {
      this.#waiting.set(id, { settle, clause })
      this.#child.send({ ...question, id })
    })
  }

  /** Ends the process the way a dying parent would: by closing the channel. */
  async end(): Promise<void> {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return
    const gone = once(this.#child, "exit")
    if (this.#child.connected) this.#child.disconnect()
    await gone
  }

  #receive(message: Hello | Response): void {
    if ("ready" in message) this.#hello.resolve(message)
    else if ("clause" in message) this.#waiting.get(message.id)?.clause(message.pcm24k)
    else {
      this.#waiting.get(message.id)?.settle(message)
      this.#waiting.delete(message.id)
    }
  }
}
