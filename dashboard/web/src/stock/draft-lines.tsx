/** The lines of a draft, to be changed: packages, and what one costs. */
import { TextInput } from "@mantine/core"
import { useState } from "react"
import type { OrderLine } from "../../../../modules/reordering/contract.ts"
import { say } from "../say.ts"
import { amountText, centsIn, dollarsText } from "./amounts.ts"
import { StockTable } from "./stock-table.tsx"

export interface Edited {
  readonly ndc: string
  readonly packs: number
  readonly packCents?: number
}

interface DraftProps {
  readonly lines: readonly OrderLine[]
  /** Told only what can be sent: a field that holds no number tells nothing. */
  readonly edit: (edited: readonly Edited[] | undefined) => void
}

interface Typed {
  readonly packs: string
  readonly dollars: string
}

export function DraftLines({ lines, edit }: DraftProps) {
  const [typed, setTyped] = useState(() => new Map(lines.map((line) => [line.ndc, typedOf(line)])))
  const change = (ndc: string, field: Typed): void => {
    const next = new Map(typed).set(ndc, field)
    setTyped(next)
    edit(editedOf(next))
  }
  return (
    <StockTable
      label={say("Lines of the draft")}
      columns={[
        { title: say("Product"), is: "wide" },
        { title: say("Packages") },
        { title: say("Units in each"), is: "amount" },
        { title: say("Cost of one, $") },
      ]}
    >
      {lines.map((line) => (
        <Row
          key={line.ndc}
          line={line}
          typed={typed.get(line.ndc) ?? typedOf(line)}
          change={(field) => change(line.ndc, field)}
        />
      ))}
    </StockTable>
  )
}

interface RowProps {
  readonly line: OrderLine
  readonly typed: Typed
  readonly change: (field: Typed) => void
}

function Row({ line: { name, packSize, isPackKnown }, typed, change }: RowProps) {
  const { packs, dollars } = typed
  return (
    <tr>
      <th scope="row" className="wide">
        {name}
      </th>
      <td>
        <TextInput
          size="xs"
          className="stock-field"
          aria-label={say("Packages of {name}", { name })}
          inputMode="numeric"
          error={!isCount(packs)}
          value={packs}
          onChange={({ currentTarget }) => change({ ...typed, packs: currentTarget.value })}
        />
      </td>
      <td className="amount numbers">
        {isPackKnown ? amountText(packSize) : say("not known: counts units")}
      </td>
      <td>
        <TextInput
          size="xs"
          className="stock-field"
          aria-label={say("Cost of one package of {name}, in dollars", { name })}
          inputMode="decimal"
          error={dollars !== "" && centsIn(dollars) === undefined}
          value={dollars}
          onChange={({ currentTarget }) => change({ ...typed, dollars: currentTarget.value })}
        />
      </td>
    </tr>
  )
}

function typedOf({ packs, packCents }: OrderLine): Typed {
  return { packs: `${packs}`, dollars: packCents === undefined ? "" : dollarsText(packCents) }
}

function isCount(text: string): boolean {
  return /^\d{1,4}$/.test(text)
}

function editedOf(typed: ReadonlyMap<string, Typed>): readonly Edited[] | undefined {
  const all = [...typed].map(([ndc, { packs, dollars }]) => {
    const packCents = dollars === "" ? undefined : centsIn(dollars)
    const isFit = isCount(packs) && (dollars === "" || packCents !== undefined)
    const cost = packCents === undefined ? {} : { packCents }
    return isFit ? { ndc, packs: Number(packs), ...cost } : undefined
  })
  return all.every((one) => one !== undefined) ? all : undefined
}
