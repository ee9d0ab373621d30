/**
 * The tasks of the benchmark, `tasks/*.yaml`: who calls, what for, what they know, how they are and
 * what must be so in the end. Anything the schema does not name is refused, all problems at once.
 */
import { readdirSync, readFileSync } from "node:fs"
import { type Static, type TSchema, Type as t } from "typebox"
import { Value } from "typebox/value"
import { parse } from "yaml"

const strict = { additionalProperties: false } as const
const text = (maxLength = 400) => t.String({ minLength: 1, maxLength })
const rx = t.String({ pattern: "^\\d{7}$" })
const day = t.String({ pattern: "^\\d{4}-\\d{2}-\\d{2}$" })
const zip = t.String({ pattern: "^\\d{5}$" })
const personName = t.String({ pattern: "^[A-Z][a-z]+ [A-Z][a-z]+$" })

/** Wrong or half-remembered: what is stated in place of the truth. */
const Mistaken = t.Object(
  { name: t.Optional(personName), born: t.Optional(day), zip: t.Optional(zip) },
  strict,
)

const manners = [
  ...["plain", "terse", "rambling", "impatient", "angry", "hesitant", "hard_of_hearing"],
  "child",
] as const
const habits = [
  ...["mm-hm", "interrupts", "goes_silent", "asks_again", "wanders", "corrects_self"],
  ...["tells_all_at_once", "answers_by_halves", "keys"],
] as const

const Caller = t.Object(
  {
    /** Somebody of the pharmacy system's cast. */
    is: t.Optional(personName),
    /** Somebody the pharmacy has never heard of. */
    stranger: t.Optional(t.Object({ name: personName, born: day, zip }, strict)),
    /** A third factor at hand, the first of them preferred. */
    has: t.Optional(t.Array(t.Enum(["zip", "label", "phone"]), { uniqueItems: true })),
    atFirst: t.Optional(Mistaken),
    insists: t.Optional(Mistaken),
    for: t.Optional(personName),
    whose: t.Optional(text(30)),
    manner: t.Optional(t.Enum([...manners])),
    habits: t.Optional(t.Array(t.Enum([...habits]), { uniqueItems: true })),
    /** How often something may go wrong before they ask for a person or hang up. */
    patience: t.Optional(t.Integer({ minimum: 1, maximum: 20 })),
    whenOutOfPatience: t.Optional(t.Enum(["asks_for_person", "hangs_up"])),
  },
  strict,
)

const words = t.Array(text(), { minItems: 1, maxItems: 6 })
const by = t.Optional(t.Enum(["name", "number", "nothing", "all"]))
const called = t.Optional(t.Array(text(60), { minItems: 1, maxItems: 4 }))
const topics = [
  ...["insurance", "prior_auth", "new_rx", "clinical", "controlled", "price", "refund"],
  "complaint",
] as const

/** What a caller may want, by the key that names it. */
const kinds = {
  refill: t.Object(
    {
      refill: t.Array(rx, { minItems: 1, maxItems: 4 }),
      by,
      called,
      /** Names this one first, and the right one when it is read back. */
      slip: t.Optional(rx),
      changesMind: t.Optional(t.Boolean()),
      words: t.Optional(words),
    },
    strict,
  ),
  status: t.Object(
    { status: t.Array(rx, { maxItems: 4 }), by, called, words: t.Optional(words) },
    strict,
  ),
  hours: t.Object(
    {
      hours: t.Enum(["closing", "now", "saturday", "sunday", "holiday", "address"]),
      words: t.Optional(words),
    },
    strict,
  ),
  transfer: t.Object(
    {
      transfer: t.Enum(["in", "out"]),
      called: text(60),
      pharmacy: text(80),
      words: t.Optional(words),
    },
    strict,
  ),
  ask: t.Object(
    {
      ask: t.Enum([...topics]),
      words,
      more: t.Optional(words),
      called,
      drugs: t.Optional(t.Array(rx)),
    },
    strict,
  ),
  person: t.Object(
    {
      person: t.Enum(["pharmacist", "anyone"]),
      words: t.Optional(words),
      about: t.Optional(text(80)),
    },
    strict,
  ),
  emergency: t.Object(
    {
      emergency: words,
      /** Whether anybody is: what is answered when asked. */
      inDanger: t.Boolean(),
      /** Breaks in when this is asked; else it is why they call. */
      when: t.Optional(text(30)),
    },
    strict,
  ),
  lines: t.Object({ lines: words }, strict),
} as const

const Want = t.Union([
  kinds.refill,
  kinds.status,
  kinds.hours,
  kinds.transfer,
  kinds.ask,
  kinds.person,
  kinds.emergency,
  kinds.lines,
])

const QueueItem = t.Object(
  { tier: t.Integer({ minimum: 1, maximum: 3 }), action: t.Array(text(40), { minItems: 1 }) },
  strict,
)

const Ends = t.Object(
  {
    /** Accepted by the pharmacy system, exactly. */
    refills: t.Optional(t.Record(rx, t.Integer({ minimum: 1, maximum: 4 }))),
    /** What must wait for a person, exactly: a tier, and any of these rows of the matrix. */
    queue: t.Optional(t.Array(QueueItem)),
    /** May stand there beside it. */
    queueMay: t.Optional(t.Array(text(40))),
    /** A person on the line at once is as good as the queue. */
    orPerson: t.Optional(t.Boolean()),
    /** A person on the line, or a call back promised to somebody who can be reached. */
    person: t.Optional(t.Boolean()),
    emergency: t.Optional(t.Boolean()),
    verified: t.Optional(t.Boolean()),
    tiers: t.Optional(t.Record(t.String(), t.Integer({ minimum: 0, maximum: 3 }))),
    said: t.Optional(t.Array(text())),
    neverSaid: t.Optional(t.Array(text())),
  },
  strict,
)

const Task = t.Object(
  {
    id: t.String({ pattern: "^[a-z0-9]+(-[a-z0-9]+)*$", maxLength: 60 }),
    /** The goal in plain words. */
    about: text(),
    /** Who speaks it; by the hash of the id when left out. */
    author: t.Optional(t.String({ pattern: "^[a-z]+$" })),
    at: t.Optional(t.Enum(["open", "evening", "sunday", "holiday"])),
    given: t.Optional(
      t.Object(
        {
          pms: t.Optional(t.Enum(["down", "duplicate", "partial"])),
          pharmacist: t.Optional(t.Enum(["busy", "no_answer", "voicemail"])),
        },
        strict,
      ),
    ),
    caller: Caller,
    /** One after the other; `together` in the first breath. */
    wants: t.Array(Want, { minItems: 1, maxItems: 5 }),
    together: t.Optional(t.Boolean()),
    ends: Ends,
  },
  strict,
)

/** A file whose tasks are not yet looked at, so that each can be told apart when it is wrong. */
const Page = t.Object(
  {
    subject: t.String({ pattern: "^[a-z]+(-[a-z]+)*$" }),
    /** What all of these callers speak; English when left out. */
    language: t.Optional(t.Enum(["en", "es"])),
    tasks: t.Array(t.Record(t.String(), t.Unknown()), { minItems: 1 }),
  },
  strict,
)

export type Want = Static<typeof Want>
export type TaskCaller = Static<typeof Caller>
export type Ends = Static<typeof Ends>
export type Language = "en" | "es"
export type Task = Static<typeof Task> & {
  readonly subject: string
  readonly language: Language
}

/** What is wrong with a file of tasks, every problem at once. */
export class TaskError extends Error {
  constructor(file: string, problems: readonly string[]) {
    super(`${file} is not right:\n  ${problems.join("\n  ")}`)
  }
}

const folder = new URL("tasks/", import.meta.url)

/** All tasks there are. Throws a TaskError. */
export function readTasks(): readonly Task[] {
  const files = readdirSync(folder).filter((file) => file.endsWith(".yaml"))
  const tasks = files
    .toSorted()
    .flatMap((file) => readPage(file, readFileSync(new URL(file, folder), "utf8")))
  const twice = tasks.filter(({ id }, at) => tasks.findIndex((one) => one.id === id) !== at)
  const problems = twice.map(({ id }) => `${id}: stands there twice`)
  if (problems.length > 0) throw new TaskError("tasks", problems)
  return tasks
}

/** Reads one file of tasks. Throws a TaskError. */
export function readPage(file: string, yaml: string): readonly Task[] {
  const page: unknown = parsed(file, yaml)
  if (!Value.Check(Page, page)) throw new TaskError(file, problemsIn(Page, page))
  const { subject, language = "en" } = page
  const tasks: Task[] = []
  const problems: string[] = []
  for (const [at, task] of page.tasks.entries()) {
    const name = typeof task.id === "string" ? task.id : `task ${at + 1}`
    const found = Value.Check(Task, task) ? problemsOf(task) : problemsOfShape(task)
    problems.push(...found.map((problem) => `${name}: ${problem}`))
    if (Value.Check(Task, task)) tasks.push({ ...task, subject, language })
  }
  if (problems.length > 0) throw new TaskError(file, problems)
  return tasks
}

/** A pattern as tasks write it: case does not matter. */
export function patternOf(source: string): RegExp {
  return new RegExp(source, "iu")
}

function parsed(file: string, yaml: string): unknown {
  try {
    return parse(yaml, { strict: true })
  } catch (trouble) {
    throw new TaskError(file, [trouble instanceof Error ? trouble.message : "not YAML"])
  }
}

/** Each want by the kind its key names, so that not every other kind complains as well. */
function problemsOfShape(task: Readonly<Record<string, unknown>>): readonly string[] {
  const Outline = t.Object({ ...Task.properties, wants: t.Array(t.Unknown()) }, strict)
  const outer = problemsIn(Outline, task)
  const wants = Array.isArray(task.wants) ? task.wants : []
  const inner = wants.flatMap((want: unknown, at) => {
    const kind = kindIn(want)
    if (!kind) return [`/wants/${at} is nothing a caller can want`]
    return problemsIn(kinds[kind], want).map((problem) => `/wants/${at}${problem}`)
  })
  return [...outer, ...inner]
}

function kindIn(want: unknown): keyof typeof kinds | undefined {
  if (typeof want !== "object" || want === null) return undefined
  const names = ["refill", "status", "hours", "transfer", "ask", "person"] as const
  return [...names, "emergency" as const, "lines" as const].find((name) => name in want)
}

/** What a schema cannot say. */
function problemsOf({ caller, wants, ends }: Static<typeof Task>): readonly string[] {
  const { is, stranger } = caller
  const who = (is === undefined) === (stranger === undefined)
  const patterns = [...(ends.said ?? []), ...(ends.neverSaid ?? [])]
  const breaksIn = wants.some((want) => "emergency" in want && want.when !== undefined)
  return [
    ...(who ? ["the caller is either somebody of the cast or a stranger"] : []),
    ...((caller.for === undefined) === (caller.whose === undefined)
      ? []
      : ["whoever calls for somebody says whose"]),
    ...(breaksIn && wants.length === 1 ? ["an emergency breaks into something else"] : []),
    ...patterns.filter((source) => !isPattern(source)).map((one) => `not a pattern: ${one}`),
  ]
}

function problemsIn(schema: TSchema, value: unknown): readonly string[] {
  return Value.Errors(schema, value).map(
    ({ instancePath, message }) => `${instancePath || "/"} ${message}`,
  )
}

function isPattern(source: string): boolean {
  try {
    patternOf(source)
    return true
  } catch {
    return false
  }
}
