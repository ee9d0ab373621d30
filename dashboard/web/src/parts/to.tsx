/** A link to another page of ours, which is not loaded anew. */
import { Anchor } from "@mantine/core"
import { go } from "../router.ts"

export function To({ path, children }: { path: string; children: string }) {
  return (
    <Anchor
      href={path}
      inherit
      onClick={(event) => {
        event.preventDefault()
        go(path)
      }}
    >
      {children}
    </Anchor>
  )
}
