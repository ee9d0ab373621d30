/**
 * Tries a pharmacy system with settings that do not count yet, and answers what belongs into the
 * site file. It writes nothing: a person with the file in hand does, and the next start takes it.
 */
import { Type as t } from "typebox"
import { Outage } from "#core/fault.ts"
import { parseJson } from "#core/json.ts"
import { type Context, defineModule, nothing } from "#core/module.ts"
import { Choices, pmsTrials, Tried } from "./contract.ts"
import { runPms } from "./program.ts"
import { isOfPms, referencesIn } from "./references.ts"

const needs = {
  ...nothing,
  ports: ["secrets"],
  config: t.Object({ program: t.Optional(t.String({ minLength: 1 })) }),
} as const

type Here = Context<typeof pmsTrials, typeof needs>

interface Wanted {
  readonly adapter: string
  readonly settings: Readonly<Record<string, unknown>>
}

/** The last trial; one at a time, for each starts a program. */
let last: { readonly trial: string; tried?: Tried } | undefined
/** Asked once: adapters do not change while the house runs. */
let choices: Promise<string> | undefined

export default defineModule(pmsTrials, needs, {
  commands: {
    async choices(_, { config: { program } }) {
      choices ??= runPms({ program, what: "choices" })
      try {
        return parseJson(await choices, Choices)
      } catch (trouble) {
        choices = undefined
        throw trouble
      }
    },

    async begin(wanted, context) {
      if (last && !last.tried) return context.fail("under_way")
      if (!referencesIn(wanted.settings).every(isOfPms)) return context.fail("not_of_pms")
      const trial = context.newId()
      const begun: NonNullable<typeof last> = { trial }
      last = begun
      void triedWith(wanted, context).then((tried) => {
        begun.tried = tried
      })
      return { trial }
    },

    async result({ trial }, { fail }) {
      if (last?.trial !== trial) return fail("unknown_trial")
      return last.tried ? { tried: last.tried } : {}
    },
  },
})

/** A secret that is not there, and a program that fell, are results like others. */
async function triedWith(
  { adapter, settings }: Wanted,
  { config: { program }, ports }: Here,
): Promise<Tried> {
  try {
    const references = referencesIn(settings)
    const read = references.map(async (one) => [one, await ports.secrets.read(one)] as const)
    const secrets = Object.fromEntries(await Promise.all(read))
    const input = { adapter, settings, secrets }
    return parseJson(await runPms({ program, what: "try", input }), Tried)
  } catch (trouble) {
    if (!(trouble instanceof Outage)) throw trouble
    return { problems: [{ where: "", says: trouble.hint }], findings: [] }
  }
}
