/** What one caller stated so far, and what is still to be asked. Pure; compares nothing. */
import { type Static, Type as t } from "typebox"
import { verification } from "./contract.ts"

const { conversation: _, ...parts } = verification.commands.offer.input.properties

/** Everything a caller may state about who they are. */
export const Stated = t.Partial(t.Object(parts))
export type Stated = Static<typeof Stated>

export const Attempt = t.Object({
  conversation: t.String(),
  /**
   * The patient; the conversation while nobody knows who that is. Its key seals what was stated.
   * Absent in what earlier versions wrote.
   */
  whose: t.Optional(t.String()),
  state: t.Union([t.Literal("asking"), t.Literal("passed"), t.Literal("locked")]),
  stated: Stated,
  failures: t.Integer({ minimum: 0 }),
  code: t.Optional(t.Object({ digits: t.String(), untilMs: t.Integer() })),
  /** Texts cost money and wake people: a conversation has only so many. */
  codesSent: t.Integer({ minimum: 0 }),
  passed: t.Optional(
    t.Object({
      patient: t.String(),
      caresFor: t.Array(t.String()),
      by: verification.commands.status.output.properties.by,
    }),
  ),
})

export type Attempt = Static<typeof Attempt>

export function emptyAttempt(conversation: string): Attempt {
  return {
    ...{ conversation, whose: conversation },
    ...{ state: "asking", stated: {}, failures: 0, codesSent: 0 },
  }
}

/**
 * The later statement counts: a caller may correct themselves. Whoever answers with one word, and
 * with one again, has told the first name and then the last; or the ears took two for one. The last
 * name once more is no first name.
 */
export function merged(before: Stated, said: Stated): Stated {
  const { firstName, ...others } = said
  if (firstName && !said.lastName && firstName === before.lastName) return { ...before, ...others }
  const isHalf = before.firstName && !before.lastName && firstName && !said.lastName
  return isHalf ? { ...before, ...others, lastName: firstName } : { ...before, ...said }
}

/**
 * The next question, in an order that does not depend on who exists; undefined when all is stated.
 */
export function nextQuestion(stated: Stated) {
  const { firstName, lastName, datesOfBirth, rxNumber, zip, code } = stated
  if (!firstName || !lastName) return "ask_name" as const
  if (!datesOfBirth || datesOfBirth.length === 0) return "ask_date_of_birth" as const
  if (!rxNumber && !zip && !code) return "ask_third" as const
  return undefined
}
