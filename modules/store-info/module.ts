/** Opening hours and the address, as the site configured them. */
import { type Static, Type as t } from "typebox"
import { defineModule, nothing } from "#core/module.ts"
import { Holiday, Hours, Site } from "#core/site.ts"
import { storeInfo } from "./contract.ts"
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
  },
})

function written({ street, city, state, zip }: Static<typeof config>["address"]): string {
  return `${street}, ${city}, ${state} ${zip}`
}
