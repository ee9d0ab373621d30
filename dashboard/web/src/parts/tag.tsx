/** Small words with a colour, which never is the only sign of what they mean. */
import type { ReactNode } from "react"
import { say } from "../say.ts"
import { dueText } from "../words.ts"

const SOON_MS = 10 * 60_000

export type Tone = "calm" | "good" | "soon" | "late"

export function Tag({ tone = "calm", children }: { tone?: Tone; children: ReactNode }) {
  return <span className={`tag tag-${tone}`}>{children}</span>
}

export function DueTag({ dueAtMs, nowMs }: { dueAtMs: number; nowMs: number }) {
  const leftMs = dueAtMs - nowMs
  const tone = leftMs < 0 ? "late" : leftMs < SOON_MS ? "soon" : "calm"
  return (
    <Tag tone={tone}>
      {leftMs < 0 ? dueText(dueAtMs, nowMs) : say("due {when}", { when: dueText(dueAtMs, nowMs) })}
    </Tag>
  )
}
