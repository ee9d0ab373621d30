/** Types that lie: `as`, `any` and comments that switch a checker off. */
import { isNode, isTest, type Node, type Report, type Tree } from "../tree.ts"

const mayCast = (path: string): boolean => path.startsWith("core/") || isTest(path)

function isConstAssertion(node: Node): boolean {
  const target = isNode(node.typeAnnotation) ? node.typeAnnotation : undefined
  return isNode(target?.typeName) && target.typeName.name === "const"
}

export function honestTypes({ code }: Tree): Report {
  const violations = code.flatMap((file) =>
    file.nodes.flatMap((node) => {
      const where = `${file.path}:${file.lineAt(node.start)}`
      if (node.type === "TSAnyKeyword")
        return [`${where}: any is banned, use unknown and narrow it`]
      const isCast = node.type === "TSAsExpression" && !isConstAssertion(node)
      if (!isCast || mayCast(file.path)) return []
      return [`${where}: \`as\` is banned, use a type guard or Value.Parse`]
    }),
  )
  return { looked: `${code.length} files`, seen: code.length, violations }
}

/** A checker is never told to look away; a rule that is wrong is changed for all. */
export function noSuppressions({ code }: Tree): Report {
  const hushes = /@ts-(ignore|nocheck)|biome-ignore|eslint-disable/
  const comments = code.flatMap((file) => file.comments.map((comment) => ({ file, comment })))
  const violations = comments
    .filter(({ comment }) => hushes.test(comment.value))
    .map(({ file, comment }) => `${file.path}:${file.lineAt(comment.start)} hushes a checker`)
  return { looked: `${comments.length} comments`, seen: comments.length, violations }
}

export function noDefaultExports({ code }: Tree): Report {
  const mayExport = /(^|\/)(module|adapter|[^/]+\.(config|d))\.ts$/
  const violations = code.flatMap((file) =>
    file.nodes
      .filter((node) => node.type === "ExportDefaultDeclaration" && !mayExport.test(file.path))
      .map((node) => `${file.path}:${file.lineAt(node.start)}: export it by its name`),
  )
  return { looked: `${code.length} files`, seen: code.length, violations }
}
