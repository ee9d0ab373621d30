/** The lines of an order that is under way, as they were sent. */
import type { OrderLine } from "../../../../modules/reordering/contract.ts"
import { say } from "../say.ts"
import { amountText, dollarsText } from "./amounts.ts"
import { StockTable } from "./stock-table.tsx"

export function OrderLines({ lines }: { lines: readonly OrderLine[] }) {
  return (
    <StockTable
      label={say("Lines of the order")}
      columns={[
        { title: say("Product"), is: "wide" },
        { title: say("Packages"), is: "amount" },
        { title: say("Units in each"), is: "amount" },
        { title: say("Cost of one, $"), is: "amount" },
        { title: say("Units that came"), is: "amount" },
      ]}
    >
      {lines.map(({ ndc, name, packs, packSize, packCents, received }) => (
        <tr key={ndc}>
          <th scope="row" className="wide">
            {name}
          </th>
          <td className="amount numbers">{packs}</td>
          <td className="amount numbers">{amountText(packSize)}</td>
          <td className="amount numbers">
            {packCents === undefined ? "–" : dollarsText(packCents)}
          </td>
          <td className="amount numbers">{amountText(received)}</td>
        </tr>
      ))}
    </StockTable>
  )
}
