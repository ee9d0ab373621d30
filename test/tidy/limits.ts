/** How long things may be. If a limit is wrong, change the limit: there are no exemptions. */
import { type CodeFile, isTest, type Node, type Report, type Tree } from "../tree.ts"

export const FUNCTION_LINES_MAX = 70
export const FILE_LINES_MAX = 400
export const LINE_COLUMNS_MAX = 100
export const PARAMETERS_MAX = 4
export const CORE_LINES_MAX = 6_100
export const MAIN_LINES_MAX = 150
export const README_LINES_MAX = 120

const FUNCTIONS = /^(FunctionDeclaration|FunctionExpression|ArrowFunctionExpression)$/

/** Lines of text; the newline that ends a file starts no line. */
function lineCount(text: string): number {
  return text.replace(/\n$/, "").split("\n").length
}

export function shortFunctions({ code }: Tree): Report {
  const functions = code.flatMap((file) =>
    file.nodes.filter(({ type }) => FUNCTIONS.test(type)).map((node) => ({ file, node })),
  )
  const violations = functions.flatMap(({ file, node }) => [
    ...tooLong(file, node),
    ...tooManyParameters(file, node),
  ])
  return { looked: `${functions.length} functions`, seen: functions.length, violations }
}

function tooLong(file: CodeFile, node: Node): readonly string[] {
  const first = file.lineAt(node.start)
  const length = file.lineAt(node.end) - first + 1
  if (length <= FUNCTION_LINES_MAX) return []
  return [`${file.path}:${first} is ${length} lines long; ${FUNCTION_LINES_MAX} is the most`]
}

function tooManyParameters(file: CodeFile, node: Node): readonly string[] {
  const count = Array.isArray(node.params) ? node.params.length : 0
  if (count <= PARAMETERS_MAX) return []
  const where = `${file.path}:${file.lineAt(node.start)}`
  return [`${where} takes ${count} parameters; past ${PARAMETERS_MAX} take an object`]
}

export function shortFiles({ code, texts }: Tree): Report {
  const long = code
    .map(({ path, text }) => ({ path, count: lineCount(text) }))
    .filter(({ path, count }) => count > mostLinesOf(path))
    .map(({ path, count }) => `${path} has ${count} lines; ${mostLinesOf(path)} is the most`)
  const kernel = code.filter(({ path }) => path.startsWith("core/") && !isTest(path))
  const total = kernel.reduce((sum, { text }) => sum + lineCount(text), 0)
  const violations = [...long, ...longReadme(texts)]
  if (total > CORE_LINES_MAX) violations.push(`core/ has ${total} lines; ${CORE_LINES_MAX} at most`)
  return { looked: `${code.length} files, core/ ${total} lines`, seen: code.length, violations }
}

function mostLinesOf(path: string): number {
  return path === "main.ts" ? MAIN_LINES_MAX : FILE_LINES_MAX
}

function longReadme(texts: Tree["texts"]): readonly string[] {
  const count = lineCount(texts.get("README.md") ?? "")
  return count > README_LINES_MAX ? [`README.md has ${count} lines; it is one page`] : []
}

/** A test is named by a sentence, however long that is. */
const namesATest = /^\s*(await )?(\w+\.)?test\(\s*["`]/

export function shortLines({ code }: Tree): Report {
  const violations = code.flatMap(({ path, lines }) =>
    lines.flatMap((line, index) =>
      line.length > LINE_COLUMNS_MAX && !namesATest.test(line)
        ? [`${path}:${index + 1} has ${line.length} columns`]
        : [],
    ),
  )
  const count = code.reduce((sum, { lines }) => sum + lines.length, 0)
  return { looked: `${count} lines`, seen: count, violations }
}
