/** Packages: each declared, each with one line in docs/dependencies.md, none beside them. */
import { isBuiltin } from "node:module"
import { dirname } from "node:path"
import { importsOf } from "../boundaries/imports.ts"
import type { Report, Tree } from "../tree.ts"

const PAGE = "docs/dependencies.md"

export function explainedDependencies(tree: Tree): Report {
  const own = declaredIn(tree.texts.get("package.json") ?? "{}")
  // A folder with a package of its own brings what its files import, and nobody else does.
  const apart = [...tree.texts]
    .filter(([path]) => path.endsWith("/package.json"))
    .map(([path, text]) => ({ folder: dirname(path), names: declaredIn(text) }))
  const declared = [...own, ...apart.flatMap(({ names }) => names)]
  const isBrought = (from: string, to: string) =>
    own.includes(to) ||
    apart.some(({ folder, names }) => folder === dirname(from) && names.includes(to))
  const explained = [...(tree.texts.get(PAGE) ?? "").matchAll(/^- `([^`]+)`/gm)].map(
    ([, name]) => name ?? "",
  )
  const imported = importsOf(tree).filter(({ own, to }) => !own && !isBuiltin(to))
  const violations = [
    ...declared.filter((name) => !explained.includes(name)).map((name) => `${PAGE} lacks ${name}`),
    ...explained
      .filter((name) => !declared.includes(name))
      .map((name) => `${PAGE} names ${name}, which package.json lacks`),
    ...imported
      .filter(({ from, to }) => !isBrought(from, to))
      .map(({ from, line, to }) => `${from}:${line} imports ${to}, which package.json lacks`),
  ]
  const looked = `${declared.length} packages, ${imported.length} imports of them`
  return { looked, seen: declared.length, violations }
}

function declaredIn(text: string): readonly string[] {
  const { dependencies = {}, devDependencies = {} } = JSON.parse(text)
  return Object.keys({ ...dependencies, ...devDependencies })
}
