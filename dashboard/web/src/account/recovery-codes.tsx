/** Ten codes, shown this once: copied or printed now, or made anew later. */
import { Alert, Button, Group } from "@mantine/core"
import { say } from "../say.ts"

export interface RecoveryCodesProps {
  readonly codes: readonly string[]
  readonly kept: () => void
}

export function RecoveryCodes({ codes, kept }: RecoveryCodesProps) {
  return (
    <Alert
      variant="outline"
      color="mortar"
      className="codes"
      title={say("Your recovery codes, shown this once")}
    >
      <p>
        {say("Each opens the door once when the telephone is lost. Keep them where it is not.")}
      </p>
      <ul className="codes-list">
        {codes.map((code) => (
          <li key={code}>{code}</li>
        ))}
      </ul>
      <Group>
        <Button
          variant="default"
          onClick={() => void navigator.clipboard?.writeText(codes.join("\n"))}
        >
          {say("Copy")}
        </Button>
        <Button onClick={kept}>{say("I have kept them")}</Button>
      </Group>
    </Alert>
  )
}
