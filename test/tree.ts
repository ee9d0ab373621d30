/** The repository's code as parsed files: what every check below looks at, on disk or planted. */
import { globSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { type ParseResult, parseSync } from "vite"

export interface Node {
  readonly type: string
  readonly start: number
  readonly end: number
  readonly [field: string]: unknown
}

export interface Comment {
  readonly type: "Line" | "Block"
  readonly value: string
  readonly start: number
  readonly end: number
}

export interface CodeFile {
  /** From the root of the repository, with forward slashes. */
  readonly path: string
  readonly text: string
  readonly lines: readonly string[]
  readonly nodes: readonly Node[]
  readonly comments: readonly Comment[]
  /** The line, from 1, that holds a character. */
  lineAt(offset: number): number
}

export interface Tree {
  readonly code: readonly CodeFile[]
  /** Markdown, configuration and pages: path to text. */
  readonly texts: ReadonlyMap<string, string>
}

/** What a check found, and how much it looked at: a check that saw nothing has not passed. */
export interface Report {
  readonly looked: string
  readonly seen: number
  readonly violations: readonly string[]
}

const CODE = /\.(ts|tsx|mjs)$/
const outside = ["node_modules", "var", "dist", ".git"]

/** Reads the tree on disk. */
export function readTree(root: string): Tree {
  const paths = globSync("**/*.{ts,tsx,mjs,md,json,yaml,html}", {
    cwd: root,
    exclude: (path) => outside.some((part) => path === part || path.endsWith(`/${part}`)),
  })
  return treeOf(Object.fromEntries(paths.sort().map((path) => [path, read(root, path)])))
}

/** A tree that exists only here, for showing a check red. */
export function treeOf(files: Readonly<Record<string, string>>): Tree {
  const entries = Object.entries(files)
  return {
    code: entries.filter(([path]) => CODE.test(path)).map(([path, text]) => parse(path, text)),
    texts: new Map(entries.filter(([path]) => !CODE.test(path))),
  }
}

export function isTest(path: string): boolean {
  return path.startsWith("test/") || path.includes("/fixtures/") || /\.test\.tsx?$/.test(path)
}

function read(root: string, path: string): string {
  return readFileSync(join(root, path), "utf8")
}

function parse(path: string, text: string): CodeFile {
  const result: ParseResult = parseSync(path, text)
  const nodes: Node[] = []
  collect(result.program, nodes)
  const starts = lineStarts(text)
  return {
    path,
    text,
    lines: text.split("\n"),
    nodes,
    comments: result.comments,
    lineAt: (offset) => starts.findLastIndex((start) => start <= offset) + 1,
  }
}

function lineStarts(text: string): readonly number[] {
  return [0, ...[...text.matchAll(/\n/g)].map((match) => match.index + 1)]
}

function collect(value: unknown, into: Node[]): void {
  if (Array.isArray(value)) {
    for (const item of value) collect(item, into)
  } else if (isNode(value)) {
    into.push(value)
    for (const field of Object.values(value)) collect(field, into)
  }
}

export function isNode(value: unknown): value is Node {
  return typeof value === "object" && value !== null && "type" in value && "start" in value
}
