/** The lines of an order that is under way, as they were sent. */
import { Box } from "@mantine/core"
import type { OrderLine } from "../../../../modules/reordering/contract.ts"
import { say } from "../say.ts"
import { amountText, dollarsText } from "./amounts.ts"

export function OrderLines({ lines }: { lines: readonly OrderLine[] }) {
  return (
    <Box className="stock-table" role="region" aria-label={say("Lines of the order")} tabIndex={0}>
      <table>
        <thead>
          <tr>
            <th scope="col" className="wide">
              {say("Product")}
            </th>
            <th scope="col" className="amount">
              {say("Packages")}
            </th>
            <th scope="col" className="amount">
              {say("Units in each")}
            </th>
            <th scope="col" className="amount">
              {say("Cost of one, $")}
            </th>
            <th scope="col" className="amount">
              {say("Units that came")}
            </th>
          </tr>
        </thead>
        <tbody>
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
        </tbody>
      </table>
    </Box>
  )
}
