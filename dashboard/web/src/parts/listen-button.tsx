/** Asks for the sound of a recording. */
import { Button } from "@mantine/core"
import { IconPlayerPlay } from "@tabler/icons-react"
import { say } from "../say.ts"
import type { Recording } from "../use-recording.ts"

export function ListenButton({ isLoading, load }: Pick<Recording, "isLoading" | "load">) {
  return (
    <Button
      variant="default"
      size="compact-md"
      loading={isLoading}
      leftSection={<IconPlayerPlay size={16} />}
      onClick={() => void load()}
    >
      {say("Listen")}
    </Button>
  )
}
