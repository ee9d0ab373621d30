/** Calls that belong elsewhere. Each message names what to use instead. */
import { type CodeFile, isNode, isTest, type Node, type Report, type Tree } from "../tree.ts"

interface Ban {
  readonly what: string
  readonly instead: string
  /** Where it is at home. */
  readonly except: RegExp
  matches(node: Node): boolean
}

/** These run beside the appliance, or are what others should call instead. */
const tooling = "bench|scripts|simulators|models"
const kernelAndTooling = new RegExp(`^(core|${tooling})/`)
/** A browser has no clock of ours and no kernel behind it. */
const kernelToolingAndBrowser = new RegExp(`^(core|${tooling}|dashboard/web)/`)

function isMember(node: Node, object: string, property?: string): boolean {
  if (node.type !== "MemberExpression" || !isNode(node.object)) return false
  const matchesObject = node.object.type === "Identifier" && node.object.name === object
  const name = isNode(node.property) ? node.property.name : undefined
  return matchesObject && (property === undefined || name === property)
}

function isCall(node: Node, name: string): boolean {
  return node.type === "CallExpression" && isNode(node.callee) && node.callee.name === name
}

function isBareDate(node: Node): boolean {
  const isDate = node.type === "NewExpression" && isNode(node.callee) && node.callee.name === "Date"
  return isDate && Array.isArray(node.arguments) && node.arguments.length === 0
}

const bans: readonly Ban[] = [
  {
    what: "Date.now",
    instead: "clock.nowMs()",
    except: kernelToolingAndBrowser,
    matches: (node) => isMember(node, "Date", "now"),
  },
  {
    what: "new Date() of now",
    instead: "new Date(clock.nowMs())",
    except: kernelToolingAndBrowser,
    matches: isBareDate,
  },
  ...["setTimeout", "setInterval"].map((name) => ({
    what: name,
    instead: name === "setTimeout" ? "clock.after" : "clock.every",
    except: kernelToolingAndBrowser,
    matches: (node: Node) => isCall(node, name),
  })),
  {
    what: "performance.now",
    instead: "clock.monotonicMs()",
    except: kernelToolingAndBrowser,
    matches: (node) => isMember(node, "performance", "now"),
  },
  {
    what: "Math.random",
    instead: "context.newId() or node:crypto",
    except: kernelAndTooling,
    matches: (node) => isMember(node, "Math", "random"),
  },
  {
    what: "console",
    instead: "the log of the context",
    except: kernelAndTooling,
    matches: (node) => isMember(node, "console"),
  },
  {
    what: "process.env",
    instead: "the module's config, or a secret reference",
    except: /^(core\/config\.ts$|scripts\/|simulators\/|models\/|bench\/)/,
    matches: (node) => isMember(node, "process", "env"),
  },
  {
    what: "JSON.parse",
    instead: "parseJson(text, schema) of #core/json.ts",
    except: kernelToolingAndBrowser,
    matches: (node) => isMember(node, "JSON", "parse"),
  },
]

export function bannedCalls({ code }: Tree): Report {
  const guarded = code.filter(({ path }) => !isTest(path))
  const violations = guarded.flatMap((file) => {
    const held = bans.filter(({ except }) => !except.test(file.path))
    return file.nodes.flatMap((node) => brokenBy(file, node, held))
  })
  const nodes = guarded.reduce((sum, { nodes: all }) => sum + all.length, 0)
  return { looked: `${nodes} nodes in ${guarded.length} files`, seen: nodes, violations }
}

function brokenBy(file: CodeFile, node: Node, held: readonly Ban[]): readonly string[] {
  return held
    .filter((ban) => ban.matches(node))
    .map(
      ({ what, instead }) =>
        `${file.path}:${file.lineAt(node.start)}: ${what} is banned, use ${instead}`,
    )
}
