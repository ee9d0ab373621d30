/** ADT: a person was entered, changed, or merged with another. */
import { requireType } from "./header.ts"
import { type Message, requiredSegment, segmentOfKind } from "./message.ts"
import { type Identifier, identifiersAt, type Person, readPerson } from "./person.ts"
import { Hl7Error } from "./trouble.ts"

/** Admitted or registered, updated, added, changed, merged. */
const events = ["A01", "A04", "A05", "A08", "A18", "A28", "A31", "A40"] as const
const merging: readonly string[] = ["A18", "A40"]

export interface Demographics {
  readonly event: string
  readonly person: Person
  /** Identifiers that from now on mean this person. Empty but for a merge. */
  readonly replaces: readonly Identifier[]
}

export function readAdt(message: Message): Demographics {
  const { trigger = "" } = requireType(message, "ADT", events)
  const person = readPerson(requiredSegment(message, "PID"))
  if (person.ids.length === 0) throw new Hl7Error("missing_field", { segment: "PID", field: 3 })
  const isMerge = merging.includes(trigger)
  const replaces = isMerge ? identifiersAt(segmentOfKind(message, "MRG"), 1) : []
  if (isMerge && replaces.length === 0) {
    throw new Hl7Error("missing_field", { segment: "MRG", field: 1 })
  }
  return { event: trigger, person, replaces }
}
