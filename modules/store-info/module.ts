/** Opening hours, the address and what else the pharmacy says of itself, as the site wrote it. */
import { type Static, Type as t } from "typebox"
import { defineModule, nothing } from "#core/module.ts"
import { Fact, Holiday, Hours, Site } from "#core/site.ts"
import { storeInfo } from "./contract.ts"
import { factToday } from "./fact.ts"
import { nextOpening, openUntil, spansOn, weekOf } from "./opening.ts"

/** All of it is a fact of the site, written down once. */
const config = t.Object({
  name: Site.properties.name,
  spokenName: Site.properties.spokenName,
  address: Site.properties.address,
  phones: Site.properties.phones,
  timeZone: t.String(),
  hours: Hours,
  holidays: t.Array(Holiday, { default: [] }),
  facts: t.Array(Fact, { default: [] }),
})

const needs = { ...nothing, config } as const

export default defineModule(storeInfo, needs, {
  commands: {
    async hours({ atMs }, { config, clock }) {
      const nowMs = atMs ?? clock.nowMs()
      const today = spansOn(config, nowMs)
      const closes = openUntil(config, nowMs)
      const next = closes === undefined ? nextOpening(config, nowMs) : undefined
      return {
        isOpen: closes !== undefined,
        today,
        week: weekOf(config),
        ...(closes === undefined ? {} : { closes }),
        ...(next === undefined ? {} : { next }),
      }
    },
    async location(_, { config }) {
      const { name, spokenName, phones } = config
      return { name, spokenName, address: written(config.address), phone: phones.pharmacy }
    },
    async fact({ topic, language }, { clock, config, fail }) {
      const known = factToday(config.facts, topic, spansOn(config, clock.nowMs()).on)
      if (!known) return fail("no_fact")
      const { says, source, since, until } = known
      return { says: says[language], source, since, ...(until === undefined ? {} : { until }) }
    },
  },
})

function written({ street, city, state, zip }: Static<typeof config>["address"]): string {
  return `${street}, ${city}, ${state} ${zip}`
}
