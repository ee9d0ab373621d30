/** What of a pharmacy system works, one line an operation. */
import { Table } from "@mantine/core"
import type { Tried } from "../../../../modules/pms-trials/contract.ts"
import { Tag, type Tone } from "../parts/tag.tsx"
import { say, told } from "../say.ts"
import { inWords } from "../words.ts"

type Findings = Tried["findings"]

const tones: Readonly<Record<Findings[number]["mark"], Tone>> = {
  works: "good",
  fails: "late",
  absent: "calm",
  untried: "calm",
}

export function Found({ findings }: { findings: Findings }) {
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
