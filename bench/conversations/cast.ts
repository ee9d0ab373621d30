/** The people of the pharmacy system, as its simulator tells them: who may call, what is true. */
import { type Static, Type as t } from "typebox"
import { parseJson } from "#core/json.ts"

const Member = t.Object({
  patient: t.Object({
    id: t.String(),
    firstName: t.String(),
    lastName: t.String(),
    bornOn: t.String(),
    phones: t.Array(t.String()),
    zip: t.String(),
  }),
  prescriptions: t.Array(t.Object({ rx: t.String(), drug: t.String() })),
})
export type Member = Static<typeof Member>

export interface Cast {
  readonly members: readonly Member[]
  /** By first and last name. Throws for a name that nobody there has. */
  named(name: string): Member
  /** What the prescription with this number is called. Throws when there is none. */
  drugOf(rx: string): string
}

export async function fetchCast(pmsUrl: string): Promise<Cast> {
  const answer = await (await fetch(`${pmsUrl}/cast`)).text()
  return castOf(parseJson(answer, t.Object({ cast: t.Array(Member) })).cast)
}

export function castOf(members: readonly Member[]): Cast {
  const drugs = new Map(
    members.flatMap(({ prescriptions }) => prescriptions.map(({ rx, drug }) => [rx, drug])),
  )
  return {
    members,
    named(name) {
      const found = members.find((member) => nameOf(member) === name)
      if (!found) throw new Error(`${name} is not in the cast of the pharmacy system`)
      return found
    },
    drugOf(rx) {
      const drug = drugs.get(rx)
      if (drug === undefined) throw new Error(`the cast has no prescription ${rx}`)
      return drug
    },
  }
}

export function nameOf({ patient: { firstName, lastName } }: Member): string {
  return `${firstName} ${lastName}`
}
