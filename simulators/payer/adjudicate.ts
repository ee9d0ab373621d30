/** How this payer answers: by its plan and what it paid before. Keeps claims while it runs. */
import { BIN, COPAY_CENTS, type Member, members, products, USED_SHARE } from "./plan.ts"
import {
  type Asked,
  type Line,
  type Part,
  punched,
  type Said,
  type Segments,
  valueIn,
} from "./wire.ts"

interface Paid {
  readonly rxNumber: string
  readonly fill: string
  readonly day: string
  readonly dueOn: string
  readonly authorization: string
}

export class Payer {
  readonly #paid: Paid[] = []

  answer(asked: Asked): Said {
    const trouble = this.#troubleWithCard(asked)
    const plan: Part = {
      segment: "25",
      lines: [["C1", valueIn(asked.shared, "04", "C1") || "DEMO1"]],
    }
    const shared = trouble ? [] : [plan]
    if (asked.code === "E1") return { shared, transactions: [this.#eligibility(asked, trouble)] }
    const transactions = asked.transactions.map((one) =>
      trouble ? rejected(one, [trouble]) : this.#claim(asked, one),
    )
    return { shared, transactions }
  }

  /** How many claims stand as paid. */
  get paidCount(): number {
    return this.#paid.length
  }

  #troubleWithCard({ bin, day, code, shared }: Asked): string | undefined {
    if (bin !== BIN) return "01"
    // A reversal may come without a card: it goes by the claim.
    if (code === "B2" && !shared.has("04")) return undefined
    const member = memberOf(shared)
    if (!member) return "52"
    const group = valueIn(shared, "04", "C1")
    if (group !== "" && group !== member.group) return "51"
    const born = valueIn(shared, "01", "C4")
    if (born !== "" && born !== member.born) return "09"
    return member.endedOn !== undefined && member.endedOn < day ? "69" : undefined
  }

  #eligibility({ shared }: Asked, trouble: string | undefined): readonly Part[] {
    if (trouble) return [status("R", rejectLines([trouble]))]
    const other = memberOf(shared)?.other
    const active = status("A", [["F3", "E0001"]])
    if (!other) return [active]
    const { bin, pcn, cardholder } = other
    const lines: Line[] = [
      ["NT", "1"],
      ["5C", "02"],
      ["6C", "03"],
      ["7C", bin],
      ["MH", pcn],
    ]
    return [active, { segment: "28", lines: [...lines, ["NU", cardholder]] }]
  }

  #claim({ code, day }: Asked, one: Segments): readonly Part[] {
    if (code === "B2") return this.#reversal(day, one)
    if (code === "P1" || code === "P4") return [status("F", [])]
    if (code !== "B1" && code !== "B3") return [status("C", [])]
    const key = keyOf(one, day)
    const before = this.#paid.find((paid) => isSame(paid, key))
    if (before) return paidAs("D", one, before.authorization)
    const due = this.#paid.findLast(({ rxNumber }) => rxNumber === key.rxNumber)?.dueOn
    if (due !== undefined && due > day) {
      return rejected(
        one,
        ["79"],
        [
          ["UF", "1"],
          ["UH", "10"],
          ["FQ", due],
        ],
      )
    }
    const objection = this.#objectionTo(one)
    if (objection) return objection
    const authorization = `A${String(this.#paid.length + 1).padStart(6, "0")}`
    const days = Math.ceil(Number(valueIn(one, "07", "D5")) * USED_SHARE)
    this.#paid.push({ ...key, authorization, dueOn: later(day, days) })
    return paidAs("P", one, authorization)
  }

  #objectionTo(one: Segments): readonly Part[] | undefined {
    switch (products[valueIn(one, "07", "D7").slice(0, 9)]) {
      case "prior_auth":
        return valueIn(one, "07", "EV") === "" ? rejected(one, ["75"]) : undefined
      case "excluded":
        return rejected(one, ["70"])
      case "safety": {
        if (one.has("08")) return undefined
        const lines: Line[] = [
          ["J6", "1"],
          ["E4", "DD"],
          ["FS", "1"],
          ["FW", "1"],
        ]
        return [...rejected(one, ["88"]), { segment: "24", lines }]
      }
      case undefined:
        return undefined
    }
  }

  #reversal(day: string, one: Segments): readonly Part[] {
    const key = keyOf(one, day)
    const at = this.#paid.findIndex((paid) => isSame(paid, key))
    if (at < 0) return rejected(one, ["87"])
    this.#paid.splice(at, 1)
    return [status("A", []), reference(one)]
  }
}

function memberOf(shared: Segments): Member | undefined {
  return members.find(({ cardholder }) => cardholder === valueIn(shared, "04", "C2"))
}

type Key = Pick<Paid, "rxNumber" | "fill" | "day">

function keyOf(one: Segments, day: string): Key {
  return { rxNumber: valueIn(one, "07", "D2"), fill: valueIn(one, "07", "D3"), day }
}

function isSame(paid: Paid, { rxNumber, fill, day }: Key): boolean {
  return paid.rxNumber === rxNumber && paid.fill === fill && paid.day === day
}

function paidAs(letter: "P" | "D", one: Segments, authorization: string): readonly Part[] {
  const lines: Line[] = [
    ["F5", punched(COPAY_CENTS)],
    ["F9", punched(2_500)],
  ]
  return [status(letter, [["F3", authorization]]), reference(one), { segment: "23", lines }]
}

function rejected(
  one: Segments,
  codes: readonly string[],
  more: readonly Line[] = [],
): readonly Part[] {
  return [status("R", [...rejectLines(codes), ...more]), reference(one)]
}

function rejectLines(codes: readonly string[]): readonly Line[] {
  return [["FA", String(codes.length)], ...codes.map((code): Line => ["FB", code])]
}

function status(letter: string, lines: readonly Line[]): Part {
  return { segment: "21", lines: [["AN", letter], ...lines] }
}

function reference(one: Segments): Part {
  return {
    segment: "22",
    lines: [
      ["EM", "1"],
      ["D2", valueIn(one, "07", "D2")],
    ],
  }
}

/** A day so many days later, as CCYYMMDD. */
function later(day: string, days: number): string {
  const [year, month, date] = [day.slice(0, 4), day.slice(4, 6), day.slice(6)].map(Number)
  const at = new Date(Date.UTC(year ?? 0, (month ?? 1) - 1, (date ?? 1) + days))
  return at.toISOString().slice(0, 10).replaceAll("-", "")
}
