/** One fact: what it is called, and what it is. Stands in a list of facts. */
import type { ReactNode } from "react"

export function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  )
}
