/** A card: what it is called, what one does with it at the right of that, and what it says. */
import { Title } from "@mantine/core"
import { type ReactNode, useId } from "react"

export interface CardProps {
  readonly title: ReactNode
  /** The heading's level; a card below another's heading is one deeper. */
  readonly order?: 2 | 3
  readonly size?: "h4" | "h5"
  /** How it differs from a plain one: `card-wide`, `card-soon`. */
  readonly className?: string | undefined
  readonly acts?: ReactNode
  readonly children?: ReactNode
}

export function Card({ title, order = 2, size = "h4", className, acts, children }: CardProps) {
  const id = useId()
  const heading = (
    <Title id={id} order={order} size={size}>
      {title}
    </Title>
  )
  return (
    <section className={className ? `card ${className}` : "card"} aria-labelledby={id}>
      {acts ? (
        <div className="card-top">
          {heading}
          {acts}
        </div>
      ) : (
        heading
      )}
      {children}
    </section>
  )
}
