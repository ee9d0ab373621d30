/** A password that was just made, shown this once, to be told to its person. */
import { Alert, Button } from "@mantine/core"
import { say } from "../say.ts"
import type { Told } from "./staff-dialogs.tsx"

export interface ToldOnceProps {
  readonly told: Told
  readonly forget: () => void
}

export function ToldOnce({ told: { user, password }, forget }: ToldOnceProps) {
  return (
    <Alert
      variant="outline"
      color="mortar"
      className="codes"
      role="status"
      title={say("The password of {user}, shown this once", { user })}
    >
      <div className="stack">
        <p>
          <code className="told">{password}</code>
        </p>
        <p>{say("Tell it to them yourself. At the first sign-in they choose their own.")}</p>
        <div className="row-tags">
          <Button variant="default" onClick={() => void navigator.clipboard?.writeText(password)}>
            {say("Copy")}
          </Button>
          <Button onClick={forget}>{say("I have told them")}</Button>
        </div>
      </div>
    </Alert>
  )
}
