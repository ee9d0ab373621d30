/** Which models this machine hears, speaks and thinks with: whether whole, loaded, how large. */

import { command } from "../api.ts"
import { Card } from "../parts/card.tsx"
import { LineTable } from "../parts/line-table.tsx"
import { NotLoaded } from "../parts/states.tsx"
import { Tag, type Tone } from "../parts/tag.tsx"
import { type English, say, told } from "../say.ts"
import { useLoaded } from "../use-loaded.ts"
import type { Intent, Voice } from "./integrations.tsx"

const MIB_BYTES = 2 ** 20
const never = (): boolean => false
const loadFiles = () => command("dashboard", "models", {})
type ModelFile = Awaited<ReturnType<typeof loadFiles>>["files"][number]

interface Working {
  readonly name: string
  /** What callers notice while it is away. */
  readonly away: English
  readonly isReady: boolean
  readonly deaths: number
  readonly residentMiB: number
  readonly loadMs?: number
}

const roles: Readonly<Record<string, { readonly name: English; readonly away: English }>> = {
  vad: {
    name: "Tells speech from noise",
    away: "Callers can only use the keys of their telephone.",
  },
  quick: { name: "Quick ear", away: "Answers come later: only the careful ear listens." },
  careful: {
    name: "Careful ear",
    away: "Callers are understood worse: only the quick ear listens.",
  },
  voice: { name: "Voice", away: "A plainer voice speaks." },
  spare_voice: { name: "Spare voice", away: "Nothing speaks when the voice is busy." },
}

export interface ModelsProps {
  readonly voice: Voice
  readonly intent: Intent
}

export function Models({ voice, intent }: ModelsProps) {
  const { value, trouble, again } = useLoaded(loadFiles, never)
  return (
    <Card title={say("Models")} className="card-wide">
      <Processes working={[...voice.processes.map(eared), ...intent.languageModels.map(minded)]} />
      <p>
        <Tag tone={intent.usesMeaning ? "good" : "soon"}>
          {intent.usesMeaning
            ? say("Wishes are understood by meaning and by words")
            : say("Wishes are understood by words alone")}
        </Tag>
      </p>
      {!value && <NotLoaded trouble={trouble} again={again} />}
      {value && <Files files={value.files} profile={value.profile} />}
    </Card>
  )
}

function eared({ role, ...rest }: Voice["processes"][number]): Working {
  const known = roles[role]
  const away = known?.away ?? "Answers come later: only the careful ear listens."
  return { name: known ? say(known.name) : role, away, ...rest }
}

function minded({ model, ...rest }: Intent["languageModels"][number]): Working {
  return { name: model, away: "Hard turns are answered without a language model.", ...rest }
}

function Processes({ working }: { working: readonly Working[] }) {
  return (
    <LineTable
      label={say("What runs models")}
      heads={[say("What it does"), say("State"), say("Loaded in"), say("Memory")]}
    >
      {working.map(({ name, away, isReady, deaths, residentMiB, loadMs }) => (
        <tr key={name}>
          <th scope="row">{name}</th>
          <td>
            <Tag tone={isReady ? "good" : "late"}>
              {isReady ? say("loaded and warm") : say("not loaded")}
            </Tag>
            {!isReady && <p className="dim small">{say(away)}</p>}
            {!isReady && deaths > 0 && (
              <p className="dim small">{say("It ended {n} times in a row.", { n: deaths })}</p>
            )}
          </td>
          <td>
            {isReady && loadMs !== undefined
              ? say("{n} s", { n: (loadMs / 1_000).toFixed(1) })
              : "–"}
          </td>
          <td>{residentMiB > 0 ? say("{n} MiB", { n: residentMiB }) : "–"}</td>
        </tr>
      ))}
    </LineTable>
  )
}

const states: Readonly<Record<ModelFile["state"], readonly [Tone, English]>> = {
  verified: ["good", "whole"],
  unverified: ["soon", "not checked since it changed"],
  missing: ["late", "not there"],
}

function Files({ files, profile }: { files: readonly ModelFile[]; profile: string }) {
  const whole = files.filter(({ state }) => state === "verified").length
  return (
    <details>
      <summary>
        {say("{n} of {all} files of the profile {profile} are whole", {
          n: whole,
          all: files.length,
          profile,
        })}
      </summary>
      <p className="dim small">
        {say("What is missing is fetched at the machine: mortar models pull {profile}.", {
          profile,
        })}
      </p>
      <LineTable
        label={say("Files of models")}
        heads={[say("File"), say("State"), say("Size"), say("What it does")]}
      >
        {files.map(({ id, does, bytes, state }) => (
          <tr key={id}>
            <th scope="row">{id}</th>
            <td>
              <Tag tone={states[state][0]}>{say(states[state][1])}</Tag>
            </td>
            <td>
              {bytes === undefined ? "–" : say("{n} MiB", { n: Math.ceil(bytes / MIB_BYTES) })}
            </td>
            <td>{told(does)}</td>
          </tr>
        ))}
      </LineTable>
    </details>
  )
}
