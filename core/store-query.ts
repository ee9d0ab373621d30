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
  const { from, parameters, fields } = matches(query, spec, to)
  const direction = query.descending ? "DESC" : "ASC"
  const order = [`${fields.length > 0 ? "e0" : "d"}.id ${direction}`]
  if (query.orderBy) order.unshift(`e${fields.indexOf(query.orderBy)}.value ${direction}`)
  return {
    sql: `SELECT d.id, d.version, d.key, d.sealed ${from} ORDER BY ${order.join(", ")} LIMIT ?`,
    parameters: [...parameters, limit],
  }
}

/** How many documents match, whatever the limit. */
export function countDocuments(query: Query, spec: CollectionSpec, to: ToIndexed): Selection {
  const { from, parameters } = matches(query, spec, to)
  return { sql: `SELECT count(*) ${from}`, parameters }
}

/**
 * One entry a field, joined in the order written: what must be equal narrows first. A document that
 * lacks the field has no entry, so it does not match.
 */
function matches(query: Query, spec: CollectionSpec, to: ToIndexed) {
  const { where = {}, from = {}, before = {}, orderBy } = query
  const ranged = [...Object.keys(from), ...Object.keys(before), ...(orderBy ? [orderBy] : [])]
  const fields = [...new Set([...Object.keys(where), ...ranged])]
  const parameters: Indexed[] = []
  const conditions: string[] = []
  for (const [n, field] of fields.entries()) {
    const kind = Object.hasOwn(spec.indexes ?? {}, field) ? spec.indexes?.[field] : undefined
    assert(kind === "plain" || (kind === "blind" && !ranged.includes(field)), "undeclared_index")
    conditions.push(`e${n}.collection = $collection AND e${n}.field = ?`)
    parameters.push(field)
    if (n > 0) conditions.push(`e${n}.id = e0.id`)
    for (const [comparison, values] of Object.entries({ "=": where, ">=": from, "<": before })) {
      if (!Object.hasOwn(values, field)) continue
      conditions.push(`e${n}.value ${comparison} ?`)
      parameters.push(to(field, values[field]!))
    }
  }
  const tables = [...fields.map((_, n) => `entries e${n}`), "documents d"]
  if (fields.length > 0) conditions.push("d.id = e0.id")
  conditions.push("d.collection = $collection")
  return {
    from: `FROM ${tables.join(" CROSS JOIN ")} WHERE ${conditions.join(" AND ")}`,
    parameters,
    fields,
  }
}
