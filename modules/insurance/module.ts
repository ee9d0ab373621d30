/** Insurance: cards on file, in order, checked with payers. Tells no caller what is covered. */
import { DateTime } from "luxon"
import { systemClock } from "#core/clock.ts"
import { assert } from "#core/fault.ts"
import { defineModule } from "#core/module.ts"
import { openSwitch, type Switch } from "../../pms-adapters/ncpdp/telecom/switch.ts"
import { patients } from "../patients/contract.ts"
import { billedIn, billingRequest } from "./billing.ts"
import { takePhoto, textLink } from "./capture.ts"
import { insurance } from "./contract.ts"
import { eligibilityIn, eligibilityRequest } from "./eligibility.ts"
import { type Here, needs } from "./needs.ts"
import { inOrder, ORDERS, renumbered } from "./order.ts"
import { readField } from "./read-field.ts"

const DAY_MS = 86_400_000
const FORGOTTEN_MAX = 1_000
const LISTED_MAX = 10
const LAST_DIGITS = 4

let payers: Switch | undefined

export default defineModule(insurance, needs, {
  async start({ config, ports }) {
    if (!config.switch) return
    const { url, timeoutMs } = config.switch
    const token = await ports.secrets.read(config.switch.token)
    payers = openSwitch({ fetch, clock: systemClock, url, token, timeoutMs })
  },

  commands: {
    async readCard({ field, text, otherText }, { fail }) {
      const read = readField(field, text)
      const other = otherText === undefined ? read : readField(field, otherText)
      // Two ears that heard different numbers are no basis.
      if (!read || read.value !== other?.value) return fail("unreadable")
      return read.value === undefined ? { isAbsent: true } : { value: read.value, isAbsent: false }
    },

    async maskCard({ bin, member }) {
      const ending = /\d+$/.exec(member)?.[0].slice(-LAST_DIGITS)
      return { bin: bin.slice(-LAST_DIGITS), ...(ending === undefined ? {} : { member: ending }) }
    },

    async addCoverage({ patient, place, ...card }, context) {
      const { clock, emit, fail, newId, store } = context
      const before = await onFile(patient, context)
      const same = before.find(({ bin, member }) => bin === card.bin && member === card.member)
      if (same) return { coverage: same.coverage, order: same.order }
      const kept = place === "instead" ? [] : before
      const order = ORDERS[kept.length]
      if (order === undefined) return fail("three_on_file")
      const coverage = newId()
      const addedAtMs = Math.round(clock.nowMs())
      const gone = before.filter((one) => !kept.includes(one))
      await store.batch([
        ...gone.map((one) => ({ remove: "coverages", id: one.coverage })),
        {
          ...{ put: "coverages", id: coverage, version: 0 },
          doc: { coverage, patient, ...card, order, addedAtMs },
        },
      ])
      emit("changed", { patient })
      return { coverage, order }
    },

    listCoverage: async ({ patient }, context) => ({
      coverages: [...(await onFile(patient, context))],
    }),

    async orderCoverage({ patient, coverages }, context) {
      const { emit, fail, store } = context
      const before = await onFile(patient, context)
      const named = coverages.map((id) => before.find(({ coverage }) => coverage === id))
      const found = named.filter((one) => one !== undefined)
      const isAll = new Set(coverages).size === before.length && found.length === before.length
      if (!isAll) return fail("not_all")
      await store.batch(written(renumbered(found)))
      emit("changed", { patient })
      return {}
    },

    async endCoverage({ coverage }, context) {
      const { emit, fail, store } = context
      const ended = (await store.coverages.get(coverage))?.doc
      if (!ended) return fail("unknown_coverage")
      const { patient } = ended
      const rest = (await onFile(patient, context)).filter((one) => one.coverage !== coverage)
      await store.batch([{ remove: "coverages", id: coverage }, ...written(renumbered(rest))])
      emit("changed", { patient })
      return {}
    },

    async checkEligibility({ coverage }, context) {
      const { call, clock, config, emit, fail, signal, store } = context
      const card = (await store.coverages.get(coverage))?.doc
      if (!card) return fail("unknown_coverage")
      if (!payers) return fail("no_switch")
      const person = await call(patients, "contact", { patient: card.patient })
      assert(person.ok)
      const nowMs = Math.round(clock.nowMs())
      const today = DateTime.fromMillis(nowMs, { zone: config.timeZone }).toFormat("yyyy-MM-dd")
      const about = { card, npi: config.npi, today, person: person.value }
      const asked = await payers(eligibilityRequest(about), signal)
      if (!asked.ok) throw asked.outage
      const checked = eligibilityIn(asked.response)
      const eligibility = { isEligible: checked.isEligible, atMs: nowMs }
      await store.coverages.change(coverage, (doc) => ({ ...doc, eligibility }))
      emit("changed", { patient: card.patient })
      return { ...checked, checkedOn: today }
    },

    async resend({ patient, claim, serviceOn, priorAuthNumber }, context) {
      const { call, config, fail, signal } = context
      const [card] = await onFile(patient, context)
      if (!card) return fail("no_coverage")
      if (!payers) return fail("no_switch")
      const person = await call(patients, "contact", { patient })
      assert(person.ok)
      const about = { card, npi: config.npi, today: serviceOn, person: person.value }
      const asked = await payers(billingRequest(about, claim, priorAuthNumber), signal)
      // The payer may have it: the same claim again is answered as the first was.
      if (!asked.ok) throw asked.outage
      return billedIn(asked.response)
    },

    textLink: (asked, context) => textLink(asked, context),
    takePhoto: (sent, context) => takePhoto(sent, context),

    async listPhotos({ patient }, { store }) {
      const query = { where: { patient }, orderBy: "atMs", descending: true, limit: LISTED_MAX }
      const found = await store.photos.find(query)
      return { photos: found.map(({ doc: { photo, atMs } }) => ({ photo, atMs })) }
    },

    async showPhoto({ photo }, { fail, store }) {
      const found = (await store.photos.get(photo))?.doc
      if (!found) return fail("unknown_photo")
      const { patient, type, base64 } = found
      return { patient, type, base64 }
    },
  },

  facts: {
    addCoverage: async ({ patient }) => ({ patient }),
    listCoverage: async ({ patient }) => ({ patient }),
    listPhotos: async ({ patient }) => ({ patient }),
    orderCoverage: async ({ patient }) => ({ patient }),
    textLink: async ({ patient }) => ({ patient }),
    endCoverage: ofCoverage,
    checkEligibility: ofCoverage,
    async showPhoto({ photo }, { store }) {
      const patient = (await store.photos.get(photo))?.doc.patient
      return patient === undefined ? {} : { patient }
    },
  },

  schedules: {
    forget: {
      cron: "41 3 * * *",
      async run({ clock, config, store }) {
        const nowMs = Math.round(clock.nowMs())
        const before = { atMs: nowMs - config.photoDays * DAY_MS }
        for (const { id } of await store.photos.find({ before, limit: FORGOTTEN_MAX }))
          await store.photos.remove(id)
        const over = { before: { expiresAtMs: nowMs }, limit: FORGOTTEN_MAX }
        for (const { id } of await store.links.find(over)) await store.links.remove(id)
      },
    },
  },
})

async function onFile(patient: string, { store }: Here) {
  const found = await store.coverages.find({ where: { patient }, limit: LISTED_MAX })
  return inOrder(found.map(({ doc }) => doc))
}

function written(coverages: readonly { readonly coverage: string }[]) {
  return coverages.map((doc) => ({ put: "coverages", id: doc.coverage, doc }))
}

async function ofCoverage({ coverage }: { coverage: string }, { store }: Here) {
  const patient = (await store.coverages.get(coverage))?.doc.patient
  return patient === undefined ? {} : { patient }
}
