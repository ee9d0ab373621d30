/**
 * Hundreds of calls, many of them interrupted, leave nothing behind: no memory, no process that
 * was not there before, no call that nobody is on, no work that nobody can find.
 */
import assert from "node:assert/strict"
import { type TestContext, test } from "node:test"
import { Caller } from "../simulators/twilio/caller.ts"
import { type Phrase, soundOf } from "./fixtures/phrases.ts"
import { openTelephone, type Telephone, until } from "./telephone.ts"

const CALLS = 300
const AT_ONCE = 25
/** By then every cache is as full as it gets. */
const WARM_UP = 100
/** What a heap may breathe between two looks. */
const GROWTH_MAX = 0.2
const GROWTH_MIB_MAX = 16

/** The stand-in voice is a quick one. */
const INTO_SPEECH_MS = 100

interface Talker {
  say(phrase: Phrase): Promise<void>
  interrupt(phrase: Phrase): Promise<void>
  hangUp(): void
}

/** What callers do, in turn. */
const manners: readonly ((caller: Talker) => Promise<void>)[] = [
  async ({ say, interrupt }) => {
    await say("what time do you close today")
    await interrupt("what time do you close today")
    await say("no thank you")
  },
  async ({ say, interrupt }) => {
    await say("I want to refill prescription number 7 0 0 1 2 3 4")
    await say("It's James Carter, born March 14th 1958")
    await interrupt("yes please")
    await say("no thank you")
  },
  async ({ say, interrupt, hangUp }) => {
    await say("Robert'); DROP TABLE patients; --")
    await interrupt("what time do you close today")
    hangUp()
  },
  async ({ say }) => {
    await say("I want to make a complaint")
    await say("I waited on the phone for forty minutes yesterday and nobody came")
    await say("no thank you")
  },
]

/** Answers how often the agent was silenced by an interruption. */
async function ringOnce(here: Telephone, n: number): Promise<number> {
  const call = here.ring(`+1512555${String(100 + (n % 100)).padStart(4, "0")}`)
  const { handset, leg } = call
  const speak = (text: string) => Promise.resolve(soundOf(text))
  const caller = new Caller({ handset, clock: here.cloud.clock, speak })
  const talker = {
    say: (phrase: Phrase) => caller.say(phrase),
    interrupt: (phrase: Phrase) => caller.interrupt(phrase, INTO_SPEECH_MS),
    hangUp: () => caller.hangUp(),
  }
  await manners[n % manners.length]?.(talker)
  await caller.myTurn()
  caller.hangUp()
  await call.ended
  return leg.timeline.all("clearReceived").length
}

async function ringAll(here: Telephone, from: number, to: number): Promise<number> {
  let next = from
  let silenced = 0
  const line = async () => {
    while (next < to) {
      const times = await ringOnce(here, next++)
      silenced += times
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, line))
  await until("no call is open", async () => {
    const { value } = await here.house.ask<{ calls: readonly unknown[] }>("calls.open")
    return value.calls.length === 0
  })
  return silenced
}

interface Residents {
  readonly [module: string]: { readonly pid: number | undefined; readonly mib: number }
}

function residents({ house }: Telephone): Residents {
  const each = house.host.health().map(({ module, residentMiB }) => {
    return [module, { pid: house.host.pidOf(module), mib: residentMiB }] as const
  })
  return Object.fromEntries(each)
}

/** A manager decides everything that waits. Answers how much there was. */
async function decideAll({ house }: Telephone): Promise<number> {
  const waiting = async () => {
    const listed = await house.asStaff("manager", "work-queue.list", { state: "open", limit: 500 })
    assert.ok(listed.kind === "done")
    return (listed.value as { items: readonly { item: string }[] }).items
  }
  const items = await waiting()
  for (const { item } of items) {
    const reply = await house.asStaff("manager", "work-queue.approve", { item })
    assert.equal(reply.kind, "done")
  }
  assert.deepEqual(await waiting(), [])
  return items.length
}

test(`${CALLS} calls with interruptions leave nothing behind`, async (t: TestContext) => {
  const settings = { voice: { callsMax: 2 * AT_ONCE } }
  const here = await openTelephone(t, { cloud: { isRecorded: false }, settings })
  let silenced = await ringAll(here, 0, WARM_UP)
  const before = residents(here)
  silenced += await ringAll(here, WARM_UP, CALLS)
  const after = residents(here)

  assert.ok(silenced >= CALLS / 4, `only ${silenced} interruptions`)
  for (const [module, { pid, mib }] of Object.entries(after)) {
    const then = before[module]
    assert.ok(then)
    assert.equal(pid, then.pid, `${module} is another process`)
    const most = then.mib * (1 + GROWTH_MAX) + GROWTH_MIB_MAX
    assert.ok(mib <= most, `${module} grew from ${then.mib} to ${mib} MiB`)
  }
  const live = await here.house.ask<{ calls: readonly unknown[] }>("voice.live")
  assert.deepEqual(live.value.calls, [])
  assert.ok((await decideAll(here)) >= CALLS / manners.length)
  assert.equal((await here.house.submissions()).length, 1)
  assert.equal((await here.house.audit.verify()).ok, true)
  t.diagnostic(`${silenced} interruptions silenced the agent`)
  for (const [module, { mib }] of Object.entries(after))
    t.diagnostic(`${module}: ${before[module]?.mib} MiB after ${WARM_UP} calls, ${mib} now`)
})
