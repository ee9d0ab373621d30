/** A query of documents as SQL. Values are always parameters; no text of a caller becomes SQL. */
import type { CollectionSpec, IndexKind, Query } from "./documents.ts"
import { assert } from "./fault.ts"

/** What stands in an index: a plain value, or the keyed hash of one. */
export type Indexed = string | number | Buffer

/** Turns what is looked for into what stands in the index of that field. */
export type ToIndexed = (field: string, value: string | number | boolean) => Indexed

/** The collection that is looked through: its number is ours, and stands in the text. */
export interface Searched {
  readonly number: number
  readonly spec: CollectionSpec
}

export interface Selection {
  readonly sql: string
  readonly parameters: readonly Indexed[]
}

const LIMIT_DEFAULT = 100
const LIMIT_MAX = 1_000
const FIELD_NAME = /^\w+$/

/** The documents of a query, in order. Without `orderBy` the order is that of the ids. */
export function selectDocuments(query: Query, place: Searched, to: ToIndexed): Selection {
  const limit = query.limit ?? LIMIT_DEFAULT
  assert(Number.isInteger(limit) && limit >= 0 && limit <= LIMIT_MAX, "invalid_input")
  const { from, parameters, columnOf } = matches(query, place, to)
  const direction = query.descending ? "DESC" : "ASC"
  const order = [`d.id ${direction}`]
  if (query.orderBy) order.unshift(`${columnOf(query.orderBy)} ${direction}`)
  const columns = "d.id, d.version, d.sealed"
  // The limit stands in the text: as a parameter it would have SQLite plan anew each time.
  const sql = `SELECT ${columns} ${from} ORDER BY ${order.join(", ")} LIMIT ${limit}`
  return { sql, parameters }
}

/** How many documents match, whatever the limit. */
export function countDocuments(query: Query, place: Searched, to: ToIndexed): Selection {
  const { from, parameters } = matches(query, place, to)
  return { sql: `SELECT count(*) AS count ${from}`, parameters }
}

/**
 * One field leads, by its entries in the index: one that must be equal, else one that ranges or
 * orders. The others are read beside each document it leads to. Who lacks a field does not match.
 */
function matches(query: Query, { number, spec }: Searched, to: ToIndexed) {
  const { where = {}, from = {}, before = {}, orderBy } = query
  const ranged = [...Object.keys(from), ...Object.keys(before), ...(orderBy ? [orderBy] : [])]
  for (const field of Object.keys(where)) assert(kindOf(field, spec), "undeclared_index")
  for (const field of ranged) assert(kindOf(field, spec) === "plain", "undeclared_index")
  const [leading, ...others] = new Set([...Object.keys(where), ...ranged])
  const isJoined = leading !== undefined && !Object.hasOwn(where, leading)
  const columnOf = (field: string): string =>
    isJoined && field === leading ? "e.value" : besideOf(field, spec)
  const conditions: string[] = []
  const parameters: Indexed[] = []
  if (leading === undefined) conditions.push(`d.collection = ${number}`)
  else {
    conditions.push(isJoined ? joined(number) : listed(number))
    parameters.push(leading, ...(isJoined ? [] : [to(leading, where[leading]!)]))
  }
  for (const field of others) conditions.push(`${columnOf(field)} IS NOT NULL`)
  for (const [comparison, values] of Object.entries({ "=": where, ">=": from, "<": before })) {
    for (const [field, value] of Object.entries(values)) {
      if (field === leading && values === where) continue
      const indexed = to(field, value)
      conditions.push(`${columnOf(field)} ${comparison} ?`)
      parameters.push(Buffer.isBuffer(indexed) ? indexed.toString("base64") : indexed)
    }
  }
  const tables = isJoined ? "entries e CROSS JOIN documents d" : "documents d"
  return { from: `FROM ${tables} WHERE ${conditions.join(" AND ")}`, parameters, columnOf }
}

const joined = (collection: number): string =>
  `e.collection = ${collection} AND e.field = ? AND d.number = e.document`

/** Where the order of the index does not matter, a list of numbers costs less than a join. */
const listed = (collection: number): string =>
  `d.number IN
  (SELECT document FROM entries WHERE collection = ${collection} AND field = ? AND value = ?)`

/** The kind of a declared index; undefined when there is none that a query may name. */
function kindOf(field: string, { indexes = {} }: CollectionSpec): IndexKind | undefined {
  return Object.hasOwn(indexes, field) && FIELD_NAME.test(field) ? indexes[field] : undefined
}

/** The value that the document's own row holds of a field. */
function besideOf(field: string, spec: CollectionSpec): string {
  const path = kindOf(field, spec) === "blind" ? `${field}.blind` : field
  return `(d.entries ->> '$.${path}')`
}
