/** What a person may do with a call that is going on: listen in, take it over, end it. */
import { Button, Group, Modal, Stack } from "@mantine/core"
import { notifications } from "@mantine/notifications"
import { IconEar, IconEarOff, IconPhoneIncoming, IconPhoneOff } from "@tabler/icons-react"
import { useEffect, useState } from "react"
import { command } from "../api.ts"
import { overhear } from "../phone/overheard.ts"
import { say } from "../say.ts"
import { troubleOf } from "../use-loaded.ts"

export function CallActs({ call }: { call: string }) {
  const [isEnding, setEnding] = useState(false)
  const takeOver = () =>
    act(
      () => command("voice", "takeOver", { call }),
      say("The pharmacy's line rings. Press 1 when you pick up."),
    )
  const end = () => {
    setEnding(false)
    return act(() => command("voice", "hangUp", { call }), say("The call has ended."))
  }
  return (
    <Group gap="xs">
      <ListenIn call={call} />
      <Button
        variant="default"
        size="compact-md"
        leftSection={<IconPhoneIncoming size={16} />}
        title={say(
          "The caller hears that somebody wants to speak with them, and the pharmacy's line rings.",
        )}
        onClick={() => void takeOver()}
      >
        {say("Take over")}
      </Button>
      <Button
        variant="default"
        size="compact-md"
        leftSection={<IconPhoneOff size={16} />}
        onClick={() => setEnding(true)}
      >
        {say("End the call")}
      </Button>
      <Modal
        opened={isEnding}
        onClose={() => setEnding(false)}
        title={say("End this call?")}
        centered
        closeButtonProps={{ "aria-label": say("Close") }}
      >
        <Stack>
          <p>{say("The caller is cut off. Use it for abuse and wrong numbers.")}</p>
          <Group justify="flex-end">
            <Button variant="default" data-autofocus onClick={() => setEnding(false)}>
              {say("Cancel")}
            </Button>
            <Button color="red.9" onClick={() => void end()}>
              {say("End the call")}
            </Button>
          </Group>
        </Stack>
      </Modal>
    </Group>
  )
}

function ListenIn({ call }: { call: string }) {
  const [isListening, setListening] = useState(false)
  useEffect(() => {
    if (!isListening) return
    return overhear(call, (trouble) => {
      setListening(false)
      notifications.show({ message: troubleOf(trouble).message })
    })
  }, [call, isListening])
  return (
    <Button
      variant={isListening ? "filled" : "default"}
      size="compact-md"
      aria-pressed={isListening}
      leftSection={isListening ? <IconEarOff size={16} /> : <IconEar size={16} />}
      onClick={() => setListening(!isListening)}
    >
      {isListening ? say("Stop listening") : say("Listen in")}
    </Button>
  )
}

async function act(work: () => Promise<unknown>, done: string): Promise<void> {
  try {
    await work()
    notifications.show({ color: "mortar", message: done })
  } catch (error) {
    notifications.show({ color: "red", title: say("Not done"), message: troubleOf(error).message })
  }
}
