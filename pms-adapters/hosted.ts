/** An adapter as it runs: a process of its own, over the real store. For tests only. */
import assert from "node:assert/strict"
import { randomBytes } from "node:crypto"
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import type { TestContext } from "node:test"
import { systemClock } from "#core/clock.ts"
import { Host, type HostOptions } from "#core/host.ts"
import { grants } from "#core/host-ports.ts"
import { KeyRing } from "#core/keys.ts"
import type { Log } from "#core/log.ts"
import { KEY_BYTES } from "#core/seal.ts"
import { Store } from "#core/store.ts"

const silence = (): void => undefined
const log: Log = { debug: silence, info: silence, warn: silence, error: silence, child: () => log }

export interface HostedOptions {
  /** Module to file: the adapter under `pms`, and what else is to run. */
  readonly modules: Readonly<Record<string, string>>
  readonly settings: Readonly<Record<string, unknown>>
  readonly ports: HostOptions["ports"]
}

export interface Hosted {
  ask(module: string, command: string, input: object): Promise<unknown>
  stop(): Promise<void>
}

/** A store in a folder of its own, and hosts over it, one after the other. */
export interface Node {
  start(options: HostedOptions): Promise<Hosted>
  /** Every byte of the store, as a thief of the disk would have it. */
  onDisk(): Buffer
}

export function openNode(t: TestContext): Node {
  const undo = new AsyncDisposableStack()
  t.after(() => undo.disposeAsync())
  const folder = mkdtempSync(join(tmpdir(), "mortar-hosted-"))
  undo.defer(() => rmSync(folder, { recursive: true, force: true, maxRetries: 10 }))
  const keys = KeyRing.open(join(folder, "keys.db"), randomBytes(KEY_BYTES))
  undo.defer(() => keys.close())
  const store = Store.open({ file: join(folder, "store.db"), keys, clock: systemClock })
  undo.defer(() => store.close())
  return {
    async start({ modules, settings, ports }) {
      const host = await Host.load(modules, { clock: systemClock, log })
      undo.defer(() => host.stop())
      await host.start({
        filesFolder: folder,
        store,
        timeZone: "America/Chicago",
        settings,
        decide: ({ action }) => ({ verdict: "allow", tier: 0, row: action, rules: [] }),
        audit: async () => undefined,
        hasRow: () => true,
        grants,
        ports,
      })
      return { stop: () => host.stop(), ask: (...asked) => asking(host, asked) }
    },
    onDisk() {
      const files = readdirSync(folder).filter((name) => name.startsWith("store.db"))
      return Buffer.concat(files.map((name) => readFileSync(join(folder, name))))
    },
  }
}

async function asking(
  host: Host,
  [module, command, input]: readonly [string, string, object],
): Promise<unknown> {
  const actor = { kind: "system", module: "test" } as const
  const reply = await host.bus.request({ module, command, input, actor, options: {} })
  assert.ok(reply.kind === "done", JSON.stringify(reply))
  return reply.value
}
