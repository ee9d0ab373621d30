/** The host on real processes: what dies, loops or leaks takes nothing else down. */
import assert from "node:assert/strict"
import { once } from "node:events"
import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { type TestContext, test } from "node:test"
import { fileURLToPath } from "node:url"
import type { Actor } from "./actor.ts"
import { systemClock, VirtualClock } from "./clock.ts"
import type { Decide } from "./decision.ts"
import type { AuditLine } from "./gate.ts"
import { Host } from "./host.ts"
import { Identities, identityCollections } from "./identities.ts"
import { KeyRing } from "./keys.ts"
import type { Log } from "./log.ts"
import type { Reply } from "./module.ts"
import { Once, onceCollections } from "./once.ts"
import { Store } from "./store.ts"

const fixture = (name: string) =>
  fileURLToPath(new URL(`./fixtures/${name}/module.ts`, import.meta.url))

const somebody: Actor = { kind: "system", module: "test" }

/** Lets everything through but what touches the record of somebody the caller is not. */
const decide: Decide = ({ actor, facts, action }) => {
  const isOwn = actor.kind === "caller" && actor.patient === facts.patient
  const verdict = facts.patient === undefined || isOwn ? "allow" : "refuse"
  return { verdict, tier: 0, row: action, rules: [] }
}

interface World {
  readonly host: Host
  readonly lines: AuditLine[]
  readonly logged: string[]
  ask(module: string, command: string, input?: unknown, key?: string): Promise<Reply>
}

async function world(t: TestContext, settings: Record<string, unknown> = {}): Promise<World> {
  const folder = mkdtempSync(join(tmpdir(), "mortar-host-"))
  const lines: AuditLine[] = []
  const logged: string[] = []
  const at = (message: string, fields?: unknown) =>
    void logged.push(`${message} ${JSON.stringify(fields)}`)
  const log: Log = { debug: at, info: at, warn: at, error: at, child: () => log }
  const keys = KeyRing.open(join(folder, "keys.db"), new Uint8Array(32).fill(7))
  const store = Store.open({ file: join(folder, "store.db"), keys, clock: systemClock })
  const host = await Host.load(
    { echo: fixture("echo"), asker: fixture("asker") },
    { clock: systemClock, log, patience: { pingEveryMs: 50, stuckAfterMs: 1_500 } },
  )
  await host.start({
    filesFolder: folder,
    store,
    timeZone: "America/Chicago",
    settings,
    decide,
    audit: async (line) => void lines.push(line),
    hasRow: () => true,
    grants: noGrants,
    ports: () => () => noPorts,
  })
  t.after(async () => {
    await host.stop()
    store.close()
    rmSync(folder, { recursive: true })
  })
  const ask: World["ask"] = (module, command, input = {}, key) =>
    host.bus.request({
      module,
      command,
      input,
      actor: somebody,
      options: { deadlineMs: 10_000, ...(key ? { key } : {}) },
    })
  return { host, lines, logged, ask }
}

const empty = {}
const noPorts = {
  conversations: empty,
  identity: empty,
  signIn: empty,
  approvals: empty,
  rules: empty,
  catalogue: empty,
  audit: empty,
  backups: empty,
  departures: empty,
  erasure: empty,
  files: empty,
  secrets: empty,
}
const noGrants = {
  conversations: [],
  identity: [],
  signIn: [],
  approvals: [],
  rules: [],
  catalogue: [],
  audit: [],
  backups: [],
  departures: [],
  erasure: [],
  files: [],
  secrets: [],
}

/** Asks until the module serves again. Each try waits for an answer, not for time to pass. */
async function untilServed({ ask }: World): Promise<Reply> {
  for (;;) {
    const reply = await ask("echo", "say", { text: "back" })
    if (reply.kind === "done") return reply
    await new Promise((resolve) => setImmediate(resolve))
  }
}

test("a command is answered by the module in its own process, and the next hears of it", async (t) => {
  const { ask, host } = await world(t, { echo: { prefix: "> " } })
  const reply = await ask("asker", "passOn", { text: "hello" })
  assert.deepEqual(reply, { kind: "done", value: { text: "> hello" } })
  assert.notEqual(host.pidOf("echo"), process.pid)
  const heard = await ask("asker", "heard")
  assert.deepEqual(heard, { kind: "done", value: { times: 1 } })
})

test("a fault comes back as data with the contract's own sentence", async (t) => {
  const { ask } = await world(t)
  const reply = await ask("asker", "passOn", { text: "shut up" })
  assert.deepEqual(reply, { kind: "done", value: { text: "That is not said here." } })
})

test("input that does not fit the contract never reaches the module", async (t) => {
  const { ask } = await world(t)
  const reply = await ask("echo", "say", { text: "x".repeat(101) })
  assert.equal(reply.kind === "fault" && reply.code, "invalid_input")
})

for (const [how, command] of [
  ["throws", "throwUp"],
  ["loops for ever", "loopForEver"],
  ["leaks to its limit", "leak"],
] as const)
  test(`a module that ${how} fails its request as an outage, comes back, and the others run on`, async (t) => {
    const here = await world(t)
    const dying = here.ask("echo", command)
    const other = await here.ask("asker", "heard")
    assert.equal(other.kind, "done")
    const reply = await dying
    assert.equal(reply.kind === "outage" && reply.code, "module_down")
    assert.equal((await untilServed(here)).kind, "done")
    assert.equal(here.host.health().find(({ module }) => module === "echo")?.restarts, 1)
  })

test("a module that is killed fails what it had begun at once, and comes back", async (t) => {
  const here = await world(t)
  const begun = here.ask("echo", "wait")
  const pid = here.host.pidOf("echo")
  assert.ok(pid)
  process.kill(pid, "SIGKILL")
  const reply = await begun
  assert.equal(reply.kind === "outage" && reply.code, "module_down")
  await untilServed(here)
  assert.notEqual(here.host.pidOf("echo"), pid)
})

test("what a module threw is told by name and place, never by its message", async (t) => {
  const here = await world(t)
  await here.ask("echo", "throwUp")
  await untilServed(here)
  const told = here.logged.join("\n")
  assert.match(told, /defect/)
  assert.match(told, /behaviour\.ts/)
  assert.doesNotMatch(told, /Willowby|1985/)
})

test("a module that keeps dying is set aside until it is released", async (t) => {
  const here = await world(t)
  let last: Reply
  do {
    last = await here.ask("echo", "throwUp")
    await new Promise((resolve) => setImmediate(resolve))
  } while (last.kind === "outage" && last.code !== "module_quarantined")
  assert.equal(last.kind === "outage" && last.retryable, false)
  await here.host.release("echo")
  assert.equal((await here.ask("echo", "say", { text: "hi" })).kind, "done")
  assert.deepEqual(here.lines.at(-1)?.what, "module.released")
})

test("a request that takes too long is told to stop and answered as an outage", async (t) => {
  const { host } = await world(t)
  const reply = await host.bus.request({
    module: "echo",
    command: "wait",
    input: {},
    actor: somebody,
    options: { deadlineMs: 50 },
  })
  assert.equal(reply.kind === "outage" && reply.code, "deadline")
})

test("a version is swapped under a stream of requests and none of them fails", async (t) => {
  const here = await world(t)
  const answered = new Map<string, number>()
  let isStreaming = true
  const stream = async () => {
    while (isStreaming) {
      const reply = await here.ask("echo", "say", { text: "still there?" })
      assert.equal(reply.kind, "done")
      const { version } = (reply as { value: { version: string } }).value
      answered.set(version, (answered.get(version) ?? 0) + 1)
    }
  }
  const streams = Array.from({ length: 20 }, stream)
  await here.host.swap("echo", fixture("echo-next"))
  await here.ask("echo", "say", { text: "new?" })
  isStreaming = false
  await Promise.all(streams)
  assert.ok((answered.get("1.0.0") ?? 0) > 0 && (answered.get("1.1.0") ?? 0) > 0)
  assert.equal(here.lines.at(-1)?.outcome, "echo@1.1.0")
})

test("a version that is not fit is not put in place", async (t) => {
  const here = await world(t, { echo: { prefix: "unfit" } })
  await assert.rejects(here.host.swap("echo", fixture("echo-next")), /pms_down/)
  const reply = await here.ask("echo", "say", { text: "" })
  assert.deepEqual(reply, { kind: "done", value: { text: "unfit", version: "1.0.0" } })
})

test("a caller reaches only the record of who they proved to be, and the log says it before and after", async (t) => {
  const here = await world(t)
  const { identities } = here.host
  await identities.openConversation("c1", "phone")
  const keep = { name: "echo.keep", input: { patient: "p1", line: "a note" }, conversation: "c1" }
  const refused = await here.ask("asker", "propose", keep)
  assert.deepEqual(replyIn(refused), { kind: "refused", row: "refill_request", rules: [] })

  await identities.establish("c1", { identity: "verified", patient: "p1" })
  const done = await here.ask("asker", "propose", keep)
  assert.deepEqual(replyIn(done), { kind: "done", value: { times: 1 } })
  const told = here.lines.map(({ phase, patient, outcome }) => [phase, patient, outcome])
  assert.deepEqual(told.slice(-2), [
    ["before", "p1", undefined],
    ["after", "p1", "done"],
  ])
  assert.doesNotMatch(JSON.stringify(here.lines), /a note/)
})

test("an act with the same key happens once, also when it is asked for at the same time", async (t) => {
  const { ask } = await world(t)
  const decideAll = { patient: "p1", line: "x" }
  const { host } = await world(t)
  await host.identities.openConversation("c1", "phone")
  await host.identities.establish("c1", { identity: "verified", patient: "p1" })
  const actor = host.identities.actor({ conversation: "c1" })
  assert.ok(actor)
  const once = () =>
    host.bus.request({
      module: "echo",
      command: "keep",
      input: decideAll,
      actor,
      options: { key: "turn-7" },
    })
  const replies = await Promise.all([once(), once(), once()])
  replies.push(await once())
  for (const reply of replies) assert.deepEqual(reply, { kind: "done", value: { times: 1 } })
  assert.equal((await ask("echo", "say", { text: "" })).kind, "done")
})

test("a module that reaches for a port it never declared is ended", async (t) => {
  const here = await world(t)
  const reply = await here.ask("asker", "overstep")
  assert.equal(reply.kind === "outage" && reply.code, "module_down")
})

test("a module whose command has no row in the tier matrix stops the boot", async (t) => {
  const folder = mkdtempSync(join(tmpdir(), "mortar-host-"))
  t.after(() => rmSync(folder, { recursive: true }))
  const keys = KeyRing.open(join(folder, "keys.db"), new Uint8Array(32).fill(7))
  const store = Store.open({ file: join(folder, "store.db"), keys, clock: systemClock })
  const log: Log = {
    debug: () => {},
    info: () => {},
    warn: () => {},
    error: () => {},
    child: () => log,
  }
  const host = await Host.load({ echo: fixture("echo") }, { clock: systemClock, log })
  const boot = host.start({
    filesFolder: folder,
    store,
    timeZone: "UTC",
    settings: {},
    decide,
    audit: async () => undefined,
    hasRow: (action) => action !== "refill_request",
    grants: noGrants,
    ports: () => () => noPorts,
  })
  await assert.rejects(boot, /keep: the tier matrix has no row refill_request/)
  store.close()
})

test("an accepted connection is handed to the module unread", async (t) => {
  const { host } = await world(t)
  const port = await host.listeners.open("public", 0, "127.0.0.1")
  const { connect } = await import("node:net")
  const socket = connect(port, "127.0.0.1")
  // No module listens in this house, so nobody may keep the connection.
  await once(socket, "close")
  assert.equal(socket.bytesRead, 0)
})

function replyIn(reply: Reply): unknown {
  assert.equal(reply.kind, "done")
  return (reply as { value: { reply: unknown } }).value.reply
}

test("what an act answered is forgotten after a month, and an expired token at the hour", async (t) => {
  const folder = mkdtempSync(join(tmpdir(), "mortar-host-"))
  t.after(() => rmSync(folder, { recursive: true }))
  const keys = KeyRing.open(join(folder, "keys.db"), new Uint8Array(32).fill(7))
  const clock = new VirtualClock(0)
  const store = Store.open({ file: join(folder, "store.db"), keys, clock })
  store.declare("host", { ...identityCollections, ...onceCollections })
  const [acts, identities] = [new Once(store, clock), new Identities(store, clock)]
  let times = 0
  const act = async (): Promise<Reply> => ({ kind: "done", value: ++times })
  await acts.perform("a.b", "key", act)
  const tess = { person: "tess", role: "technician", session: "s-1", expiresAtMs: 60_000 } as const
  await identities.openToken("token-hash", tess)
  clock.advance(29 * 86_400_000)
  await acts.prune()
  assert.deepEqual(await acts.perform("a.b", "key", act), { kind: "done", value: 1 })
  clock.advance(2 * 86_400_000)
  await Promise.all([acts.prune(), identities.prune()])
  assert.deepEqual(await acts.perform("a.b", "key", act), { kind: "done", value: 2 })
  assert.equal(store.collection("host.tokens").count({}), 0)
  store.close()
})
