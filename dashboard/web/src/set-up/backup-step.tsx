/** Where the master key comes from, the backups there are, and trying whether one opens. */

import { Button, Progress } from "@mantine/core"
import { useEffect } from "react"
import { useAct } from "../account/use-act.ts"
import { command } from "../api.ts"
import { Card } from "../parts/card.tsx"
import { Fact } from "../parts/fact.tsx"
import { LineTable } from "../parts/line-table.tsx"
import { NotLoaded } from "../parts/states.tsx"
import { Tag, type Tone } from "../parts/tag.tsx"
import { type English, locale, say, told } from "../say.ts"
import { useLoaded } from "../use-loaded.ts"
import { timeOfDay } from "../words.ts"

export const loadBackups = () => command("backups", "overview", {})
export type Backups = Awaited<ReturnType<typeof loadBackups>>
type Backup = Backups["backups"][number]

const LOOK_EVERY_MS = 1_000
const LISTED_MAX = 30
const MIB_BYTES = 2 ** 20
const never = (): boolean => false

export function BackupStep({ changed }: { changed: () => void }) {
  const { value, trouble, again } = useLoaded(loadBackups, never)
  const isBusy = value?.underWay !== undefined
  useEffect(() => {
    if (!isBusy) return changed()
    const timer = setInterval(again, LOOK_EVERY_MS)
    return () => clearInterval(timer)
  }, [isBusy, again, changed])
  if (!value) return <NotLoaded trouble={trouble} again={again} />
  return (
    <>
      <TheKey backupKey={value.key} />
      <Made shown={value} again={again} />
      <Copies shown={value} again={again} />
      <WhatItHolds />
    </>
  )
}

const sources: Readonly<Record<Backups["key"]["source"], English>> = {
  file: "a key file",
  passphrase: "a passphrase",
  keychain: "the Keychain of this Mac",
}

function TheKey({ backupKey: { source, isPrivate, isBesideData } }: { backupKey: Backups["key"] }) {
  return (
    <Card title={say("The master key")} className="card-wide">
      <dl className="facts">
        <Fact name={say("It comes from")}>{say(sources[source])}</Fact>
        {source !== "keychain" && (
          <Fact name={say("Its file")}>
            <Tag tone={isPrivate ? "good" : "late"}>
              {isPrivate ? say("can be read by its owner alone") : say("can be read by others")}
            </Tag>
          </Fact>
        )}
      </dl>
      {isBesideData && (
        <p>
          {say("The key lies beside the data it protects: who takes one takes both.")}{" "}
          {say("Keep it in the Keychain before you take calls.")}
        </p>
      )}
      <p className="dim">
        {say("Without the master key nobody opens a backup, not even you. Keep a copy in a safe.")}
      </p>
    </Card>
  )
}

interface ShownProps {
  readonly shown: Backups
  readonly again: () => void
}

function Made({ shown, again }: ShownProps) {
  const { act, isBusy } = useAct()
  const { underWay, trouble, lastGoodAtMs, folder, isLate, nextAtMs } = shown
  const make = async (): Promise<void> => {
    if (await act(() => command("backups", "make", {}))) again()
  }
  return (
    <Card title={say("Backups")} className="card-wide">
      <dl className="facts">
        <Fact name={say("Last good one")}>
          {lastGoodAtMs === undefined ? say("none yet") : momentText(lastGoodAtMs)}
          {isLate && <Tag tone="late">{say("too old")}</Tag>}
        </Fact>
        <Fact name={say("Next")}>{momentText(nextAtMs)}</Fact>
        <Fact name={say("Folder")}>
          <code>{folder.path}</code>
        </Fact>
        <Fact name={say("Free there")}>{say("{n} MiB", { n: folder.freeMiB })}</Fact>
      </dl>
      {folder.isOnDiskOfData && (
        <p>
          {say("The folder is on the disk of the data: a disk that fails takes both.")}{" "}
          {say("Another one is set in the site file: modules.settings.backups.folder.")}
        </p>
      )}
      {trouble && !underWay && (
        <p role="alert">
          <Tag tone="late">{say("Not done")}</Tag> {told(trouble.hint)}{" "}
          <span className="dim small">{momentText(trouble.atMs)}</span>
        </p>
      )}
      {underWay && <UnderWay underWay={underWay} />}
      <Button loading={isBusy} disabled={underWay !== undefined} onClick={() => void make()}>
        {say("Back up now")}
      </Button>
    </Card>
  )
}

function UnderWay({ underWay }: { underWay: NonNullable<Backups["underWay"]> }) {
  const { act, doneBytes, ofBytes } = underWay
  const isSealing = act === "making" && doneBytes > 0
  const part = isSealing ? Math.min(100, Math.round((100 * doneBytes) / Math.max(1, ofBytes))) : 100
  const words = act === "making" ? say("A backup is being made…") : say("A backup is opened…")
  return (
    <div role="status" className="field-wide">
      <p>{words}</p>
      <Progress aria-label={words} value={part} animated={!isSealing} />
    </div>
  )
}

function Copies({ shown, again }: ShownProps) {
  const { backups, underWay, keepDays, keepMonths } = shown
  return (
    <Card title={say("What is kept")} className="card-wide">
      <p className="dim">
        {say("Every night for {n} days; before that the first of each month, for {m} months.", {
          n: keepDays,
          m: keepMonths,
        })}
      </p>
      {backups.length === 0 && <p>{say("No backup was made yet.")}</p>}
      {backups.length > 0 && (
        <LineTable
          label={say("Backups, one a line")}
          heads={[say("Made"), say("Size"), say("Opened"), say("Audit log"), say("Try it")]}
        >
          {backups.slice(0, LISTED_MAX).map((one) => (
            <Copy key={one.name} one={one} isBusy={underWay !== undefined} again={again} />
          ))}
        </LineTable>
      )}
    </Card>
  )
}

const audits: Readonly<Record<NonNullable<Backup["opened"]>["audit"], readonly [Tone, English]>> = {
  same: ["good", "as it stood then"],
  other: ["late", "not as it stood then"],
  unknown: ["calm", "not noted then"],
}

interface CopyProps {
  readonly one: Backup
  readonly isBusy: boolean
  readonly again: () => void
}

function Copy({ one: { name, atMs, bytes, opened }, isBusy, again }: CopyProps) {
  const { act } = useAct()
  const open = async (): Promise<void> => {
    if (await act(() => command("backups", "rehearse", { name }))) again()
  }
  const [tone, words] = opened ? audits[opened.audit] : []
  return (
    <tr>
      <th scope="row">{momentText(atMs)}</th>
      <td>{say("{n} MiB", { n: (bytes / MIB_BYTES).toFixed(1) })}</td>
      <td>
        {opened ? (
          <Tag tone="good">{say("{n} documents read", { n: opened.documents })}</Tag>
        ) : (
          <Tag>{say("not yet")}</Tag>
        )}
      </td>
      <td>{tone && words && <Tag tone={tone}>{say(words)}</Tag>}</td>
      <td>
        <Button
          variant="default"
          size="compact-sm"
          disabled={isBusy}
          aria-label={say("Open it: {what}", { what: momentText(atMs) })}
          onClick={() => void open()}
        >
          {say("Open it")}
        </Button>
      </td>
    </tr>
  )
}

function WhatItHolds() {
  return (
    <Card title={say("What a backup holds")} className="card-wide">
      <ul>
        <li>{say("It holds every document, and the keys they are sealed with; sealed itself.")}</li>
        <li>{say("It does not hold the master key, which opens all of it.")}</li>
        <li>
          {say("It does not hold recordings and the audit log: they are files of their own,")}{" "}
          {say("in files/ and audit/ of the data folder. Copy those as well.")}
        </li>
        <li>
          {say("Opening one restores it into a folder of its own, reads all, and removes it.")}
        </li>
        <li>{say("It is put back at the machine: mortar restore DOCUMENTS.")}</li>
      </ul>
    </Card>
  )
}

function momentText(atMs: number): string {
  return `${new Date(atMs).toLocaleDateString(locale())} ${timeOfDay(atMs)}`
}
