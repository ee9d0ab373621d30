/** What an adapter must do whose vendor tells why a claim was refused. In the conformance suite. */
import assert from "node:assert/strict"
import { test } from "node:test"
import type { Running } from "./test-context.ts"
import type { World } from "./world.ts"

/** As vendors write them, and as the payer meant them: what nobody knows is kept. */
const written = ["75", " 3w ", 76, "zz9", "", "75"]
const meant = ["75", "3W", "76", "ZZ9"]

/** Declares the tests. */
export function tryClaims(bench: { readonly world: World; open(): Promise<Running> }): void {
  const openOver = async () => {
    const running = await bench.open()
    const { refuse, settle, known } = bench.world
    if (!running.offers("claimRejects")) return undefined
    assert.ok(refuse && settle, "a vendor that tells refusals has a payer who refuses")
    const codesOf = async (rxNumber: string) => {
      const answer = await running.ask("claimRejects", { rxNumber })
      return answer.ok ? answer.value.codes : answer.fault.code
    }
    return { refuse, settle, codesOf, rxNumber: known.refillable, absentRx: known.absentRx }
  }

  test("a claim's reject codes are told as the payer meant them, unknown ones too", async () => {
    const over = await openOver()
    if (!over) return
    const { codesOf, refuse, rxNumber } = over
    assert.deepEqual(await codesOf(rxNumber), [])
    await refuse(rxNumber, written)
    assert.deepEqual(await codesOf(rxNumber), meant)
    await refuse(rxNumber, ["not a code", "06"])
    assert.deepEqual(await codesOf(rxNumber), ["06"])
  })

  test("once the payer pays, no reject code is told any more", async () => {
    const over = await openOver()
    if (!over) return
    const { codesOf, refuse, rxNumber, settle } = over
    await refuse(rxNumber, written)
    await settle(rxNumber)
    assert.deepEqual(await codesOf(rxNumber), [])
  })

  test("of a prescription that the vendor does not have no claim is told", async () => {
    const over = await openOver()
    if (over) assert.equal(await over.codesOf(over.absentRx), "unknown_rx")
  })
}
