/** Which contracts each module's needs name, read from the code and not from what it claims. */
import { type CodeFile, isNode, type Node, type Tree } from "../tree.ts"
import { importsOf } from "./imports.ts"
import { contractDoor, homeOf } from "./table.ts"

type Need = "uses" | "hears"

/** Home of a module to the contract files its `uses` and `hears` name. */
export function declaredBy(
  tree: Tree,
  needs: readonly Need[] = ["uses", "hears"],
): ReadonlyMap<string, ReadonlySet<string>> {
  const declared = new Map<string, Set<string>>()
  for (const file of tree.code) {
    const origins = originsIn(tree, file)
    if (origins.size === 0) continue
    const home = homeOf(file.path)
    const targets = declared.get(home) ?? new Set()
    declared.set(home, targets)
    for (const name of namesIn(file, needs)) {
      const origin = origins.get(name)
      if (origin !== undefined) targets.add(origin)
    }
  }
  return declared
}

/** Local name to the contract file it was imported from. */
function originsIn(tree: Tree, file: CodeFile): ReadonlyMap<string, string> {
  const edges = importsOf({ ...tree, code: [file] }).filter(({ to }) => contractDoor.test(to))
  const imports = file.nodes.filter((node) => node.type === "ImportDeclaration")
  return new Map(
    edges.flatMap((edge) =>
      imports
        .filter((node) => file.lineAt(node.start) === edge.line)
        .flatMap((node) => localNames(node).map((name) => [name, edge.to] as const)),
    ),
  )
}

function localNames(node: Node): readonly string[] {
  const parts = Array.isArray(node.specifiers) ? node.specifiers : []
  return parts.flatMap((part) => (isNode(part.local) ? [String(part.local.name)] : []))
}

function namesIn(file: CodeFile, needs: readonly string[]): readonly string[] {
  return file.nodes
    .filter((node) => node.type === "Property" && isNode(node.key))
    .filter((node) => isNode(node.key) && needs.includes(String(node.key.name)))
    .flatMap((node) => {
      const value = isNode(node.value) ? node.value : undefined
      const elements = Array.isArray(value?.elements) ? value.elements : []
      return elements.filter(isNode).map((element) => String(element.name))
    })
}
