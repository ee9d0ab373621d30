/** A table of the stock pages: amounts at the right, pushed sideways where there is no room. */
import "./stock.css"
import { Box } from "@mantine/core"
import type { ReactNode } from "react"

interface Column {
  readonly title: string
  /** The product has most of the room; an amount stands under its title's end. */
  readonly is?: "wide" | "amount"
}

interface TableProps {
  readonly label: string
  readonly columns: readonly Column[]
  readonly children: ReactNode
}

export function StockTable({ label, columns, children }: TableProps) {
  return (
    <Box className="stock-table" role="region" aria-label={label} tabIndex={0}>
      <table>
        <thead>
          <tr>
            {columns.map(({ title, is }) => (
              <th key={title} scope="col" className={is}>
                {title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>{children}</tbody>
      </table>
    </Box>
  )
}
