/** Names that say nothing about what a thing is. */
import { isNode, type Report, type Tree } from "../tree.ts"

/** Empty anywhere in a name. */
export const EMPTY_WORDS: ReadonlySet<string> = new Set(
  "util utils helper helpers common misc manager managers service services base".split(" "),
)
/** Empty when nothing says of what. */
const EMPTY_ALONE = new Set(["data", "info"])
const KEBAB_CASE = /^_?[a-z0-9]+(-[a-z0-9]+)*(\.[a-z0-9-]+)*$/
const TYPES = /^(TSInterfaceDeclaration|TSTypeAliasDeclaration|ClassDeclaration)$/

/** Files and folders: kebab-case, and no part of the path is an empty word. */
export function tellingPaths({ code }: Tree): Report {
  const violations = code.flatMap(({ path }) =>
    path.split("/").flatMap((part) => {
      if (!KEBAB_CASE.test(part)) return [`${path}: ${part} is not kebab-case`]
      const name = part.replace(/\..*$/, "")
      const empty = EMPTY_ALONE.has(name)
        ? name
        : name.split("-").find((word) => EMPTY_WORDS.has(word))
      return empty === undefined ? [] : [`${path}: "${empty}" is banned, say what it is`]
    }),
  )
  return { looked: `${code.length} paths`, seen: code.length, violations }
}

/** Types: the word that ends or starts the name is what the thing is. */
export function tellingTypes({ code }: Tree): Report {
  const types = code.flatMap((file) =>
    file.nodes
      .filter((node) => TYPES.test(node.type) && isNode(node.id))
      .map((node) => ({ file, node, name: isNode(node.id) ? String(node.id.name) : "" })),
  )
  const violations = types.flatMap(({ file, node, name }) => {
    const words = name.split(/(?=[A-Z])/).map((word) => word.toLowerCase())
    const empty = [words.at(0), words.at(-1)].find((word = "") => isEmpty(word))
    const where = `${file.path}:${file.lineAt(node.start)}`
    return empty === undefined ? [] : [`${where}: ${name} is named "${empty}", say what it is`]
  })
  return { looked: `${types.length} types`, seen: types.length, violations }
}

function isEmpty(word: string): boolean {
  return EMPTY_WORDS.has(word) || EMPTY_ALONE.has(word)
}
