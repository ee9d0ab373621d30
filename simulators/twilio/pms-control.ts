/** The controls of the demo pharmacy system: its faults before a call, its refills after it. */
import { Type as t } from "typebox"
import { Value } from "typebox/value"
import type { Script } from "./script.ts"

const Submissions = t.Object({
  submissions: t.Array(t.Object({ rx: t.String() })),
})

/** Puts the pharmacy system into the state a script asks for. */
export async function setPmsFault(
  pmsUrl: string,
  mode: NonNullable<Script["given"]>["pms"] = "ok",
): Promise<void> {
  const response = await fetch(`${pmsUrl}/faults`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ mode }),
  })
  if (!response.ok) throw new Error(`the pharmacy system answered ${response.status}`)
}

/** Moves fills to where a script has them, by prescription. */
export async function movePmsFills(
  pmsUrl: string,
  fills: Readonly<Record<string, string>>,
): Promise<void> {
  for (const [rx, code] of Object.entries(fills)) {
    const body = JSON.stringify({ rx, code })
    const response = await fetch(`${pmsUrl}/fills`, { method: "POST", body })
    if (!response.ok) throw new Error(`the pharmacy system answered ${response.status}`)
  }
}

/** Lets the payer refuse claims, by prescription, with those codes. */
export async function refusePmsClaims(
  pmsUrl: string,
  claims: Readonly<Record<string, readonly string[]>>,
): Promise<void> {
  for (const [rx, codes] of Object.entries(claims)) {
    const body = JSON.stringify({ rx, codes })
    const response = await fetch(`${pmsUrl}/claims`, { method: "POST", body })
    if (!response.ok) throw new Error(`the pharmacy system answered ${response.status}`)
  }
}

/** How many refills were submitted so far, by prescription number. */
export async function countRefills(pmsUrl: string): Promise<Readonly<Record<string, number>>> {
  const response = await fetch(`${pmsUrl}/submissions`)
  const { submissions } = Value.Parse(Submissions, await response.json())
  const count: Record<string, number> = {}
  for (const { rx } of submissions) count[rx] = (count[rx] ?? 0) + 1
  return count
}

/** What was submitted between two counts. */
export function refillsSince(
  before: Readonly<Record<string, number>>,
  after: Readonly<Record<string, number>>,
): Readonly<Record<string, number>> {
  return Object.fromEntries(
    Object.entries(after).flatMap(([rx, count]) =>
      count > (before[rx] ?? 0) ? [[rx, count - (before[rx] ?? 0)]] : [],
    ),
  )
}
