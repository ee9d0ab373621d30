/** What a person reads after a run: what must be zero first, then how well the rest went. */
import type { Results, TaskResult } from "./results.ts"

const NAME_COLUMNS = 26
const FIGURE_COLUMNS = 10

export function tableOf(results: Results, lastTestRun: string): string {
  const { channel, split, seed, tasks, pace } = results
  const slowly = pace === 1 ? "" : `, at 1/${pace} of life's pace`
  return [
    "",
    `${tasks} tasks by ${channel}, ${split} half, seed ${seed}${slowly}`,
    "",
    ...headline(results),
    "",
    ...figures(results),
    "",
    ...results.languages.map(({ language, tasks: count, success, successLow, successHigh }) =>
      row(
        `in ${language === "es" ? "Spanish" : "English"}`,
        percent(success),
        `${percent(successLow)} to ${percent(successHigh)} of ${count}`,
      ),
    ),
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

/** How quickly and how rightly turns were taken, beside the peer's, in the same run. */
export function besidePeer(ours: Results, theirs: Results): string {
  const compared = [
    ["voice to voice p50, ms", (one: Results) => one.voiceToVoiceMsP50],
    ["voice to voice p95, ms", (one: Results) => one.voiceToVoiceMsP95],
    ["barge-in p50, ms", (one: Results) => one.bargeInMsP50],
    ["barge-in p95, ms", (one: Results) => one.bargeInMsP95],
    ["false cut-offs, %", (one: Results) => hundredfold(one.falseCutOffs)],
    ["mm-hm ignored, %", (one: Results) => hundredfold(one.backchannelsIgnored)],
    ["interruptions missed, %", (one: Results) => hundredfold(one.interruptsMissed)],
    ["task success, %", (one: Results) => hundredfold(one.success)],
  ] as const
  const cells = (what: string, texts: readonly string[]): string =>
    `  ${what.padEnd(NAME_COLUMNS)}${texts.map((text) => text.padStart(FIGURE_COLUMNS)).join("")}`
  const rows = compared.map(([what, of]) => {
    const [mine, other] = [of(ours), of(theirs)]
    const ratio = mine !== null && other ? `${(mine / other).toFixed(2)} ×` : "–"
    return cells(what, [figure(mine), figure(other), ratio])
  })
  const head = cells(`${ours.tasks} callers rang both`, ["agent", "peer", "ratio"])
  return ["Beside the peer, in the same run", "", head, ...rows, ""].join("\n")
}

function hundredfold(share: number | null): number | null {
  return share === null ? null : share * 100
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
    row("barge-in p50, ms", figure(results.bargeInMsP50), `of ${counts.yielded}`),
    row("barge-in p95, ms", figure(results.bargeInMsP95), `of ${counts.yielded}`),
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
