/** The boundary rules. Each answers the edges that break it, with a sentence on what to do. */
import type { Tree } from "../tree.ts"
import { isTest, type Report } from "../tree.ts"
import { circlesIn } from "./circles.ts"
import { declaredBy } from "./declared.ts"
import { type Import, importsOf, unreadableImports } from "./imports.ts"
import { contractDoor, homeOf, homes, may, testsMay, topOf } from "./table.ts"

export interface BoundaryRule {
  readonly name: string
  check(tree: Tree): Report
}

const at = (edge: Import): string => `${edge.from}:${edge.line} → ${edge.to}`

function report(tree: Tree, edges: readonly Import[], violations: readonly string[]): Report {
  const looked = `${edges.length} imports in ${tree.code.length} files`
  return { looked, seen: edges.length, violations }
}

function isAllowed({ from, to }: Import): boolean {
  if (homeOf(from) === homeOf(to)) return true
  const doors = may[topOf(from)] ?? []
  return [...doors, ...(isTest(from) ? testsMay : [])].some((door) => door.test(to))
}

const insideTheTable: BoundaryRule = {
  name: "code lives only in folders of the table",
  check(tree) {
    const strays = tree.code.map((file) => file.path).filter((path) => !(topOf(path) in may))
    return {
      looked: `${tree.code.length} files`,
      seen: tree.code.length,
      violations: strays.map((path) => `${path} is in no folder of test/boundaries/table.ts`),
    }
  },
}

const throughDoors: BoundaryRule = {
  name: "imports stay at home or go through a door",
  check(tree) {
    const edges = importsOf(tree).filter((edge) => edge.own)
    return report(tree, edges, edges.filter((edge) => !isAllowed(edge)).map(at))
  },
}

const readable: BoundaryRule = {
  name: "only the host imports what it computes",
  check(tree) {
    const mayCompute = /^(core|scripts|bench)\/|^main\.ts$/
    const found = unreadableImports(tree).filter(
      ({ from }) => !mayCompute.test(from) && !isTest(from),
    )
    const violations = found.map(
      ({ from, line }) => `${from}:${line} imports a computed path; name the file`,
    )
    return report(tree, importsOf(tree), violations)
  },
}

const declared: BoundaryRule = {
  name: "a module imports only contracts that its needs name",
  check(tree) {
    const edges = importsOf(tree).filter(
      ({ from, to }) =>
        contractDoor.test(to) &&
        homeOf(from) !== homeOf(to) &&
        !isTest(from) &&
        isModule(tree, from),
    )
    const names = declaredBy(tree)
    const undeclared = edges.filter(({ from, to }) => !names.get(homeOf(from))?.has(to))
    return report(
      tree,
      edges,
      undeclared.map((edge) => `${at(edge)} is in neither \`uses\` nor \`hears\``),
    )
  },
}

const withoutCircles: BoundaryRule = {
  name: "no file reaches itself through its imports",
  check(tree) {
    const edges = importsOf(tree).filter((edge) => edge.own && !edge.typeOnly)
    return report(tree, edges, circlesIn(edges))
  },
}

const startable: BoundaryRule = {
  name: "no module uses itself through what it uses",
  check(tree) {
    const uses = [...declaredBy(tree, ["uses"])].flatMap(([from, targets]) =>
      [...targets].map((to) => ({ from, to: homeOf(to) })),
    )
    const looked = `${uses.length} uses in ${tree.code.length} files`
    return { looked, seen: tree.code.length, violations: circlesIn(uses) }
  },
}

const packagesAtHome: BoundaryRule = {
  name: "packages with one home are imported only there",
  check(tree) {
    const edges = importsOf(tree).filter((edge) => !edge.own)
    const strays = edges.filter(({ from, to }) =>
      homes.some(({ packages, only }) => packages.test(to) && !only.test(from) && !isTest(from)),
    )
    return report(tree, edges, strays.map(at))
  },
}

function isModule(tree: Tree, path: string): boolean {
  const door = `${homeOf(path)}/module.ts`
  return tree.code.some((file) => file.path === door)
}

export const boundaryRules: readonly BoundaryRule[] = [
  insideTheTable,
  throughDoors,
  readable,
  declared,
  withoutCircles,
  startable,
  packagesAtHome,
]
