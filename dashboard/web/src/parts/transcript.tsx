/** What was said, line by line, as it was heard; follows the end while it grows. */
import { Box, Table } from "@mantine/core"
import { useCallback, useEffect, useRef } from "react"
import type { TranscriptLine, UnderstoodTurn } from "../../../../modules/transcripts/contract.ts"
import { command } from "../api.ts"
import type { Change } from "../live.ts"
import { say } from "../say.ts"
import { useLoaded } from "../use-loaded.ts"
import { clockSpan, inWords } from "../words.ts"
import { EmptyState, NotLoaded } from "./states.tsx"
import { Tag } from "./tag.tsx"

export interface TranscriptProps {
  readonly conversation: string
  /** Where the sound is, when it plays. */
  readonly atMs?: number | undefined
  /** Plays the sound from a moment of the conversation. */
  readonly play?: (fromMs: number) => void
}

export function Transcript({ conversation, ...sound }: TranscriptProps) {
  const load = useCallback(() => command("transcripts", "get", { conversation }), [conversation])
  const isAbout = useCallback(
    (change: Change) => change.kind === "transcript" && change.conversation === conversation,
    [conversation],
  )
  const { value, trouble, again } = useLoaded(load, isAbout)
  if (!value) return <NotLoaded trouble={trouble} again={again} />
  return (
    <>
      <Lines lines={value.lines} {...sound} />
      {value.turns && <Understood turns={value.turns} />}
    </>
  )
}

/** For staff who wonder why the agent did what it did: what each utterance was taken to mean. */
function Understood({ turns }: { turns: readonly UnderstoodTurn[] }) {
  // A turn said in two breaths is understood twice, so its number is no name for a row.
  const numbered = turns.map((turn, place) => ({ ...turn, place }))
  return (
    <details className="understood">
      <summary>{say("How it was understood")}</summary>
      <Table className="numbers">
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{say("Turn")}</Table.Th>
            <Table.Th>{say("Taken to mean")}</Table.Th>
            <Table.Th>{say("Asked")}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {numbered.map(({ turn, wishes, tried, place }) => (
            <Table.Tr key={place}>
              <Table.Td>{turn}</Table.Td>
              <Table.Td>
                {wishes.length > 0 ? wishes.map(wishText).join(", ") : say("An answer")}
              </Table.Td>
              <Table.Td>{tried.map(triedText).join(" → ") || say("Rules alone")}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </details>
  )
}

function wishText({ intent, confidence }: UnderstoodTurn["wishes"][number]): string {
  return `${inWords(intent)} (${Math.round(confidence * 100)} %)`
}

function triedText({ step, why, ms }: UnderstoodTurn["tried"][number]): string {
  return `${inWords(step).toLowerCase()}: ${why}, ${ms} ms`
}

type Sound = Pick<TranscriptProps, "atMs" | "play">

function Lines({ lines, atMs, play }: Sound & { readonly lines: readonly TranscriptLine[] }) {
  const box = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (box.current && lines.length > 0) box.current.scrollTop = box.current.scrollHeight
  }, [lines.length])
  if (lines.length === 0) return <EmptyState title={say("Nothing said yet")} />
  // Lines are only ever added: the place of one is its name.
  const numbered = lines.map((line, place) => ({ line, place }))
  const playing = atMs === undefined ? -1 : lines.findLastIndex((line) => line.atMs <= atMs)
  return (
    <Box className="lines" ref={box} role="log" aria-label={say("Transcript")} tabIndex={0}>
      {numbered.map(({ line, place }) => (
        <Line key={place} line={line} isPlaying={place === playing} play={play} />
      ))}
    </Box>
  )
}

function speaker(who: TranscriptLine["who"]): string {
  if (who === "agent") return "Mortar"
  return who === "caller" ? say("Caller") : say("Note")
}

interface LineProps {
  readonly line: TranscriptLine
  readonly isPlaying: boolean
  readonly play: Sound["play"]
}

function Line({ line, isPlaying, play }: LineProps) {
  const { who, text, atMs, source, cutOff } = line
  return (
    <div
      className={`line line-${who}${isPlaying ? " line-playing" : ""}`}
      {...(isPlaying ? { "aria-current": "time" } : {})}
    >
      <p className="line-who">
        {speaker(who)}{" "}
        {play ? (
          <button
            type="button"
            className="line-at numbers"
            aria-label={say("Play from {time}", { time: clockSpan(atMs) })}
            onClick={() => play(atMs)}
          >
            {clockSpan(atMs)}
          </button>
        ) : (
          <span className="dim">{clockSpan(atMs)}</span>
        )}
        {source === "keys" && <Tag>{say("keypad")}</Tag>}
        {source === "typed" && <Tag>{say("typed")}</Tag>}
        {cutOff && <Tag tone="soon">{say("cut off")}</Tag>}
      </p>
      <p className="line-text">{text}</p>
      {cutOff && <p className="dim small">{say("This much was heard before the caller spoke.")}</p>}
    </div>
  )
}
