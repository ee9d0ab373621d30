/** Over a case: what it is about, how it stands, and on a telephone the way back to the list. */
import { Anchor, Title } from "@mantine/core"
import { useMediaQuery } from "@mantine/hooks"
import { IconArrowLeft } from "@tabler/icons-react"
import type { ReactNode } from "react"
import { NARROW } from "../pages/item.tsx"
import { go } from "../router.ts"

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
      <Anchor component="button" type="button" className="back" onClick={() => go(path)}>
        <IconArrowLeft size={18} aria-hidden /> {list}
      </Anchor>
      <Title order={isNarrow ? 1 : 2} size="h3">
        {title}
      </Title>
      {children && <div className="row-tags">{children}</div>}
    </header>
  )
}
