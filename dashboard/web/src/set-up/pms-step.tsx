/** The pharmacy system: a test of the one in use, which reads about nobody, in plain words. */
import { Button, Title } from "@mantine/core"
import { useState } from "react"
import { useAct } from "../account/use-act.ts"
import { command } from "../api.ts"
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
      <PmsChoice />
    </>
  )
}
