/** A question before something is done: what is asked, what it will do, and a way out. */
import { Button, Group, Modal } from "@mantine/core"
import type { FormEvent, ReactNode } from "react"
import { say } from "../say.ts"

export interface FormDialogProps {
  readonly title: string
  readonly verb: string
  readonly isReady: boolean
  readonly isBusy: boolean
  /** What is done cannot be taken back. */
  readonly isGrave?: boolean
  readonly close: () => void
  readonly send: () => void
  readonly children: ReactNode
}

export function FormDialog(props: FormDialogProps) {
  const { title, verb, isReady, isBusy, isGrave = false, close, send, children } = props
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    if (isReady && !isBusy) send()
  }
  const grave = isGrave ? ({ color: "red", variant: "outline", className: "grave" } as const) : {}
  return (
    // A header of its own would be the page's second banner to who listens to the page.
    <Modal.Root opened onClose={close} centered>
      <Modal.Overlay />
      <Modal.Content>
        <Modal.Body>
          <form className="stack" onSubmit={submit}>
            <Modal.Title>{title}</Modal.Title>
            {children}
            <Group justify="flex-end">
              <Button variant="default" onClick={close}>
                {say("Cancel")}
              </Button>
              <Button type="submit" loading={isBusy} disabled={!isReady} {...grave}>
                {verb}
              </Button>
            </Group>
          </form>
        </Modal.Body>
      </Modal.Content>
    </Modal.Root>
  )
}
