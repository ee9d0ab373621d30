/** A query of documents as SQL. Values are always parameters; no text of a caller becomes SQL. */
import type { CollectionSpec, Query } from "./documents.ts"
import { assert } from "./fault.ts"

/** What stands in an index: a plain value, or the keyed hash of one. */
export type Indexed = string | number | Buffer

/** Turns what is looked for into what stands in the index of that field. */
export type ToIndexed = (field: string, value: string | number | boolean) => Indexed

export interface Selection {
  readonly sql: string
  readonly parameters: readonly Indexed[]
}

const LIMIT_DEFAULT = 100
const LIMIT_MAX = 1_000

/** The documents of a query, in order. Without `orderBy` the order is that of the ids. */
export function selectDocuments(query: Query, spec: CollectionSpec, to: ToIndexed): Selection {
  const limit = query.limit ?? LIMIT_DEFAULT
  assert(Number.isInteger(limit) && limit >= 0 && limit <= LIMIT_MAX, "invalid_input")
  const { joins, parameters, fields } = matches(query, spec, to)
  const direction = query.descending ? "DESC" : "ASC"
  const order = [`d.id ${direction}`]
  if (query.orderBy) order.unshift(`e${fields.indexOf(query.orderBy)}.value ${direction}`)
  return {
    sql: `SELECT d.id, d.version, d.key, d.sealed FROM documents d${joins} WHERE d.collection = ?
      ORDER BY ${order.join(", ")} LIMIT ${limit}`,
    parameters,
  }
}

/** How many documents match, whatever the limit. */
export function countDocuments(query: Query, spec: CollectionSpec, to: ToIndexed): Selection {
  const { joins, parameters } = matches(query, spec, to)
  return { sql: `SELECT count(*) FROM documents d${joins} WHERE d.collection = ?`, parameters }
}

/** One join a field. A document that lacks the field has no entry, so it does not match. */
function matches(query: Query, spec: CollectionSpec, to: ToIndexed) {
  const { where = {}, from = {}, before = {}, orderBy } = query
  const ranged = [...Object.keys(from), ...Object.keys(before), ...(orderBy ? [orderBy] : [])]
  const fields = [...new Set([...Object.keys(where), ...ranged])]
  for (const field of fields) {
    const kind = Object.hasOwn(spec.indexes ?? {}, field) ? spec.indexes?.[field] : undefined
    assert(kind === "plain" || (kind === "blind" && !ranged.includes(field)), "undeclared_index")
  }
  const parameters: Indexed[] = []
  const joins = fields.map((field, n) => {
    let sql = ` JOIN entries e${n} ON e${n}.collection = d.collection AND e${n}.id = d.id`
    sql += ` AND e${n}.field = ?`
    parameters.push(field)
    for (const [values, comparison] of [
      [where, "="] as const,
      [from, ">="] as const,
      [before, "<"] as const,
    ]) {
      if (!Object.hasOwn(values, field)) continue
      sql += ` AND e${n}.value ${comparison} ?`
      parameters.push(to(field, values[field]!))
    }
    return sql
  })
  return { joins: joins.join(""), parameters, fields }
}
