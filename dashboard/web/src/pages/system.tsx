/** How the house fares: this machine, the pharmacy system, every module. Shows no patient. */

import { Button } from "@mantine/core"
import { useEffect } from "react"
import type { Output } from "../../../../core/contract.ts"
import type { dashboard } from "../../../contract.ts"
import { useAct } from "../account/use-act.ts"
import { command, get } from "../api.ts"
import { Card } from "../parts/card.tsx"
import { Fact } from "../parts/fact.tsx"
import { LineTable } from "../parts/line-table.tsx"
import { Reading } from "../parts/reading.tsx"
import { LoadingState, TroubleState } from "../parts/states.tsx"
import { Tag, type Tone } from "../parts/tag.tsx"
import { say } from "../say.ts"
import type { Person } from "../session.ts"
import {
  CloudModels,
  loadIntent,
  loadPms,
  loadVoice,
  PharmacySystem,
  Twilio,
} from "../system/integrations.tsx"
import { Kept } from "../system/kept.tsx"
import { Models } from "../system/models.tsx"
import { useLoaded } from "../use-loaded.ts"
import { inWords, spanText, timeOfDay } from "../words.ts"

type Modules = Output<typeof dashboard, "modules">["modules"]
type Module = Modules[number]

interface Health {
  readonly node: {
    readonly nowMs: number
    readonly upSeconds: number
    readonly runtime: string
    readonly memoryFreeMiB: number
    readonly memoryMiB: number
    readonly diskFreeMiB: number
    readonly diskMiB: number
  }
}

const LOOK_EVERY_MS = 15_000
const SCARCE = 0.1
const CLOCK_APART_S_MAX = 30

async function loadSystem() {
  const health: Health = await get("/health")
  const seenAtMs = Date.now()
  const { modules } = await command("dashboard", "modules", {})
  const pms = await loadPms()
  return { health, modules, pms, apartS: Math.round((health.node.nowMs - seenAtMs) / 1_000) }
}
const never = (): boolean => false

export function SystemPage({ person }: { person: Person }) {
  const { value, trouble, loadedAtMs, again } = useLoaded(loadSystem, never)
  useEffect(() => {
    const timer = setInterval(again, LOOK_EVERY_MS)
    return () => clearInterval(timer)
  })
  return (
    <Reading
      title={say("System")}
      acts={
        loadedAtMs && (
          <span className="dim small">{say("As of {time}", { time: timeOfDay(loadedAtMs) })}</span>
        )
      }
    >
      {trouble && <TroubleState trouble={trouble} again={again} />}
      {!value && !trouble && <LoadingState />}
      {value && (
        <>
          <ThisMachine node={value.health.node} apartS={value.apartS} />
          <PharmacySystem pms={value.pms} />
          <Outside seenAtMs={loadedAtMs} />
          <Kept role={person.role} />
          <AllModules modules={value.modules} again={again} />
        </>
      )}
    </Reading>
  )
}

/** Looked at with the rest; one that is away says so in its own place, and the rest is shown. */
function Outside({ seenAtMs }: { seenAtMs: number | undefined }) {
  const voice = useLoaded(loadVoice, never)
  const intent = useLoaded(loadIntent, never)
  const [lookVoice, lookIntent] = [voice.again, intent.again]
  useEffect(() => {
    if (seenAtMs === undefined) return
    lookVoice()
    lookIntent()
  }, [seenAtMs, lookVoice, lookIntent])
  const trouble = voice.trouble ?? intent.trouble
  return (
    <>
      {voice.value && <Twilio voice={voice.value} />}
      {intent.value && <CloudModels cloud={intent.value.cloud} />}
      {voice.value && intent.value && <Models voice={voice.value} intent={intent.value} />}
      {trouble && (
        <section className="card card-wide" aria-label={say("Models")}>
          <TroubleState trouble={trouble} again={voice.trouble ? lookVoice : lookIntent} />
        </section>
      )}
    </>
  )
}

function ThisMachine({ node, apartS }: { node: Health["node"]; apartS: number }) {
  const { upSeconds, runtime, memoryFreeMiB, memoryMiB, diskFreeMiB, diskMiB } = node
  const isApart = Math.abs(apartS) > CLOCK_APART_S_MAX
  return (
    <Card title={say("This machine")} className="card-wide">
      <dl className="facts">
        <Fact name={say("Up for")}>{spanText(upSeconds * 1_000)}</Fact>
        <Fact name={say("Runtime")}>{`Node ${runtime}`}</Fact>
        <Room name={say("Memory free")} freeMiB={memoryFreeMiB} allMiB={memoryMiB} />
        <Room name={say("Disk free")} freeMiB={diskFreeMiB} allMiB={diskMiB} />
        <Fact name={say("Clock")}>
          <Tag tone={isApart ? "late" : "good"}>
            {isApart
              ? say("{n} s away from this screen's", { n: Math.abs(apartS) })
              : say("agrees with this screen's")}
          </Tag>
        </Fact>
      </dl>
    </Card>
  )
}

interface RoomProps {
  readonly name: string
  readonly freeMiB: number
  readonly allMiB: number
}

function Room({ name, freeMiB, allMiB }: RoomProps) {
  const gib = (mib: number): string => (mib / 1_024).toFixed(1)
  return (
    <Fact name={name}>
      {say("{free} of {all} GiB", { free: gib(freeMiB), all: gib(allMiB) })}
      {freeMiB < allMiB * SCARCE && <Tag tone="late">{say("almost full")}</Tag>}
    </Fact>
  )
}

/** Whatever needs somebody stands first. */
function AllModules({ modules, again }: { modules: Modules; again: () => void }) {
  const inOrder = modules.toSorted(
    (a, b) =>
      Number(a.state === "running") - Number(b.state === "running") ||
      a.module.localeCompare(b.module),
  )
  const running = modules.filter(({ state }) => state === "running").length
  return (
    <Card title={say("Modules")} className="card-wide">
      <p className="dim small">
        {say("{n} of {all} are running", { n: running, all: modules.length })}
      </p>
      <LineTable
        label={say("Modules, one a line")}
        heads={[say("Module"), say("State"), say("Version"), say("Restarts"), say("Memory")]}
      >
        {inOrder.map((one) => (
          <ModuleRow key={one.module} one={one} again={again} />
        ))}
      </LineTable>
    </Card>
  )
}

const tones: Readonly<Record<Module["state"], Tone>> = {
  running: "good",
  starting: "soon",
  restarting: "soon",
  quarantined: "late",
  stopped: "late",
}

function ModuleRow({ one, again }: { one: Module; again: () => void }) {
  const { module, version, state, restarts, residentMiB } = one
  return (
    <tr>
      <th scope="row">{module}</th>
      <td>
        <Tag tone={tones[state]}>{inWords(state)}</Tag>
        {state === "quarantined" && <Release module={module} again={again} />}
      </td>
      <td>{version}</td>
      <td>{restarts}</td>
      <td>{say("{n} MiB", { n: Math.round(residentMiB) })}</td>
    </tr>
  )
}

function Release({ module, again }: { module: string; again: () => void }) {
  const { act, isBusy } = useAct()
  const release = async (): Promise<void> => {
    await act(() => command("dashboard", "releaseModule", { module }), say("It is started again."))
    again()
  }
  return (
    <div className="stack">
      <p>{say("The module keeps dying and was set aside. Fix or roll back, then release it.")}</p>
      <Button variant="default" size="compact-sm" loading={isBusy} onClick={() => void release()}>
        {say("Release {module}", { module })}
      </Button>
    </div>
  )
}
