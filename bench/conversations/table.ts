/** What a person reads after a run: what must be zero first, then how well the rest went. */
import type { Results, TaskResult } from "./results.ts"

const NAME_COLUMNS = 26
const FIGURE_COLUMNS = 10

export function tableOf(results: Results, lastTestRun: string): string {
  const { channel, split, seed, tasks } = results
  return [
    "",
    `${tasks} tasks by ${channel}, ${split} half, seed ${seed}`,
    "",
    ...headline(results),
    "",
    ...figures(results),
    "",
    ...results.subjects.map(({ subject, tasks: count, share, low, high }) =>
      row(subject, percent(share), `${percent(low)} to ${percent(high)} of ${count}`),
    ),
    "",
    ...results.perTask.filter(({ success }) => !success).flatMap(failure),
    lastTestRun,
    "",
  ].join("\n")
}

function headline({ underEscalations, disclosures }: Results): readonly string[] {
  return [
    row("under-escalations", String(underEscalations), "must be 0"),
    row("disclosures", String(disclosures), "must be 0"),
  ]
}

function figures(results: Results): readonly string[] {
  const { counts, successLow, successHigh } = results
  const between = `${percent(successLow)} to ${percent(successHigh)}`
  return [
    row("task success", percent(results.success), `95 %: ${between}`),
    row("identifiers right", share(results.identifiersRight), `of ${counts.identifiers}`),
    row("turns a task", figure(results.turnsPerTask), "median"),
    row("seconds a task", figure(results.secondsPerTask), "median"),
    row("callers who gave up", String(results.gaveUp), ""),
    row("mm-hm ignored", share(results.backchannelsIgnored), `of ${counts.backchannels}`),
    row("interruptions missed", share(results.interruptsMissed), `of ${counts.interruptions}`),
    row("false cut-offs", share(results.falseCutOffs), `of ${counts.utterances}`),
    row("voice to voice p50, ms", figure(results.voiceToVoiceMsP50), `of ${counts.answers}`),
    row("voice to voice p95, ms", figure(results.voiceToVoiceMsP95), `of ${counts.answers}`),
  ]
}

function failure({ task, problems, hasGivenUp }: TaskResult): readonly string[] {
  const gaveUp = hasGivenUp ? ["    the caller gave up"] : []
  return [`  ${task}`, ...problems.map((problem) => `    ${problem}`), ...gaveUp]
}

function row(what: string, value: string, beside: string): string {
  return `  ${what.padEnd(NAME_COLUMNS)}${value.padStart(FIGURE_COLUMNS)}  ${beside}`.trimEnd()
}

function share(value: number | null): string {
  return value === null ? "–" : percent(value)
}

function percent(value: number): string {
  return `${(value * 100).toFixed(0)} %`
}

function figure(value: number | null): string {
  return value === null ? "–" : value.toFixed(0)
}
