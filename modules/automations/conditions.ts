/** Whether conditions hold for an event, and what the command is given then. Pure. */
import type { Condition, Filling, Test, Value, Values } from "./contract.ts"

export interface Looked {
  held: boolean
  value?: Value
}

/** Each condition, with the value that was looked at. */
export function looked(conditions: readonly Condition[], values: Values): Looked[] {
  return conditions.map(({ field, test }) => {
    const value = fieldIn(values, field)
    return { held: holds(test, value), ...(value === undefined ? {} : { value }) }
  })
}

function holds(test: Test, value: Value | undefined): boolean {
  if ("isThere" in test) return test.isThere === (value !== undefined)
  if ("equals" in test) return value === test.equals
  if ("oneOf" in test) return value !== undefined && test.oneOf.includes(value)
  if (typeof value !== "number") return false
  return "moreThan" in test ? value > test.moreThan : value < test.lessThan
}

/** The input of the command. A field that the event leaves out is left out here as well. */
export function filled(input: Readonly<Record<string, Filling>>, values: Values): Values {
  const given = Object.entries(input).flatMap(([name, filling]): [string, Value][] => {
    const value = "constant" in filling ? filling.constant : fieldIn(values, filling.field)
    return value === undefined ? [] : [[name, value]]
  })
  return Object.fromEntries(given)
}

function fieldIn(values: Values, field: string): Value | undefined {
  return Object.hasOwn(values, field) ? values[field] : undefined
}
