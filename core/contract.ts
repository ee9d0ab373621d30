/**
 * A contract: what a module promises others. Schemas only, no code. It is the API, the validator of
 * the bus, the grammar of the language model and the page in the docs, all from this one object.
 */
import type { Static, TSchema } from "typebox"

export type Version = `${number}.${number}.${number}`

/** Irreversible: a second time would be a second act in the world, so it carries a key. */
export type Effect = "read" | "write" | "irreversible"

export interface CommandSpec {
  /** One sentence, imperative, for the docs, the model and the work queue. */
  readonly does: string
  readonly effect: Effect
  /** The row of the tier matrix that decides. A command without a row stops the boot. */
  readonly action: string
  readonly input: TSchema
  readonly output: TSchema
  /** Code to fixed sentence. The sentence never holds a value. */
  readonly faults: Readonly<Record<string, string>>
  /** Input fields that are protected health information. */
  readonly phi?: readonly string[]
  /** The answer holds protected health information. */
  readonly discloses?: true
  /** A module may leave this command out when the system behind it lacks the operation. */
  readonly optional?: true
}

export interface ContractSpec {
  readonly name: string
  readonly version: Version
  readonly commands: Readonly<Record<string, CommandSpec>>
  /** Facts, in the past tense. */
  readonly events: Readonly<Record<string, TSchema>>
}

export type Name<T> = keyof T & string
export type Input<K extends ContractSpec, C extends Name<K["commands"]>> = Static<
  K["commands"][C]["input"]
>
export type Output<K extends ContractSpec, C extends Name<K["commands"]>> = Static<
  K["commands"][C]["output"]
>
export type FaultCode<K extends ContractSpec, C extends Name<K["commands"]>> = Name<
  K["commands"][C]["faults"]
>
export type EventOf<K extends ContractSpec, E extends Name<K["events"]>> = Static<K["events"][E]>

export function defineContract<const K extends ContractSpec>(contract: K): K {
  return Object.freeze(contract)
}
