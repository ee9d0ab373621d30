/** Circles in a graph of names, each told once as the path that closes it. */

export interface Edge {
  readonly from: string
  readonly to: string
}

export function circlesIn(edges: readonly Edge[]): readonly string[] {
  const next = Map.groupBy(edges, (edge) => edge.from)
  const done = new Set<string>()
  const found: string[] = []

  function visit(name: string, path: readonly string[]): void {
    const start = path.indexOf(name)
    if (start >= 0) found.push([...path.slice(start), name].join(" → "))
    if (start >= 0 || done.has(name)) return
    for (const { to } of next.get(name) ?? []) visit(to, [...path, name])
    done.add(name)
  }

  for (const name of next.keys()) visit(name, [])
  return found
}
