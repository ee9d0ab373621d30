/** Pages speak two languages: words that stand bare in a page can be read in one only. */
import { isNode, type Node, type Report, type Tree } from "../tree.ts"

const PAGES = /^dashboard\/web\/src\/.+\.tsx$/
const SEEN_ATTRIBUTES = /^(label|title|placeholder|description|alt|aria-label|nothingFound)$/
const WORD = /\p{L}{2}/u

export function pagesInTwoLanguages({ code }: Tree): Report {
  const pages = code.filter(({ path }) => PAGES.test(path))
  const violations = pages.flatMap((file) =>
    file.nodes
      .map((node) => ({ node, words: wordsIn(node) }))
      .filter(({ words }) => WORD.test(words))
      .map(
        ({ node, words }) =>
          `${file.path}:${file.lineAt(node.start)}: "${words.trim()}" is bare, put it into say()`,
      ),
  )
  return { looked: `${pages.length} pages`, seen: pages.length, violations }
}

function wordsIn(node: Node): string {
  if (node.type === "JSXText") return String(node.value)
  if (node.type !== "JSXAttribute" || !isNode(node.name) || !isNode(node.value)) return ""
  const isSeen = SEEN_ATTRIBUTES.test(String(node.name.name))
  return isSeen && node.value.type === "Literal" ? String(node.value.value) : ""
}
