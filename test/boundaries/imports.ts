/** Every import of the tree as an edge from file to file, or from file to package. */
import { dirname, join, normalize } from "node:path"
import { type CodeFile, isNode, type Node, type Tree } from "../tree.ts"

export interface Import {
  readonly from: string
  /** A path from the root for our own files, else the name of a package. */
  readonly to: string
  readonly own: boolean
  /** Types are erased, so a circle of them is no circle at run time. */
  readonly typeOnly: boolean
  readonly line: number
}

export function importsOf(tree: Tree): readonly Import[] {
  return tree.code.flatMap((file) => file.nodes.flatMap((node) => edgesAt(file, node)))
}

/** Imports whose target is computed: nobody can check those. */
export function unreadableImports(tree: Tree): readonly Omit<Import, "to">[] {
  return tree.code.flatMap((file) =>
    file.nodes
      .filter((node) => node.type === "ImportExpression" && textOf(node.source) === undefined)
      .map((node) => ({
        from: file.path,
        own: true,
        typeOnly: false,
        line: file.lineAt(node.start),
      })),
  )
}

function edgesAt(file: CodeFile, node: Node): readonly Import[] {
  const specifier = specifierOf(node)
  if (specifier === undefined) return []
  const own = specifier.startsWith(".") || specifier.startsWith("#")
  const edge = {
    from: file.path,
    to: own ? resolve(file.path, specifier) : packageOf(specifier),
    own,
    typeOnly: isErased(node),
    line: file.lineAt(node.start),
  }
  return [edge]
}

function specifierOf(node: Node): string | undefined {
  switch (node.type) {
    case "ImportDeclaration":
    case "ExportNamedDeclaration":
    case "ExportAllDeclaration":
    case "ImportExpression":
    case "TSImportType":
      return textOf(node.source)
    case "NewExpression":
      return fileUrlOf(node)
    default:
      return undefined
  }
}

/** `new URL("./worker.ts", import.meta.url)` reaches a file as surely as an import does. */
function fileUrlOf(node: Node): string | undefined {
  const [first, second] = Array.isArray(node.arguments) ? node.arguments : []
  const isUrl = isNode(node.callee) && node.callee.name === "URL"
  const isHere = isNode(second) && second.type === "MemberExpression"
  const target = isUrl && isHere ? textOf(first) : undefined
  if (!target?.endsWith(".ts")) return undefined
  return target.startsWith(".") ? target : `./${target}`
}

function textOf(node: unknown): string | undefined {
  if (!isNode(node)) return undefined
  const literal = isNode(node.literal) ? node.literal : node
  return typeof literal.value === "string" ? literal.value : undefined
}

function isErased(node: Node): boolean {
  if (node.type === "TSImportType" || node.importKind === "type") return true
  if (node.exportKind === "type") return true
  const parts = node.type === "ImportDeclaration" ? node.specifiers : undefined
  return (
    Array.isArray(parts) && parts.length > 0 && parts.every((part) => part.importKind === "type")
  )
}

function resolve(from: string, specifier: string): string {
  const path = specifier.startsWith("#") ? specifier.slice(1) : join(dirname(from), specifier)
  return normalize(path).replace(/[?].*$/, "")
}

function packageOf(specifier: string): string {
  const parts = specifier.split("/")
  return parts.slice(0, specifier.startsWith("@") ? 2 : 1).join("/")
}
