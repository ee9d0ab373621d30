/**
 * Questions as files, and their answers. A file appears whole or not at all; the other side claims
 * it by renaming it, so that one we could take back was never seen. Nothing is dropped twice.
 */
import { type FSWatcher, watch } from "node:fs"
import { open, readdir, readFile, rename, rm, unlink } from "node:fs/promises"
import { join } from "node:path"
import type { Clock } from "#core/clock.ts"
import { Outage } from "#core/fault.ts"
import { newId } from "#core/id.ts"
import { type Exchanged, unreadable } from "../http.ts"
import { answer, BadFile, type Fields, readWhole, request, writeWhole } from "./columns.ts"

/** For folders that tell nobody of a change, such as some shares. */
const LOOK_MS = 250
/** What we name begins so; nothing else in the folders is touched. */
const OURS = "M"

export interface DropOptions {
  readonly requestsFolder: string
  readonly answersFolder: string
  readonly store: string
  readonly word: string
  readonly clock: Clock
  readonly timeoutMs: number
}

export interface Question {
  readonly kind: "REFILL" | "INQUIRY"
  readonly key: string
  readonly rx: string
  readonly note?: string
}

/** Undefined: an answer that leaves the question out. */
export type Told = Exchanged<Fields<typeof answer> | undefined>

export class Drop {
  readonly #options: DropOptions
  readonly #waiting = new Set<string>()

  constructor(options: DropOptions) {
    this.#options = options
  }

  /** Drops one question and waits for its answer, but never longer than the site allows. */
  async ask(question: Question, signal: AbortSignal): Promise<Told> {
    const { clock, requestsFolder, answersFolder } = this.#options
    if (signal.aborted) return { ok: false, outage: new Outage("deadline"), mayBeDone: false }
    const number = newId(clock.nowMs())
    const name = `${OURS}${number}-${question.kind}`
    const wanted = join(requestsFolder, `${name}.REQ`)
    const told = join(answersFolder, `${name}.ACK`)
    this.#waiting.add(name)
    const sight = new Sight(told, { folder: answersFolder, clock })
    try {
      if (!(await this.#drop(wanted, number, question))) {
        return { ok: false, outage: new Outage("pms_down"), mayBeDone: false }
      }
      const bytes = await sight.wait(this.#options.timeoutMs, signal)
      if (bytes) return readAnswer(bytes, number, question)
      return { ok: false, outage: new Outage("deadline"), mayBeDone: !(await takenBack(wanted)) }
    } finally {
      sight.close()
      await rm(told, { force: true }).catch(() => undefined)
      this.#waiting.delete(name)
    }
  }

  /**
   * Removes answers that came too late for anybody, halves of ours, and requests whose asker is
   * gone: carried out later, one could double what a person has done by hand since.
   */
  async sweep(): Promise<void> {
    const { requestsFolder, answersFolder } = this.#options
    const leftIn = async (folder: string, ending: string) => {
      const names = await readdir(folder).catch(() => [])
      const mine = names.filter((name) => name.startsWith(OURS) && name.endsWith(ending))
      const orphans = mine.filter((name) => !this.#waiting.has(name.slice(0, -ending.length)))
      for (const name of orphans) await rm(join(folder, name), { force: true })
    }
    await leftIn(answersFolder, ".ACK")
    await leftIn(requestsFolder, ".TMP")
    await leftIn(requestsFolder, ".REQ")
  }

  /** False when the folder can't be written to: nothing was dropped. */
  async #drop(path: string, number: string, { kind, key, rx, note = "" }: Question) {
    const { store, word } = this.#options
    const written = new Date(this.#options.clock.nowMs()).toISOString().replace(/\D/g, "")
    const header = { kind, number, written: written.slice(0, 14), store, word }
    const bytes = writeWhole(header, request, { key, rx, note })
    const half = path.replace(/REQ$/, "TMP")
    try {
      await writeDown(half, bytes)
      await rename(half, path)
      return true
    } catch {
      await rm(half, { force: true }).catch(() => undefined)
      return false
    }
  }
}

/** On the disk, not only on its way there. The other end is of our group, and nobody else is. */
async function writeDown(path: string, bytes: Uint8Array): Promise<void> {
  await using file = await open(path, "wx", 0o660)
  await file.writeFile(bytes)
  await file.sync()
}

/** Whether nobody had claimed it, and now nobody can. */
async function takenBack(path: string): Promise<boolean> {
  return unlink(path).then(
    () => true,
    () => false,
  )
}

/** Looks for one file until it is there. */
class Sight {
  readonly #path: string
  readonly #clock: Clock
  readonly #watcher: FSWatcher | undefined
  #look: () => void = () => undefined

  constructor(path: string, { folder, clock }: { folder: string; clock: Clock }) {
    this.#path = path
    this.#clock = clock
    this.#watcher = this.#watch(folder)
  }

  /** What stands in it; undefined when time is up, or nobody wants it any more. */
  wait(timeoutMs: number, signal: AbortSignal): Promise<Uint8Array | undefined> {
    return new Promise((resolve) => {
      const end = (bytes?: Uint8Array) => {
        expiry.cancel()
        pause.cancel()
        signal.removeEventListener("abort", giveUp)
        resolve(bytes)
      }
      const giveUp = () => void this.#bytes().then(end)
      const expiry = this.#clock.after(timeoutMs, giveUp)
      this.#look = () => void this.#bytes().then((bytes) => bytes && end(bytes))
      const again = () => {
        this.#look()
        pause = this.#clock.after(LOOK_MS, again)
      }
      let pause = this.#clock.after(LOOK_MS, again)
      signal.addEventListener("abort", giveUp)
      this.#look()
    })
  }

  close(): void {
    this.#look = () => undefined
    this.#watcher?.close()
  }

  #bytes(): Promise<Uint8Array | undefined> {
    return readFile(this.#path).catch(() => undefined)
  }

  /** A folder that can't be watched is looked at from time to time. */
  #watch(folder: string): FSWatcher | undefined {
    try {
      return watch(folder, () => this.#look()).on("error", () => undefined)
    } catch {
      return undefined
    }
  }
}

/** What it says of itself in trouble is not relied on: what was asked for may have been done. */
function readAnswer(bytes: Uint8Array, number: string, { key, rx }: Question): Told {
  try {
    const { head, details } = readWhole(bytes, "ACK", answer)
    if (head.number !== number) throw new BadFile()
    if (head.status === "KEY") {
      return {
        ok: false,
        outage: new Outage("pms_refused", { retryable: false }),
        mayBeDone: false,
      }
    }
    if (head.status === "OFF") return { ok: false, outage: new Outage("pms_down"), mayBeDone: true }
    if (head.status !== "OK") throw new BadFile()
    return { ok: true, value: details.find((one) => one.key === key && one.rx === rx) }
  } catch (trouble) {
    if (!(trouble instanceof BadFile)) throw trouble
    return { ok: false, outage: unreadable(), mayBeDone: true }
  }
}
