/** The pharmacy's name as the voice says it, heard before it counts. */
import { Button, Group, TextInput } from "@mantine/core"
import { IconPlayerPlay } from "@tabler/icons-react"
import { useState } from "react"
import { useAct } from "../account/use-act.ts"
import { command } from "../api.ts"
import { decodeBase64 } from "../phone/mulaw.ts"
import { Sound } from "../phone/sound.ts"
import { type Language, say } from "../say.ts"
import { PartForm, type PartProps } from "./part-form.tsx"

const NAME_LENGTH_MAX = 120

export function GreetingStep(part: PartProps) {
  const { pharmacy } = part.shown.setUp
  const [spokenName, setSpokenName] = useState(pharmacy.spokenName)
  const [says, setSays] = useState("")
  const { act, isBusy } = useAct()
  const hear = (language: Language): Promise<boolean> =>
    act(async () => {
      // Opened under the finger that pressed: a browser lets no page speak unasked.
      const sound = new Sound()
      try {
        const heard = await command("voice", "preview", { spokenName, language })
        setSays(heard.says)
        await sound.playWhole(decodeBase64(heard.audio))
      } finally {
        await sound.close()
      }
    })
  return (
    <PartForm
      {...part}
      title={say("The greeting")}
      intro={say("It begins every call. A new name is said from the next call on.")}
      parts={() => ({ pharmacy: { ...pharmacy, spokenName } })}
      point={() => false}
    >
      <TextInput
        className="field"
        label={say("The name as the voice should say it")}
        required
        withAsterisk={false}
        maxLength={NAME_LENGTH_MAX}
        autoComplete="off"
        value={spokenName}
        onChange={({ currentTarget }) => setSpokenName(currentTarget.value)}
      />
      <Group>
        <Hear label={say("Hear it in English")} isBusy={isBusy} hear={() => void hear("en")} />
        <Hear label={say("Hear it in Spanish")} isBusy={isBusy} hear={() => void hear("es")} />
      </Group>
      <p aria-live="polite">{says}</p>
    </PartForm>
  )
}

interface HearProps {
  readonly label: string
  readonly isBusy: boolean
  readonly hear: () => void
}

function Hear({ label, isBusy, hear }: HearProps) {
  return (
    <Button
      variant="default"
      disabled={isBusy}
      leftSection={<IconPlayerPlay size={16} aria-hidden />}
      onClick={hear}
    >
      {label}
    </Button>
  )
}
