/**
 * `npm run calls:spoken -- --pms liberty`: the golden calls that every pharmacy system has to pass,
 * spoken by a caller's voice into real ears, one after the other, over that vendor's simulator.
 * `--only NAME` plays one. Exits with 1 when one failed, after printing what was said in it.
 */
import { neuralVoice } from "../bench/conversations/channels/neural-voices.ts"
import { aloud } from "../bench/conversations/channels/speaker.ts"
import { asOn, differencesOf, onEveryVendor } from "../test/calls/by-vendor.ts"
import { openRingingPharmacy } from "../test/calls/house.ts"
import { ring } from "../test/calls/ring.ts"
import { momentOf } from "../test/calls/scenario.ts"
import { MOMENT, prepare, startSystem } from "../test/calls/vendor.ts"
import { adapterFolders } from "./fuzz/worlds.ts"
import { optionsOf } from "./options.ts"

const SPEAKER = "am_michael"

const { values } = optionsOf(import.meta, {
  options: {
    /** A folder of `pms-adapters/`. */
    pms: { type: "string", default: "demo" },
    only: { type: "string" },
  },
})

const vendor = values.pms
if (!adapterFolders().includes(vendor))
  throw new Error(`--pms is one of ${adapterFolders().join(", ")}`)
const scripts = onEveryVendor.filter(({ name }) => (values.only ?? name) === name)
if (scripts.length === 0)
  throw new Error(`--only is one of ${onEveryVendor.map(({ name }) => name).join(", ")}`)

await using undo = new AsyncDisposableStack()
const cleanup = { after: (run: () => unknown) => undo.defer(async () => void (await run())) }
const { world, pharmacySystem } = await startSystem(cleanup, vendor)
const pharmacy = await openRingingPharmacy(cleanup, { ...momentOf(MOMENT), pharmacySystem })
const neural = await neuralVoice(cleanup)
const rung = { ...pharmacy, voice: (text: string) => neural(aloud(text), SPEAKER, 1) }
const differences = differencesOf(vendor)

for (const script of scripts) {
  const difference = differences[script.name]
  const played = difference ? asOn(script, difference) : script
  await prepare(pharmacy, world)
  await world.trouble({ mode: script.given?.pms ?? "ok" })
  const { failed, repeats, trace } = await ring(played, rung)
  await world.trouble({ mode: "ok" })
  const again = repeats === 0 ? "" : `, ${repeats} said again`
  console.log(`${failed.length === 0 ? "ok  " : "FAIL"} ${script.name}${again}`)
  if (failed.length === 0) continue
  process.exitCode = 1
  for (const line of [...failed, ...trace]) console.log(`       ${line}`)
}
