/** The pharmacy system: a test of the one in use, which reads about nobody, in plain words. */
import { Button, Table, Title } from "@mantine/core"
import { useState } from "react"
import { useAct } from "../account/use-act.ts"
import { command } from "../api.ts"
import { Tag, type Tone } from "../parts/tag.tsx"
import { say, told } from "../say.ts"
import { inWords } from "../words.ts"

const tryPms = () => command("dashboard", "tryPms", {})

type Findings = Awaited<ReturnType<typeof tryPms>>["findings"]

const tones: Readonly<Record<Findings[number]["mark"], Tone>> = {
  works: "good",
  fails: "late",
  absent: "calm",
  untried: "calm",
}

export function PmsStep() {
  const [findings, setFindings] = useState<Findings>()
  const { act, isBusy } = useAct()
  const test = (): Promise<boolean> => act(async () => setFindings((await tryPms()).findings))
  return (
    <section className="card card-wide" aria-label={say("Pharmacy system")}>
      <Title order={2} size="h4">
        {say("Pharmacy system")}
      </Title>
      <p className="dim">
        {say("Which system it is, and how it is reached, stands in the site file.")}
      </p>
      <p className="dim">
        {say("A prescription is tried at the machine: mortar pms test --rx NUMBER.")}
      </p>
      <Button loading={isBusy} onClick={() => void test()}>
        {say("Try it now")}
      </Button>
      {findings && <Found findings={findings} />}
    </section>
  )
}

function Found({ findings }: { findings: Findings }) {
  return (
    <Table aria-label={say("What works")}>
      <Table.Tbody>
        {findings.map(({ operation, mark, says }) => (
          <Table.Tr key={operation}>
            <Table.Th scope="row">{inWords(operation)}</Table.Th>
            <Table.Td>
              <Tag tone={tones[mark]}>{inWords(mark)}</Tag>
            </Table.Td>
            <Table.Td>{told(says)}</Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  )
}
