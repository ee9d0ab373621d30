/** Exports: each is used somewhere, if only in its own file. The rest is dead. */
import { type CodeFile, isNode, type Node, type Report, type Tree } from "../tree.ts"

export function noDeadExports({ code }: Tree): Report {
  const mentions = countNames(code)
  const exported = code.flatMap((file) =>
    file.nodes
      .filter(({ type }) => type === "ExportNamedDeclaration")
      .flatMap((node) => namesDeclaredBy(node))
      .map((name) => ({ file, name })),
  )
  const dead = exported.filter(({ name }) => (mentions.get(name) ?? 0) < 2)
  const violations = dead.map(({ file, name }) => `${file.path} exports ${name}, which nobody uses`)
  return { looked: `${exported.length} exports`, seen: exported.length, violations }
}

function namesDeclaredBy({ declaration }: Node): readonly string[] {
  if (!isNode(declaration)) return []
  const declared = Array.isArray(declaration.declarations)
    ? declaration.declarations
    : [declaration]
  return declared.flatMap((each) =>
    isNode(each) && isNode(each.id) && typeof each.id.name === "string" ? [each.id.name] : [],
  )
}

/** How often each name stands anywhere; a type that shares its value's name counts once. */
function countNames(code: readonly CodeFile[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>()
  for (const { nodes } of code) {
    for (const { type, name } of nodes) {
      const isName = (type === "Identifier" || type === "JSXIdentifier") && typeof name === "string"
      if (isName) counts.set(name, (counts.get(name) ?? 0) + 1)
    }
  }
  return counts
}
