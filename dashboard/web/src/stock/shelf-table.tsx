/** Shelves as rows: what is there, set aside, on its way, and when it is ordered again. */
import { Anchor } from "@mantine/core"
import type { Shelf } from "../../../../modules/inventory/contract.ts"
import type { Point } from "../../../../modules/reordering/contract.ts"
import { Tag } from "../parts/tag.tsx"
import { go } from "../router.ts"
import { say } from "../say.ts"
import { amountText, ndcText } from "./amounts.ts"
import type { Shelves } from "./load.ts"
import { StockTable } from "./stock-table.tsx"
import { UsePlot } from "./use-plot.tsx"

export function ShelfTable({ shelves, points }: Pick<Shelves, "shelves" | "points">) {
  return (
    <StockTable
      label={say("List of shelves")}
      columns={[
        { title: say("Product"), is: "wide" },
        { title: say("On hand"), is: "amount" },
        { title: say("Set aside"), is: "amount" },
        { title: say("On its way"), is: "amount" },
        { title: say("Reorder point"), is: "amount" },
        { title: say("Good until") },
        { title: say("Use, 28 days") },
      ]}
    >
      {shelves.map((shelf) => (
        <Row key={shelf.ndc} shelf={shelf} point={points.get(shelf.ndc)} />
      ))}
    </StockTable>
  )
}

function Row({ shelf, point }: { shelf: Shelf; point: Point | undefined }) {
  const { ndc, name, onHand, reserved, expected, nearestExpiry } = shelf
  return (
    <tr>
      <th scope="row" className="wide">
        <Anchor component="button" type="button" ta="start" onClick={() => go(`/stock/${ndc}`)}>
          {name}
        </Anchor>
        <span className="row-tags">
          <span className="dim small numbers">{ndcText(ndc)}</span>
          <ShelfTags shelf={shelf} point={point} />
        </span>
      </th>
      <td className="amount numbers">{amountText(onHand)}</td>
      <td className="amount numbers">{amountText(reserved)}</td>
      <td className="amount numbers">{amountText(expected)}</td>
      <td className="amount numbers">{point ? amountText(point.point) : "–"}</td>
      <td className="numbers">{nearestExpiry ?? "–"}</td>
      <td>
        <UsePlot point={point} />
      </td>
    </tr>
  )
}

export function ShelfTags({ shelf, point }: { shelf: Shelf; point: Point | undefined }) {
  const { available, discrepancy, expected, expired, isNegative, schedule } = shelf
  const isBelow = point && Number(available) + Number(expected) < Number(point.point)
  return (
    <>
      {schedule !== "none" && (
        <Tag>{schedule === "unknown" ? say("schedule unknown") : schedule}</Tag>
      )}
      {isNegative && <Tag tone="late">{say("less than nothing")}</Tag>}
      {discrepancy && <Tag tone="late">{say("a count differs")}</Tag>}
      {expired !== "0" && (
        <Tag tone="late">{say("{n} out of date", { n: amountText(expired) })}</Tag>
      )}
      {isBelow && <Tag tone="soon">{say("to be ordered")}</Tag>}
    </>
  )
}
