/** Files: none that nobody uses, none that only passes others on; pages with a title and links. */
import { basename, dirname, join } from "node:path"
import { importsOf } from "../boundaries/imports.ts"
import { type CodeFile, isTest, type Report, type Tree } from "../tree.ts"

/** Found by name and not through an import: by the host, by a person, or by a tool. */
const entries = [
  /^main\.ts$/,
  /(^|\/)(module|contract|adapter)\.ts$/,
  /\.(config|d)\.ts$/,
  /^(scripts|bench)\/[^/]+\.(ts|mjs)$/,
  /^simulators\/(.+\/)?main\.ts$/,
]

export function noDeadFiles(tree: Tree): Report {
  const { code } = tree
  const imported = new Set(importsOf(tree).map(({ to }) => to))
  const isEntry = (path: string): boolean => isTest(path) || entries.some((one) => one.test(path))
  const dead = code
    .map(({ path }) => path)
    .filter((path) => !imported.has(path) && !isEntry(path) && !isNamed(tree, path))
  const violations = dead.map((path) => `${path} is used by nobody`)
  return { looked: `${code.length} files`, seen: code.length, violations }
}

/** A string may start a file: a web page its script, a parent its child, a page its reader. */
function isNamed({ code, texts }: Tree, path: string): boolean {
  const name = `/${basename(path)}`
  const inCode = code.some(
    (file) =>
      file.path !== path &&
      file.nodes.some(({ type, value }) => type === "Literal" && String(value).endsWith(name)),
  )
  const inTexts = [...texts].some(
    ([page, text]) => text.includes(path) || (page.endsWith(".html") && text.includes(name)),
  )
  return inCode || inTexts
}

/** A barrel hides who needs what. */
export function noBarrels({ code }: Tree): Report {
  const violations = code.filter(isBarrel).map(({ path }) => `${path} only passes others on`)
  return { looked: `${code.length} files`, seen: code.length, violations }
}

function isBarrel({ path, nodes }: CodeFile): boolean {
  const program = nodes.find(({ type }) => type === "Program")
  const body = Array.isArray(program?.body) ? program.body : []
  const passesOn = body.every(
    (statement) => statement.type.startsWith("Export") && statement.source,
  )
  return /(^|\/)index\.tsx?$/.test(path) || (body.length > 0 && passesOn)
}

export function oneTitle({ texts }: Tree): Report {
  const pages = [...texts].filter(([path]) => path.endsWith(".md"))
  const violations = pages.flatMap(([path, text]) => {
    const prose = text.replace(/^(`{3,}).*\n[\s\S]*?^\1/gm, "")
    const titles = prose.split("\n").filter((line) => /^# \S/.test(line))
    return titles.length === 1 && prose.startsWith("# ") ? [] : [`${path} needs one # Title, first`]
  })
  return { looked: `${pages.length} pages`, seen: pages.length, violations }
}

const link = /\]\((?![a-z]+:|#)([^)#\s]+\.(?:md|ts|mjs|json|yaml))(?:#[^)]*)?\)/g

export function linksThatLead({ code, texts }: Tree): Report {
  const known = new Set([...code.map(({ path }) => path), ...texts.keys()])
  const links = [...texts]
    .filter(([path]) => path.endsWith(".md"))
    .flatMap(([path, text]) => [...text.matchAll(link)].map(([, to = ""]) => ({ path, to })))
  const violations = links
    .filter(({ path, to }) => !known.has(join(dirname(path), to)))
    .map(({ path, to }) => `${path} links to ${to}, which is not there`)
  return { looked: `${links.length} links`, seen: links.length, violations }
}
