/** Over a case: what it is about, how it stands, and on a telephone the way back to the list. */
import { Title } from "@mantine/core"
import { useMediaQuery } from "@mantine/hooks"
import type { ReactNode } from "react"
import { NARROW } from "../pages/item.tsx"
import { go } from "../router.ts"
import { BackLink } from "./back-link.tsx"

export interface CaseHeadProps {
  readonly title: ReactNode
  /** What the list is called, and where it is. */
  readonly list: string
  readonly path: string
  readonly children?: ReactNode
}

export function CaseHead({ title, list, path, children }: CaseHeadProps) {
  const isNarrow = useMediaQuery(NARROW)
  return (
    <header className="item-head">
      <BackLink list={list} back={() => go(path)} />
      <Title order={isNarrow ? 1 : 2} size="h3">
        {title}
      </Title>
      {children && <div className="row-tags">{children}</div>}
    </header>
  )
}
