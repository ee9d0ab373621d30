/** What changed between two sets of rules, in plain words; and moving one rule in the order. */
import type { Rule } from "../../../../core/rule.ts"
import { say } from "../say.ts"
import { inWords } from "../words.ts"
import { lookedForText, raisesText } from "./rule-words.ts"

export type RuleSet = readonly Rule[]

const PRIORITY_MAX = 1_000

/** In the order they speak. */
export function inOrder(rules: RuleSet): RuleSet {
  return rules.toSorted((a, b) => b.priority - a.priority)
}

/** Numbers a list anew where its order is not the order of its numbers any more. */
export function numbered(rules: RuleSet): RuleSet {
  const descends = rules.every(
    ({ priority }, at) => at === 0 || priority < (rules[at - 1]?.priority ?? 0),
  )
  if (descends) return rules
  const step = Math.floor(PRIORITY_MAX / Math.max(1, rules.length))
  return rules.map((rule, at) => ({ ...rule, priority: (rules.length - at) * step }))
}

export function moved(rules: RuleSet, from: number, to: number): RuleSet {
  const rule = rules[from]
  if (!rule || to < 0 || to >= rules.length) return rules
  return rules.toSpliced(from, 1).toSpliced(to, 0, rule)
}

/** One sentence a change; none when a gate would decide the same in the same order. */
export function changesBetween(before: RuleSet, after: RuleSet): readonly string[] {
  const [old, next] = [inOrder(before), inOrder(after)]
  const was = new Map(old.map((rule) => [rule.name, rule]))
  const is = new Map(next.map((rule) => [rule.name, rule]))
  const added = next.filter(({ name }) => !was.has(name))
  const gone = old.filter(({ name }) => !is.has(name))
  return [
    ...added.map((rule) =>
      say("New: {rule}. {looks}; {raises}.", {
        ...{ rule: inWords(rule.name), looks: lookedForText(rule), raises: raisesText(rule) },
      }),
    ),
    ...gone.map(({ name }) => say("Taken out: {rule}.", { rule: inWords(name) })),
    ...next.flatMap((rule) => editsOf(was.get(rule.name), rule)),
    ...movesBetween(old, next),
  ]
}

function editsOf(before: Rule | undefined, after: Rule): readonly string[] {
  if (!before) return []
  const rule = inWords(after.name)
  const isSame = (part: "when" | "raises") =>
    JSON.stringify(before[part]) === JSON.stringify(after[part])
  return [
    ...(before.enabled && !after.enabled ? [say("Switched off: {rule}.", { rule })] : []),
    ...(!before.enabled && after.enabled ? [say("Switched on: {rule}.", { rule })] : []),
    ...(isSame("when")
      ? []
      : [say("{rule} looks for this now: {looks}.", { rule, looks: lookedForText(after) })]),
    ...(isSame("raises") ? [] : [say("{rule} now {raises}.", { rule, raises: raisesText(after) })]),
    ...(before.because === after.because ? [] : [say("{rule} has another reason.", { rule })]),
  ]
}

/** Only those that were moved: whoever merely made room is not named. */
function movesBetween(before: RuleSet, after: RuleSet): readonly string[] {
  const place = new Map(before.map(({ name }, at) => [name, at]))
  const both = after.filter(({ name }) => place.has(name))
  const stayed = longestRise(both.map(({ name }) => place.get(name) ?? 0))
  return both
    .filter((_, at) => !stayed.has(at))
    .map(({ name }) =>
      say("Moved: {rule} speaks at place {n} now.", {
        rule: inWords(name),
        n: after.findIndex((rule) => rule.name === name) + 1,
      }),
    )
}

/** The places of a longest rising part of a list. */
function longestRise(values: readonly number[]): ReadonlySet<number> {
  const best: number[][] = []
  for (const [at, value] of values.entries()) {
    const before = best
      .slice(0, at)
      .filter((rise) => (values[rise.at(-1) ?? 0] ?? 0) < value)
      .toSorted((a, b) => b.length - a.length)[0]
    best.push([...(before ?? []), at])
  }
  return new Set(best.toSorted((a, b) => b.length - a.length)[0] ?? [])
}
