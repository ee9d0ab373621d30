/** A page of plots of one run: one file, no script, nothing fetched. Light and dark. */
import type { Share } from "./interval.ts"
import type { Results, TaskResult } from "./results.ts"
import { type Series, seriesOf } from "./series.ts"

const BAR_HEIGHT = 26
const LABEL_WIDTH = 150
const PLOT_WIDTH = 420
const DOT = 4

/** `earlier`: figures of other runs, to stand beside these. */
export function pageOf(
  results: Results,
  lastTestRun: string,
  earlier: readonly Series[] = [],
): string {
  const { channel, split, seed, tasks } = results
  const failures = results.perTask.filter(({ success }) => !success)
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Conversations, ${channel}, ${split} half</title>
<style>${style}</style>
<main>
<h1>Conversations: ${tasks} tasks by ${channel}</h1>
<p>The ${split} half, seed ${seed}. ${safe(lastTestRun)}</p>
${cards(results)}
<h2>Channels and languages side by side</h2>
${seriesPlot([...earlier, ...seriesOf(results)])}
<h2>Success by subject, with 95 % intervals</h2>
${subjectsPlot(results)}
<h2>Turns and seconds a task</h2>
${tasksPlot(results)}
<h2>${failures.length === 0 ? "No failures" : `Failures: ${failures.length}`}</h2>
${failures.map(failure).join("\n")}
</main>
</html>
`
}

function cards(results: Results): string {
  const { success, successLow, successHigh, identifiersRight } = results
  const all = [
    ["under-escalations", String(results.underEscalations), results.underEscalations === 0],
    ["disclosures", String(results.disclosures), results.disclosures === 0],
    ["task success", `${percent(success)}`, true],
    ["95 % interval", `${percent(successLow)} – ${percent(successHigh)}`, true],
    ["identifiers right", identifiersRight === null ? "–" : percent(identifiersRight), true],
    ["callers who gave up", String(results.gaveUp), true],
    ["mm-hm ignored", shareOrNone(results.backchannelsIgnored), true],
    ["interruptions missed", shareOrNone(results.interruptsMissed), true],
    ["false cut-offs", shareOrNone(results.falseCutOffs), true],
    ["voice to voice p50", milliseconds(results.voiceToVoiceMsP50), true],
    ["voice to voice p95", milliseconds(results.voiceToVoiceMsP95), true],
  ] as const
  const shown = all.map(
    ([what, value, isFine]) =>
      `<div class="card${isFine ? "" : " bad"}"><b>${value}</b><span>${what}</span></div>`,
  )
  return `<div class="cards">${shown.join("")}</div>`
}

function subjectsPlot({ subjects }: Results): string {
  const rows = subjects.map(({ subject, tasks, ...shares }) => ({
    ...{ name: subject, told: `${percent(shares.share)} of ${tasks}` },
    ...shares,
  }))
  return sharesPlot(rows, "Success by subject")
}

/** Every channel and language that was run, the target of each channel under its name. */
function seriesPlot(series: readonly Series[]): string {
  const rows = series.map(({ channel, language, split, seed, tasks, ...figures }) => ({
    name: `${channel}, ${language}`,
    ...{ share: figures.success, low: figures.successLow, high: figures.successHigh },
    told: `${percent(figures.success)} of ${tasks}`,
  }))
  const head = ["", "half, seed", "missed", "told", "identifiers", "p50", "p95", "cut off", "mm-hm"]
  const cells = series.map((one) => [
    ...[`${one.channel}, ${one.language}`, `${one.split}, ${one.seed}`],
    ...[String(one.underEscalations), String(one.disclosures), shareOrNone(one.identifiersRight)],
    ...[milliseconds(one.voiceToVoiceMsP50), milliseconds(one.voiceToVoiceMsP95)],
    ...[shareOrNone(one.falseCutOffs), shareOrNone(one.backchannelsIgnored)],
  ])
  const line = (kind: string, texts: readonly string[]): string =>
    `<tr>${texts.map((text) => `<${kind}>${safe(text)}</${kind}>`).join("")}</tr>`
  return `${sharesPlot(rows, "Success by channel and language")}
<table>${[line("th", head), ...cells.map((texts) => line("td", texts))].join("\n")}</table>`
}

interface ShareRow extends Share {
  readonly name: string
  readonly told: string
}

function sharesPlot(shares: readonly ShareRow[], title: string): string {
  const height = shares.length * BAR_HEIGHT + 24
  const x = (share: number): number => LABEL_WIDTH + share * PLOT_WIDTH
  const rows = shares.map(({ name, share, low, high, told }, at) => {
    const y = at * BAR_HEIGHT + BAR_HEIGHT / 2
    return `<text x="${LABEL_WIDTH - 10}" y="${y + 4}" text-anchor="end">${name}</text>
<line class="interval" x1="${x(low)}" x2="${x(high)}" y1="${y}" y2="${y}"/>
${dot([x(share), y], true, `${name}: ${told}`)}
${faint([x(1) + 14, y + 4], told, "start")}`
  })
  const grid = [0, 0.25, 0.5, 0.75, 1].map(
    (share) => `<line class="grid" x1="${x(share)}" x2="${x(share)}" y1="0" y2="${height - 22}"/>
${faint([x(share), height - 6], percent(share), "middle")}`,
  )
  return svg(x(1) + 110, height, [...grid, ...rows], title)
}

function tasksPlot({ perTask }: Results): string {
  const [width, height, left, bottom] = [680, 300, 44, 30]
  const secondsMax = Math.max(60, ...perTask.map(({ seconds }) => seconds))
  const turnsMax = Math.max(10, ...perTask.map(({ turns }) => turns))
  const x = (seconds: number): number => left + (seconds / secondsMax) * (width - left - 10)
  const y = (turns: number): number => height - bottom - (turns / turnsMax) * (height - bottom - 10)
  const dots = perTask.map(({ task, seconds, turns, success }) =>
    dot([x(seconds), y(turns)], success, `${task}: ${turns} turns, ${seconds} s`),
  )
  const axes = [
    `<line class="axis" x1="${left}" x2="${width - 10}" y1="${y(0)}" y2="${y(0)}"/>`,
    `<line class="axis" x1="${left}" x2="${left}" y1="10" y2="${y(0)}"/>`,
    faint([width - 10, height - 8], `seconds, to ${secondsMax}`, "end"),
    faint([left + 6, 18], `turns, to ${turnsMax}`, "start"),
  ]
  return svg(width, height, [...axes, ...dots], "Turns and seconds of every task")
}

function failure(result: TaskResult): string {
  const { task, about, author, setting, problems, dialogue, hasGivenUp } = result
  const told = [...problems, ...(hasGivenUp ? ["the caller gave up"] : [])]
  const lines = dialogue.map((line) => {
    const who = /^\w+/.exec(line)?.[0] ?? ""
    return `<p class="${who}">${safe(line)}</p>`
  })
  return `<details><summary><code>${task}</code> ${safe(told.join("; "))}</summary>
<p>${safe(about)} Words by ${author}; ${setting}.</p>
${lines.join("\n")}
</details>`
}

type Point = readonly [x: number, y: number]

function dot([x, y]: Point, isGood: boolean, title: string): string {
  const kind = isGood ? "dot" : "bad-dot"
  return `<circle class="${kind}" cx="${x}" cy="${y}" r="${DOT}"><title>${title}</title></circle>`
}

function faint([x, y]: Point, text: string, anchor: "start" | "middle" | "end"): string {
  return `<text class="faint" x="${x}" y="${y}" text-anchor="${anchor}">${text}</text>`
}

function svg(width: number, height: number, parts: readonly string[], name: string): string {
  const size = `viewBox="0 0 ${width} ${height}" width="${width}" height="${height}"`
  return `<svg ${size} role="img" aria-label="${name}">\n${parts.join("\n")}\n</svg>`
}

function percent(share: number): string {
  return `${Math.round(share * 100)} %`
}

function shareOrNone(share: number | null): string {
  return share === null ? "–" : percent(share)
}

function milliseconds(value: number | null): string {
  return value === null ? "–" : `${Math.round(value)} ms`
}

function safe(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;")
}

const style = `
:root { color-scheme: light dark; --ink: #1d2433; --faint: #667085; --line: #d5dae3;
  --paper: #fff; --good: #2563a8; --bad: #b42318; }
@media (prefers-color-scheme: dark) { :root { --ink: #e6e9ef; --faint: #98a2b3; --line: #333b4a;
  --paper: #12161f; --good: #7ab4f5; --bad: #f97066; } }
body { margin: 0; background: var(--paper); color: var(--ink);
  font: 16px/1.5 system-ui, sans-serif; }
main { max-width: 780px; margin: 0 auto; padding: 24px 16px 64px; }
h1 { font-size: 1.6rem; } h2 { font-size: 1.15rem; margin-top: 2rem; }
.cards { display: flex; flex-wrap: wrap; gap: 10px; }
.card { border: 1px solid var(--line); border-radius: 8px; padding: 8px 14px; }
.card b { display: block; font-size: 1.3rem; }
.card span { color: var(--faint); font-size: .85rem; }
.card.bad b { color: var(--bad); }
svg { max-width: 100%; height: auto; } svg text { fill: var(--ink); font-size: 13px; }
svg text.faint { fill: var(--faint); font-size: 12px; }
.grid, .axis { stroke: var(--line); }
.interval { stroke: var(--good); stroke-width: 3; opacity: .5; }
.dot { fill: var(--good); } .bad-dot { fill: var(--bad); }
table { border-collapse: collapse; font-size: .85rem; } th, td { text-align: right;
  padding: 2px 8px; border-bottom: 1px solid var(--line); } th { color: var(--faint); }
details { border-top: 1px solid var(--line); padding: 8px 0; } summary { cursor: pointer; }
details p { margin: .2rem 0 .2rem 1rem; } p.caller { font-weight: 600; }
p.ears { color: var(--faint); margin-left: 2rem; }
`
