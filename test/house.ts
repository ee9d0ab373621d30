/**
 * The real appliance for tests: real module processes, the real gate, store and audit log in a
 * folder that goes away, and the demo pharmacy system in a process of its own.
 */
import assert from "node:assert/strict"
import { type ChildProcess, fork } from "node:child_process"
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { parse, stringify } from "yaml"
import type { Role } from "#core/actor.ts"
import { systemClock } from "#core/clock.ts"
import { newId } from "#core/id.ts"
import type { ProposeOptions, Reply } from "#core/module.ts"
import { type NetLog, pinoLog } from "#core/pino-log.ts"
import { type Appliance, openAppliance } from "../main.ts"

const PMS = fileURLToPath(new URL("../simulators/pms/demo/main.ts", import.meta.url))
const SITE = new URL("../config/site.yaml", import.meta.url)

/** Accounts of nobody: what a house needs to open when no simulator stands behind them. */
const accounts = {
  MORTAR_PUBLIC_PORT: "0",
  MORTAR_STAFF_PORT: "0",
  DEMO_PMS_PASSWORD: "demo",
  DEMO_PMS_CUSTOMER_KEY: "demo-key",
  TWILIO_ACCOUNT_SID: `AC${"0".repeat(32)}`,
  TWILIO_AUTH_TOKEN: "0".repeat(32),
}

/** Nobody in a test takes a decision back, unless the test says so. */
const actsAtOnce = { "work-queue": { undoSeconds: 0 } }

export interface HouseOptions {
  /** Modules to run. What they use must be named too. */
  readonly only: readonly string[]
  /** The day the pharmacy system counts its dates from, `YYYY-MM-DD`. */
  readonly today?: string
  readonly settings?: Readonly<Record<string, Readonly<Record<string, unknown>>>>
  /** Keeps this folder, to open the same house again. */
  readonly folder?: string
  /** The house lives at this moment, in milliseconds since 1970; now when left out. */
  readonly nowMs?: number
  /** So many of the machine's seconds are one of the house's; 1 when left out. */
  readonly pace?: number
  /** Variables beside those of the pharmacy system: an account with a carrier. */
  readonly environment?: Readonly<Record<string, string>>
  /** The demo's own when left out. */
  readonly pharmacySystem?: PharmacySystem
}

/** The pharmacy system a house stands on, and what a test turns and reads there. */
export interface PharmacySystem {
  /** The folder of its adapter. */
  readonly adapter: string
  /** As a site would write them under `pms.settings`. */
  readonly settings: unknown
  /** Where the secrets are that the settings refer to. */
  readonly variables: Readonly<Record<string, string>>
  trouble(fault: Readonly<Record<string, unknown>>): Promise<void>
  submissions(): Promise<readonly Submission[]>
}

export interface House extends Appliance {
  readonly folder: string
  /** Of the demo's pharmacy system; empty when the house stands on another. */
  readonly pmsUrl: string
  /** Every line of the log so far. */
  readonly logged: readonly string[]
  readonly log: NetLog
  /** Asks as the machinery of the house: another module would. */
  ask<T = unknown>(name: string, input?: unknown, options?: ProposeOptions): Promise<Done<T>>
  /** Puts a command before the gate for a member of staff. */
  asStaff(role: Role, name: string, input?: unknown): Promise<Reply>
  /** Puts a command before the gate for a caller, verified for `patient` when given. */
  asCaller(patient: string | undefined, name: string, input: unknown): Promise<Reply>
  /** Sets what the pharmacy system does from now on. */
  pmsFault(fault: Readonly<Record<string, unknown>>): Promise<void>
  /** Refills the pharmacy system accepted, oldest first. */
  submissions(): Promise<readonly Submission[]>
}

/** What a house needs of a test: that it is cleaned up after. */
export interface Cleanup {
  after(run: () => unknown): void
}

export interface Submission {
  readonly rx: string
  readonly key: string
}

export type Done<T> = Reply & { readonly value: T }

export async function openHouse(t: Cleanup, options: HouseOptions): Promise<House> {
  const { only, pharmacySystem } = options
  const undo = new AsyncDisposableStack()
  t.after(() => undo.disposeAsync())
  const folder = options.folder ?? mkdtempSync(join(tmpdir(), "mortar-house-"))
  if (!options.folder) undo.defer(() => rmSync(folder, { recursive: true }))
  const logged: string[] = []
  const log = pinoLog({ level: "debug", destination: { write: (line) => void logged.push(line) } })
  const isDemo = only.includes("pms") && !pharmacySystem
  const demo = isDemo ? await startPms(options.today) : undefined
  if (demo) undo.defer(() => demo.child.disconnect())
  const pmsUrl = demo?.url ?? ""
  const appliance = await openAppliance({
    environment: {
      ...accounts,
      MORTAR_DATA: folder,
      ...pharmacySystem?.variables,
      ...options.environment,
    },
    log,
    only,
    rehearsal: {
      shiftMs: options.nowMs === undefined ? 0 : options.nowMs - Date.now(),
      pace: options.pace ?? 1,
    },
    settings: { ...actsAtOnce, ...options.settings, ...(demo ? { pms: pmsSettings(pmsUrl) } : {}) },
    ...(pharmacySystem && { siteFile: siteWith(pharmacySystem, folder) }),
  })
  undo.use(appliance)
  const { trouble, submissions } = pharmacySystem ?? demoControls(pmsUrl)
  const turned = { pmsFault: trouble, submissions }
  return { ...appliance, folder, pmsUrl, logged, log, ...asking(appliance), ...turned }
}

/** The demo's pharmacy on another pharmacy system. Answers the file. */
function siteWith({ adapter, settings }: PharmacySystem, folder: string): string {
  const site: unknown = parse(readFileSync(SITE, "utf8"))
  const file = join(folder, "site.yaml")
  writeFileSync(file, stringify({ ...Object(site), pms: { adapter, settings } }))
  return file
}

function pmsSettings(baseUrl: string) {
  return {
    baseUrl,
    user: "mortar",
    password: "env:DEMO_PMS_PASSWORD",
    npi: "1234567893",
    customerKey: "env:DEMO_PMS_CUSTOMER_KEY",
  }
}

async function startPms(today?: string): Promise<{ url: string; child: ChildProcess }> {
  const child = fork(PMS, today ? ["--today", today] : [], {
    stdio: ["ignore", "ignore", "inherit", "ipc"],
  })
  const url = await new Promise<string>((resolve, reject) => {
    child.once("message", (message) => resolve((message as { url: string }).url))
    child.once("exit", () => reject(new Error("the pharmacy system did not start")))
  })
  return { url, child }
}

function asking({ host }: Appliance) {
  return {
    async ask<T>(name: string, input: unknown = {}, options: ProposeOptions = {}) {
      const [module = "", command = ""] = name.split(".")
      const actor = { kind: "system", module: "test" } as const
      const reply = await host.bus.request({ module, command, input, actor, via: "test", options })
      return reply as Done<T>
    },
    async asStaff(role: Role, name: string, input: unknown = {}) {
      const actor = { kind: "staff", person: `the-${role}`, role } as const
      return await host.desk.proposeAs(actor, { name, input, options: {} })
    },
    async asCaller(patient: string | undefined, name: string, input: unknown) {
      const conversation = newId(systemClock.nowMs())
      await host.identities.openConversation(conversation, "phone")
      if (patient) await host.identities.establish(conversation, { identity: "verified", patient })
      const actor = host.identities.actor({ conversation })
      assert.ok(actor)
      return await host.desk.proposeAs(actor, { name, input, options: {} })
    },
  }
}

function demoControls(url: string): Pick<PharmacySystem, "trouble" | "submissions"> {
  return {
    async trouble(fault) {
      await fetch(`${url}/faults`, { method: "POST", body: JSON.stringify(fault) })
    },
    async submissions() {
      const reply = await fetch(`${url}/submissions`)
      const { submissions } = (await reply.json()) as { submissions: readonly Submission[] }
      return submissions
    },
  }
}
