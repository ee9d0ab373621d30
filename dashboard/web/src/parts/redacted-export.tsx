/** Saves a transcript without what identifies people, and says that a person must read it still. */
import { Button } from "@mantine/core"
import { IconDownload } from "@tabler/icons-react"
import type { Known } from "../../../../modules/transcripts/contract.ts"
import { command } from "../api.ts"
import { say } from "../say.ts"
import { tellDone } from "./tell.ts"

export interface RedactedExportProps {
  readonly conversation: string
  readonly patient: string | undefined
  readonly phones: readonly string[]
}

export function RedactedExport({ conversation, patient, phones }: RedactedExportProps) {
  const save = () =>
    tellDone(async () => {
      const numbers = phones.map((text): Known => ({ is: "NUMBER", text }))
      const known = [...numbers, ...(patient === undefined ? [] : await knownOf(patient))]
      const { text } = await command("transcripts", "exportRedacted", { conversation, known })
      saveText(text)
    }, say("Saved. Read it before it leaves the pharmacy: no machine finds everything."))
  return (
    <div>
      <Button
        variant="default"
        size="compact-md"
        leftSection={<IconDownload size={16} />}
        onClick={() => void save()}
      >
        {say("Save without names")}
      </Button>
      <p className="dim small">
        {say("Names, numbers, dates and drugs become placeholders, by rules and by what is known.")}
      </p>
    </div>
  )
}

async function knownOf(patient: string): Promise<readonly Known[]> {
  const [person, { prescriptions }] = await Promise.all([
    command("patients", "get", { patient }),
    command("prescriptions", "list", { patient }),
  ])
  const { firstName, lastName, zip } = person
  const known: readonly Known[] = [
    { is: "NAME", text: `${firstName} ${lastName}` },
    ...(zip === undefined ? [] : [{ is: "NUMBER", text: zip } as const]),
    ...prescriptions.flatMap(({ drugName, prescriber, rxNumber }) => [
      { is: "DRUG" as const, text: drugName },
      { is: "DRUG" as const, text: drugName.split(" ")[0] ?? drugName },
      { is: "NUMBER" as const, text: rxNumber },
      ...(prescriber ? [{ is: "NAME" as const, text: prescriber }] : []),
    ]),
  ]
  return known.filter(({ text }) => text.length > 1)
}

function saveText(text: string): void {
  const url = URL.createObjectURL(new Blob([text], { type: "text/plain" }))
  const link = document.createElement("a")
  link.href = url
  link.download = "transcript.txt"
  link.click()
  URL.revokeObjectURL(url)
}
