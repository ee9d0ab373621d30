/** A page that is read from top to bottom, under its title; the keyboard scrolls it, too. */
import { Box, Title } from "@mantine/core"
import type { ReactNode } from "react"

export interface ReadingProps {
  readonly title: string
  /** What one does with the whole page, at the end of its title. */
  readonly acts?: ReactNode
  readonly children: ReactNode
}

export function Reading({ title, acts, children }: ReadingProps) {
  return (
    <Box className="reading" role="region" aria-label={title} tabIndex={0}>
      <div className="reading-head">
        <Title order={1} size="h2">
          {title}
        </Title>
        {acts}
      </div>
      {children}
    </Box>
  )
}
