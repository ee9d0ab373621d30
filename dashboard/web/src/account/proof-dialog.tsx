/**
 * Asks who is there before a decision that wants to know it freshly, then lets it go on. It has no
 * header of its own: a page has one banner.
 */
import { Button, Modal } from "@mantine/core"
import { useEffect, useRef, useState } from "react"
import type { Factor } from "../../../../modules/sessions/contract.ts"
import { command } from "../api.ts"
import { askForProofWith } from "../proof.ts"
import { say } from "../say.ts"
import { FactorForm } from "./factor-form.tsx"

type Answer = (isProved: boolean) => void

export function ProofDialog() {
  const waiting = useRef<Answer>(undefined)
  const [isAsked, setAsked] = useState(false)
  useEffect(
    () =>
      askForProofWith(() => {
        // A second question replaces the first, which is then not proved.
        waiting.current?.(false)
        setAsked(true)
        return new Promise((resolve) => {
          waiting.current = resolve
        })
      }),
    [],
  )
  if (!isAsked) return null
  const end = (isProved: boolean): void => {
    setAsked(false)
    waiting.current?.(isProved)
    waiting.current = undefined
  }
  const prove = async (factor: Factor): Promise<void> => {
    await command("sessions", "prove", { factor })
    end(true)
  }
  return (
    <Modal.Root opened onClose={() => end(false)} centered>
      <Modal.Overlay />
      <Modal.Content>
        <Modal.Body>
          <Modal.Title>{say("Is it still you?")}</Modal.Title>
          <p className="dim proof-why">
            {say("This asks for a fresh proof. What you were doing goes on by itself.")}
          </p>
          <FactorForm ways={["password", "code"]} verb={say("It is me")} give={prove} />
          <Button variant="default" fullWidth mt="md" onClick={() => end(false)}>
            {say("Cancel")}
          </Button>
        </Modal.Body>
      </Modal.Content>
    </Modal.Root>
  )
}
