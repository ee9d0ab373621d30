/**
 * What counts when the house starts: the set-up that was changed on the screen before the site
 * file. Who is told a fact by the file is told it anew; a module's own setting stays its own.
 */
import { isDeepStrictEqual } from "node:util"
import { Value } from "typebox/value"
import { type Config, type ModuleSettings, settingsOf } from "#core/config.ts"
import { isRecord } from "#core/json.ts"
import type { Store } from "#core/store.ts"
import { Change, changes, newest, whole } from "./change.ts"
import { factsOf } from "./set-up.ts"

export function inForce(config: Config, store: Store, known: ModuleSettings) {
  store.declare("store-info", { changes })
  const [last] = store.collection("store-info.changes").find(newest)
  const { site } = config
  if (!last) return { timeZone: site.timeZone, settings: settingsOf(config, known) }
  const facts = factsOf(whole(Value.Parse(Change, last.doc), site).setUp)
  const settings = Object.fromEntries(
    Object.entries(site.modules.settings).map(([module, own]) => [
      module,
      isRecord(own) ? toldAnew(own, site, facts) : own,
    ]),
  )
  const changed = { ...site, ...facts, modules: { ...site.modules, settings } }
  return { timeZone: facts.timeZone, settings: settingsOf({ ...config, site: changed }, known) }
}

function toldAnew(own: object, site: object, facts: object) {
  const before = new Map<string, unknown>(Object.entries(site))
  const after = new Map<string, unknown>(Object.entries(facts))
  return Object.fromEntries(
    Object.entries(own).map(([name, value]) => {
      const isTold = after.has(name) && isDeepStrictEqual(value, before.get(name))
      return [name, isTold ? after.get(name) : value]
    }),
  )
}
