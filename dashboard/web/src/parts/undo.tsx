/** A decision in the seconds before it is acted on: by whom, how long yet, and a way back. */
import { Button } from "@mantine/core"
import type { Item } from "../../../../modules/work-queue/contract.ts"
import { useKeys } from "../keys.ts"
import { say } from "../say.ts"
import { useNow } from "../use-now.ts"
import { inWords } from "../words.ts"
import { KeyName } from "./key-name.tsx"

const TICK_MS = 500

export interface UndoProps {
  readonly item: Item
  readonly isMine: boolean
  readonly mayTouch: boolean
  readonly undo: () => void
}

export function Undo({ item, isMine, mayTouch, undo }: UndoProps) {
  const leftMs = useLeftMs(item)
  const mayUndo = isMine && mayTouch && leftMs > 0
  useKeys({ z: () => mayUndo && undo() })
  return (
    <footer className="decisions">
      <p role="status">
        {say("{state} by {who}", { state: decisionText(item), who: item.decidedBy ?? "" })}
        {" · "}
        {leftMs > 0
          ? say("in {n} s it is acted on", { n: Math.ceil(leftMs / 1_000) })
          : say("it is being acted on")}
      </p>
      {isMine && (
        <div className="buttons">
          <Button
            variant="default"
            onClick={undo}
            disabled={!mayUndo}
            rightSection={<KeyName name="z" />}
          >
            {say("Take it back")}
          </Button>
        </div>
      )}
    </footer>
  )
}

export function decisionText({ willBe, state }: Item): string {
  return inWords(willBe ?? state)
}

function useLeftMs({ actsAtMs }: Item): number {
  const nowMs = useNow(TICK_MS)
  return actsAtMs === undefined ? 0 : Math.max(0, actsAtMs - nowMs)
}
