/** A table of lines, pushed sideways where there is no room; its name is for who can't see it. */
import "./reports.css"
import { Box } from "@mantine/core"
import type { ReactNode } from "react"

interface LineTableProps {
  readonly label: string
  readonly heads: readonly string[]
  readonly children: ReactNode
}

export function LineTable({ label, heads, children }: LineTableProps) {
  return (
    <Box className="report-rows" role="region" aria-label={label} tabIndex={0}>
      <table className="numbers">
        <thead>
          <tr>
            {heads.map((head) => (
              <th key={head} scope="col">
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>{children}</tbody>
      </table>
    </Box>
  )
}
