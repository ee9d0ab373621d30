/** What a demo has dispensed before it was started, so that there is something to reckon with. */
import { DateTime } from "luxon"
import { written } from "../../pms-adapters/ncpdp/thousandths.ts"
import { type Here, nowHere } from "./needs.ts"

const DAYS = 56
const NOON = 12
/** Tablets a day, of an average of ten: weekdays that are quiet, Sundays that are closed. */
const week = [16, 9, 12, 8, 14, 11, 0] as const

export async function openDemo(context: Here): Promise<void> {
  const { config, store } = context
  const today = DateTime.fromMillis(nowHere(context), { zone: config.timeZone }).startOf("day")
  for (const [at, { ndc, daily }] of config.demo.entries()) {
    if (await store.movements.get(`demo-${at}-1`)) continue
    const lines = Array.from({ length: DAYS }, (_, before) => before + 1).flatMap((before) => {
      const day = today.minus({ days: before })
      // Weekdays count from 1, Monday; the weeks are not quite alike.
      const amount = Math.round((daily * (week[day.weekday - 1] ?? 0) * (8 + (before % 5))) / 100)
      const movement = `demo-${at}-${before}`
      const line = { movement, ndc, kind: "dispense", by: "demo" }
      const atMs = day.set({ hour: NOON }).toMillis()
      const doc = { ...line, quantity: written(-1_000 * amount), atMs }
      return amount === 0 && before > 1 ? [] : [{ put: "movements", id: movement, doc, version: 0 }]
    })
    await store.batch(lines)
  }
}
