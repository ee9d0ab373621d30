/** The pharmacy system: a test of the one in use, which reads about nobody, in plain words. */
import { Button } from "@mantine/core"
import { useState } from "react"
import { useAct } from "../account/use-act.ts"
import { command } from "../api.ts"
import { Card } from "../parts/card.tsx"
import { say } from "../say.ts"
import { Found } from "./found.tsx"
import { PmsChoice } from "./pms-choice.tsx"

const tryPms = () => command("dashboard", "tryPms", {})

type Findings = Awaited<ReturnType<typeof tryPms>>["findings"]

export function PmsStep() {
  const [findings, setFindings] = useState<Findings>()
  const { act, isBusy } = useAct()
  const test = (): Promise<boolean> => act(async () => setFindings((await tryPms()).findings))
  return (
    <>
      <Card title={say("Pharmacy system")} className="card-wide">
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
      </Card>
      <PmsChoice />
    </>
  )
}
