/** The key that does what a button does, shown on it; the shortcuts page tells it to all. */
import { Kbd } from "@mantine/core"

export function KeyName({ name }: { name: string }) {
  return (
    <Kbd size="xs" className="key" aria-hidden>
      {name}
    </Kbd>
  )
}
