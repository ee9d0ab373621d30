/** How a patient wants to be reached, as they told the staff. What is left open stays so. */
import { Button, Group, Select, TextInput } from "@mantine/core"
import { type FormEvent, useCallback, useState } from "react"
import type { Preferences } from "../../../../modules/patients/contract.ts"
import { command } from "../api.ts"
import { say } from "../say.ts"
import { useLoaded } from "../use-loaded.ts"
import { Card } from "./card.tsx"
import { tellDone } from "./tell.ts"

const never = (): boolean => false

export function PreferencesCard({ patient }: { patient: string }) {
  const load = useCallback(() => command("patients", "preferences", { patient }), [patient])
  const { value, trouble } = useLoaded(load, never)
  return (
    <Card title={say("Preferences")} size="h5" className="card-wide">
      {trouble && <p className="dim">{trouble.message}</p>}
      {value && <PreferencesForm patient={patient} known={value} />}
    </Card>
  )
}

function PreferencesForm({ patient, known }: { patient: string; known: Preferences }) {
  const [language, setLanguage] = useState<string | null>(known.language ?? null)
  const [channel, setChannel] = useState<string | null>(known.channel ?? null)
  const [from, setFrom] = useState(known.quiet?.from ?? "")
  const [until, setUntil] = useState(known.quiet?.until ?? "")
  const keep = async (event: FormEvent) => {
    event.preventDefault()
    const preferences: Preferences = {
      ...(language === "en" || language === "es" ? { language } : {}),
      ...(channel === "phone" || channel === "sms" || channel === "none" ? { channel } : {}),
      ...(from && until ? { quiet: { from, until } } : {}),
    }
    await tellDone(() => command("patients", "prefer", { patient, preferences }), say("Kept."))
  }
  const clear = { "aria-label": say("Clear") }
  return (
    <form onSubmit={(event) => void keep(event)}>
      <Group gap="sm" align="end">
        <Select
          size="xs"
          label={say("Language")}
          clearable
          clearButtonProps={clear}
          value={language}
          onChange={setLanguage}
          data={[
            { value: "en", label: say("English") },
            { value: "es", label: say("Spanish") },
          ]}
        />
        <Select
          size="xs"
          label={say("Reach them by")}
          clearable
          clearButtonProps={clear}
          value={channel}
          onChange={setChannel}
          data={[
            { value: "phone", label: say("Phone") },
            { value: "sms", label: say("Text") },
            { value: "none", label: say("Not at all") },
          ]}
        />
        <TextInput
          size="xs"
          type="time"
          label={say("Quiet from")}
          value={from}
          onChange={({ currentTarget }) => setFrom(currentTarget.value)}
        />
        <TextInput
          size="xs"
          type="time"
          label={say("Quiet until")}
          value={until}
          onChange={({ currentTarget }) => setUntil(currentTarget.value)}
        />
        <Button type="submit" size="xs">
          {say("Keep")}
        </Button>
      </Group>
    </form>
  )
}
