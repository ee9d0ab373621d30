/**
 * When the test half was last looked at. Every whole run of it leaves a line in a file that is
 * kept with the code, so that a reader can count how often it was.
 */
import { existsSync, readFileSync, writeFileSync } from "node:fs"
import { Type as t } from "typebox"
import { parseJson } from "#core/json.ts"
import type { Results } from "./results.ts"

const Looks = t.Array(
  t.Object({
    at: t.String(),
    channel: t.String(),
    seed: t.Integer(),
    tasks: t.Integer(),
    success: t.Number(),
  }),
)

const LOOKS_MAX = 200
const usualFile = new URL("test-half-runs.json", import.meta.url)

export function noteLook({ channel, seed, tasks, success }: Results, nowMs: number): void {
  const look = { at: new Date(nowMs).toISOString(), channel, seed, tasks, success }
  const all = [...looks(), look].slice(-LOOKS_MAX)
  writeFileSync(usualFile, `${JSON.stringify(all, null, 2)}\n`)
}

/** One sentence for the foot of a report. */
export function lastLook(channel: string): string {
  const all = looks().filter((look) => look.channel === channel)
  const last = all.at(-1)
  if (!last) return `The test half was never run by ${channel}.`
  const success = (last.success * 100).toFixed(0)
  const times = all.length === 1 ? "once" : `${all.length} times`
  const when = `${last.at.slice(0, 10)} at ${last.at.slice(11, 16)} UTC`
  return `The test half was run ${times} by ${channel}, last on ${when}: ${success} %.`
}

function looks() {
  return existsSync(usualFile) ? parseJson(readFileSync(usualFile, "utf8"), Looks) : []
}
