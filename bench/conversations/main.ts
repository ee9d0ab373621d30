/**
 * `npm run bench:conversations`: callers with goals of their own ring the agent, and what became of
 * each is judged. Prints a table; writes figures with --json and a page of plots with --page.
 */
import { writeFileSync } from "node:fs"
import { optionsOf } from "../../scripts/options.ts"
import { shuffled } from "./caller/chance.ts"
import { castings } from "./channels/speaker.ts"
import { lastLook, noteLook } from "./looks.ts"
import { pageOf } from "./page.ts"
import { resultsOf } from "./results.ts"
import { areKeyable, type Judged, runAll } from "./run.ts"
import { readSeries } from "./series.ts"
import { halfOf } from "./split.ts"
import { besidePeer, tableOf } from "./table.ts"
import { readTasks, type Task } from "./task.ts"

const SPOKEN_SAMPLE = 12
const channels = ["text", "dtmf", "voice", "noisy"] as const
const splits = ["dev", "test", "all"] as const

const { values } = optionsOf(import.meta, {
  options: {
    /** Text when left out; beside the peer, voice. */
    channel: { type: "string" },
    split: { type: "string", default: "dev" },
    seed: { type: "string", default: "1" },
    /** A part of the ids, as a regular expression. */
    tasks: { type: "string" },
    /** Only callers who speak this. */
    language: { type: "string" },
    sample: { type: "string" },
    /** So many seconds of the machine's are one of a spoken call. */
    pace: { type: "string", default: "1" },
    /** Who calls on a spoken channel. */
    voices: { type: "string", default: "neural" },
    /** Each caller rings the agent and then the pipeline it is measured beside. */
    peer: { type: "boolean", default: false },
    json: { type: "string" },
    page: { type: "string" },
    /** The figures of an earlier run, to stand beside these on the page. */
    beside: { type: "string", multiple: true, default: [] },
    /** Prints what was said in every call that failed. */
    words: { type: "boolean", default: false },
    quiet: { type: "boolean", default: false },
  },
})

const channel = oneOf(channels, values.channel ?? (values.peer ? "voice" : "text"), "channel")
const split = oneOf(splits, values.split, "split")
const casting = oneOf(castings, values.voices, "voices")
const pace = numberIn(values.pace, "pace")
const seed = numberIn(values.seed, "seed")
const isSpoken = channel === "voice" || channel === "noisy"
const tasks = wanted(readTasks())
if (tasks.length === 0) throw new Error("no task fits")

const onJudged = values.quiet ? () => undefined : tell
if (values.peer && pace !== 1) throw new Error("the peer keeps time by the machine's clock")
const ran = { channel, split, seed, pace: isSpoken ? pace : 1 }
const judged = await runAll({
  channel,
  tasks,
  seed,
  casting,
  pace,
  isBesidePeer: values.peer,
  onJudged,
})
const results = resultsOf(
  judged.filter(({ by }) => by === "agent"),
  ran,
)
const peer = values.peer
  ? resultsOf(
      judged.filter(({ by }) => by === "peer"),
      ran,
    )
  : undefined
if (split !== "dev" && values.tasks === undefined) noteLook(results, Date.now())
const looked = lastLook(channel)
console.log(tableOf(results, looked))
if (peer) console.log(besidePeer(results, peer))
if (values.json !== undefined) {
  writeFileSync(
    values.json,
    `${JSON.stringify({ ...results, ...(peer && { peer }), lastTestRun: looked }, null, 2)}\n`,
  )
}
if (values.page !== undefined) {
  const earlier = values.beside.flatMap(readSeries)
  writeFileSync(values.page, pageOf(results, looked, earlier))
}

/** The tasks of this run; on a spoken channel as many of them as the seed draws. */
function wanted(all: readonly Task[]): readonly Task[] {
  const named = new RegExp(values.tasks ?? "")
  const fitting = all
    .filter((task) => split === "all" || halfOf(task) === split)
    .filter(({ id }) => named.test(id))
    .filter(({ language }) => values.language === undefined || language === values.language)
    .filter((task) => channel !== "dtmf" || areKeyable(task))
  const usual = isSpoken ? SPOKEN_SAMPLE : fitting.length
  const sample = values.sample === undefined ? usual : numberIn(values.sample, "sample")
  return sample >= fitting.length ? fitting : shuffled(fitting, seed, "sample").slice(0, sample)
}

function tell({ by, isSuccess, task, problems, held }: Judged): void {
  const who = by === "peer" ? "peer: " : ""
  console.log(`${isSuccess ? "ok  " : "FAIL"} ${who}${task} ${problems.join("; ")}`.trimEnd())
  if (values.words && !isSuccess)
    for (const { who: speaker, text } of held.lines) console.log(`       ${speaker}: ${text}`)
}

function oneOf<T extends string>(known: readonly T[], name: string, what: string): T {
  const found = known.find((one) => one === name)
  if (found === undefined) throw new Error(`--${what} is one of ${known.join(", ")}`)
  return found
}

function numberIn(text: string, what: string): number {
  if (!/^\d{1,9}$/.test(text)) throw new Error(`--${what} is a number`)
  return Number(text)
}
