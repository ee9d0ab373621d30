/** What this vendor answers to a message. It knows an order by the number its sender gave it. */
import type { State, Taken } from "../demo/state.ts"
import { headerLine } from "./wire.ts"

export interface Asked {
  readonly type: string
  readonly controlId: string
  readonly security: string
  readonly segments: ReadonlyMap<string, readonly string[]>
}

/** Reads what this vendor looks at, as loosely as such systems do. */
export function readAsked(message: string): Asked {
  const lines = message.split("\r").filter((line) => line !== "")
  const segments = new Map(lines.map((line) => [line.slice(0, 3), line.split("|")] as const))
  const header = segments.get("MSH") ?? []
  return {
    type: (header[8] ?? "").split("^").slice(0, 2).join("^"),
    controlId: header[9] ?? "",
    security: header[7] ?? "",
    segments,
  }
}

type Reply = (asked: Asked) => readonly string[]

export class Orders {
  readonly #state: State
  #sent = 0

  constructor(state: State) {
    this.#state = state
  }

  /** `isUndone`: the order is answered, and left alone. */
  answer(asked: Asked, isUndone: boolean): string {
    switch (asked.type) {
      case "RDE^O25":
        return this.#reply("RRE^O26^RRE_O26", asked, isUndone ? busy : (it) => this.#refill(it))
      case "OSQ^Q06":
        return this.#reply("OSR^Q06^OSR_Q06", asked, (it) => this.#status(it))
      default:
        return this.#reply("ACK", asked, ({ controlId }) => [
          `MSA|AR|${controlId}`,
          "ERR|||200^Unsupported message type^HL70357|E",
        ])
    }
  }

  /** The answer to who is not let in. */
  deny(asked: Asked): string {
    return this.#reply("ACK", asked, ({ controlId }) => [
      `MSA|AR|${controlId}`,
      "ERR|||207^Application internal error^HL70357|E|SEC^Access denied",
    ])
  }

  #reply(type: string, asked: Asked, reply: Reply): string {
    const controlId = `P${++this.#sent}`
    const at = new Date().toISOString().replace(/\D/g, "").slice(0, 14)
    const lines = [headerLine({ type, controlId, at }), ...reply(asked)]
    return lines.map((line) => `${line}\r`).join("")
  }

  #refill({ controlId, segments }: Asked): readonly string[] {
    const placer = first(segments.get("ORC")?.[2])
    const number = first(segments.get("RXE")?.[15])
    return orderAnswer(controlId, placer, number, this.#state.requestRefill(number, placer))
  }

  #status({ controlId, segments }: Asked): readonly string[] {
    const placer = first(segments.get("QRD")?.[10])
    const [accepted] = this.#state.acceptedUnder(placer)
    if (!accepted) return unknownKey(controlId)
    return [
      `MSA|AA|${controlId}`,
      `ORC|OK|${placer}|${accepted.confirmation}^PHARMSYS||IP`,
      encodedLine(accepted.number),
    ]
  }
}

const busy: Reply = ({ controlId }) => [
  `MSA|AE|${controlId}`,
  "ERR|||206^Application record locked^HL70357|E",
]

const unknownKey = (controlId: string): readonly string[] => [
  `MSA|AE|${controlId}`,
  "ERR|||204^Unknown key identifier^HL70357|E",
]

/** RXE with the prescription's number where it belongs, in RXE-15. */
const encodedLine = (number: string): string => `RXE|1${"|".repeat(14)}${number}`

const first = (field: string | undefined): string => (field ?? "").split("^")[0] ?? ""

function orderAnswer(
  controlId: string,
  placer: string,
  number: string,
  taken: Taken,
): readonly string[] {
  if ("rejectCode" in taken) {
    if (taken.rejectCode === "NF") return unknownKey(controlId)
    return [`MSA|AE|${controlId}`, `ORC|UF|${placer}|${number}`]
  }
  const { accepted } = taken
  const at = accepted.promisedAt
  const promised = at ? at.day.replaceAll("-", "") + at.time.replace(":", "") : ""
  return [
    `MSA|AA|${controlId}`,
    `ORC|AF|${placer}|${accepted.confirmation}^PHARMSYS||IP`,
    encodedLine(number),
    `ZRX|QUE|BUSY||${promised}`,
  ]
}
