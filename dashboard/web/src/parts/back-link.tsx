/** On a telephone, where the list is out of sight: the way back to it. */
import { Anchor } from "@mantine/core"
import { IconArrowLeft } from "@tabler/icons-react"

export interface BackLinkProps {
  /** What the list is called. */
  readonly list: string
  /** Where its name alone does not say that one goes back. */
  readonly label?: string
  readonly back: () => void
}

export function BackLink({ list, label, back }: BackLinkProps) {
  return (
    <Anchor component="button" type="button" className="back" aria-label={label} onClick={back}>
      <IconArrowLeft size={18} aria-hidden /> {list}
    </Anchor>
  )
}
