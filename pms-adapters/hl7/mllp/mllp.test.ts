/** Messages between two programs, over networks that cut, double and spoil them. */
import assert from "node:assert/strict"
import { once } from "node:events"
import { type AddressInfo, connect, createServer, type Server, type Socket } from "node:net"
import { after, test } from "node:test"
import fc from "fast-check"
import { systemClock } from "#core/clock.ts"
import { Outage } from "#core/fault.ts"
import { readAck } from "../ack.ts"
import { makeSegment } from "../build.ts"
import { makeHeader, readHeader } from "../header.ts"
import { type Message, readMessage, writeMessage } from "../message.ts"
import { Hl7Error } from "../trouble.ts"
import { FrameReader, framed } from "./frame.ts"
import { MllpLink } from "./link.ts"
import { MemoryInbox, MemoryOutbox } from "./memory.ts"
import { MllpSender } from "./sender.ts"
import { type Inbox, MllpServer, type ServerTrouble } from "./server.ts"

const host = "127.0.0.1"
const timeZone = "America/Chicago"
const never = new AbortController().signal

function messageNamed(controlId: string, note = controlId): Message {
  const header = makeHeader({ type: "ADT", trigger: "A08", controlId, atMs: 0, timeZone })
  return { segments: [header, makeSegment("ZAA", { 1: note })] }
}

const idsOf = (messages: readonly Message[]) =>
  messages.map((message) => readHeader(message).controlId)

interface Receiving {
  readonly inbox?: Inbox
  readonly bytesMax?: number
  readonly port?: number
  readonly admits?: (address: string) => boolean
}

const undo: (() => Promise<void> | void)[] = []
after(async () => {
  for (const run of undo.reverse()) await run()
})

async function receive({ inbox = new MemoryInbox(), port = 0, ...more }: Receiving = {}) {
  const troubles: ServerTrouble[] = []
  const server = await MllpServer.open({
    ...more,
    host,
    port,
    inbox,
    clock: systemClock,
    timeZone,
    onTrouble: (code) => troubles.push(code),
  })
  undo.push(() => server.close())
  return { server, troubles, port: server.port! }
}

/** A bare connection that says bytes and collects what is answered. */
async function dial(port: number) {
  const socket = connect({ host, port })
  const reader = new FrameReader(10_000)
  const answers: Message[] = []
  let news: (() => void) | undefined
  socket.on("error", () => undefined)
  socket.on("data", (chunk) => {
    for (const frame of reader.read(chunk)) {
      assert.ok(frame.kind === "message")
      answers.push(readMessage(frame.bytes))
    }
    news?.()
  })
  await once(socket, "connect")
  undo.push(() => void socket.destroy())
  return {
    socket,
    answers,
    async heard(count: number) {
      while (answers.length < count) {
        await new Promise<void>((resolve) => {
          news = resolve
        })
      }
      return answers.map((answer) => readAck(answer))
    },
  }
}

test("messages that arrive in one chunk are each delivered and answered, in order", async () => {
  const inbox = new MemoryInbox()
  const { port } = await receive({ inbox })
  const line = await dial(port)
  const three = ["1", "2", "3"].map((id) => framed(writeMessage(messageNamed(id))))
  line.socket.write(Buffer.concat(three))
  const acks = await line.heard(3)
  assert.deepEqual(idsOf(inbox.taken), ["1", "2", "3"])
  assert.deepEqual(
    acks.map(({ code, controlId }) => code + controlId),
    ["AA1", "AA2", "AA3"],
  )
})

test("after a malformed frame nothing that came before is delivered again", async () => {
  const inbox = new MemoryInbox()
  const { port, troubles } = await receive({ inbox })
  const line = await dial(port)
  const [first, second, third] = ["1", "2", "3"].map((id) => framed(writeMessage(messageNamed(id))))
  const malformed = Buffer.from("noise\x0bMSH|half a message\x0b\x1c\x1c\rmore noise")
  line.socket.write(Buffer.concat([first!, second!, malformed, third!]))
  await line.heard(3)
  assert.deepEqual(idsOf(inbox.taken), ["1", "2", "3"])
  assert.ok(troubles.includes("broken_frame"))
})

test("a message that comes again is answered again and delivered once", async () => {
  const inbox = new MemoryInbox()
  const { port } = await receive({ inbox })
  const line = await dial(port)
  const bytes = framed(writeMessage(messageNamed("1")))
  line.socket.write(Buffer.concat([bytes, bytes]))
  const acks = await line.heard(2)
  assert.deepEqual(idsOf(inbox.taken), ["1"])
  assert.deepEqual(acks[0], acks[1])
})

test("a control id that was used before, for something else, is another message", async () => {
  const inbox = new MemoryInbox()
  const { port } = await receive({ inbox })
  const line = await dial(port)
  const both = [messageNamed("1", "Monday"), messageNamed("1", "Tuesday")]
  line.socket.write(Buffer.concat(both.map((message) => framed(writeMessage(message)))))
  await line.heard(2)
  assert.equal(inbox.taken.length, 2)
})

test("what was accepted before a restart is not delivered again after it", async () => {
  const inbox = new MemoryInbox()
  const bytes = framed(writeMessage(messageNamed("1")))
  for (let start = 0; start < 2; start++) {
    const { port, server } = await receive({ inbox })
    const line = await dial(port)
    line.socket.write(bytes)
    assert.equal((await line.heard(1))[0]?.code, "AA")
    await server.close()
  }
  assert.equal(inbox.taken.length, 1)
})

test("a message past the limit is rejected by its control id, and the line goes on", async () => {
  const inbox = new MemoryInbox()
  const { port } = await receive({ inbox, bytesMax: 500 })
  const line = await dial(port)
  line.socket.write(framed(writeMessage(messageNamed("1", "x".repeat(1_000)))))
  line.socket.write(framed(writeMessage(messageNamed("2"))))
  const acks = await line.heard(2)
  assert.deepEqual(
    acks.map(({ code, controlId }) => code + controlId),
    ["AR1", "AA2"],
  )
  assert.deepEqual(idsOf(inbox.taken), ["2"])
})

test("what the inbox refuses is answered with the place, what it can't take now with later", async () => {
  const refusals = [
    new Hl7Error("missing_field", { segment: "PID", field: 3 }),
    new Outage("store_full"),
  ]
  const inbox = new MemoryInbox()
  const choosy: Inbox = {
    answered: (name) => inbox.answered(name),
    async take(received) {
      const refusal = refusals.shift()
      if (refusal) throw refusal
      await inbox.take(received)
    },
  }
  const { port } = await receive({ inbox: choosy })
  const line = await dial(port)
  const bytes = framed(writeMessage(messageNamed("1")))
  line.socket.write(Buffer.concat([bytes, bytes, bytes]))
  const acks = await line.heard(3)
  assert.deepEqual(
    acks.map(({ code, error }) => [code, error]),
    [
      ["AE", "101"],
      ["AE", "207"],
      ["AA", undefined],
    ],
  )
  assert.equal(inbox.taken.length, 1)
})

test("an address that is not admitted is hung up on", async () => {
  const inbox = new MemoryInbox()
  const { port } = await receive({ inbox, admits: () => false })
  const line = await dial(port)
  line.socket.write(framed(writeMessage(messageNamed("1"))))
  await once(line.socket, "close")
  assert.deepEqual(inbox.taken, [])
})

test("a port that another version holds is taken over when that one ends", async () => {
  const { port, server } = await receive()
  const inbox = new MemoryInbox()
  const { server: next } = await receive({ inbox, port })
  assert.equal(next.port, undefined)
  await server.close()
  const link = new MllpLink({ host, port, clock: systemClock, timeoutMs: 5_000 })
  undo.push(() => link.close())
  while (!(await link.exchange(messageNamed("1"), never)).ok) await new Promise(setImmediate)
  assert.deepEqual(idsOf(inbox.taken), ["1"])
})

test("an exchange says whether the message may have arrived", async () => {
  const holes: Server[] = []
  const hole = async (serve: (socket: Socket) => void) => {
    const server = createServer(serve).listen(0, host)
    holes.push(server)
    await once(server, "listening")
    return (server.address() as AddressInfo).port
  }
  const outcome = async (port: number, timeoutMs: number) => {
    const link = new MllpLink({ host, port, clock: systemClock, timeoutMs })
    const exchanged = await link.exchange(messageNamed("1"), never)
    link.close()
    return exchanged.ok ? "answered" : [exchanged.trouble, exchanged.mayBeDone]
  }
  const cutting = await hole((socket) => socket.on("data", () => socket.destroy()))
  const silent = await hole((socket) => void socket.resume())
  const babbling = await hole((socket) =>
    socket.on("data", () => socket.write(framed(Buffer.from("?")))),
  )
  const closed = await hole(() => undefined)
  holes.at(-1)?.close()
  assert.deepEqual(await outcome(cutting, 5_000), ["cut", true])
  assert.deepEqual(await outcome(silent, 50), ["deadline", true])
  assert.deepEqual(await outcome(babbling, 5_000), ["unreadable", true])
  assert.deepEqual(await outcome(closed, 5_000), ["cut", false])
  for (const server of holes) server.close()
})

test("concurrent exchanges over one link are answered each with its own", async () => {
  const { port } = await receive()
  const link = new MllpLink({ host, port, clock: systemClock, timeoutMs: 5_000 })
  undo.push(() => link.close())
  const ids = Array.from({ length: 20 }, (_, index) => `C${index}`)
  const answers = await Promise.all(ids.map((id) => link.exchange(messageNamed(id), never)))
  const told = answers.map((one) => (one.ok ? readAck(one.answer).controlId : one.trouble))
  assert.deepEqual(told, ids)
})

/** What the network does to one connection, at its next message. */
type Weather = "fair" | "cut_before" | "cut_after" | "twice" | "noise" | "in_pieces"

/** A network between a sender and a receiver, whose weather changes with every message. */
async function network(target: number, weather: () => Weather) {
  const sockets = new Set<Socket>()
  const server = createServer((near) => {
    const far = connect({ host, port: target })
    const both = [near, far]
    for (const socket of both) {
      sockets.add(socket)
      socket.on("error", () => undefined)
      socket.on("close", () => {
        for (const other of both) other.destroy()
        sockets.delete(socket)
      })
    }
    let losesAnswer = false
    far.on("data", (answer) => (losesAnswer ? near.destroy() : near.write(answer)))
    near.on("data", (chunk) => {
      const now = weather()
      losesAnswer = now === "cut_after"
      if (now === "cut_before") return near.destroy()
      if (now === "noise") far.write("noise\x0bMSH|^~\\&|cut off\x1c")
      if (now === "in_pieces") for (const byte of chunk) far.write(Buffer.of(byte))
      else far.write(now === "twice" ? Buffer.concat([chunk, chunk]) : chunk)
      return undefined
    })
  }).listen(0, host)
  await once(server, "listening")
  return {
    port: (server.address() as AddressInfo).port,
    close() {
      server.close()
      for (const socket of sockets) socket.destroy()
    },
  }
}

test("no weather loses a message, doubles one, or changes their order", async () => {
  const weather = fc.constantFrom<Weather>(
    ...(["fair", "cut_before", "cut_after", "twice", "noise", "in_pieces"] as const),
  )
  const holds = fc.asyncProperty(
    fc.array(weather, { maxLength: 25 }),
    fc.integer({ min: 1, max: 8 }),
    async (forecast, count) => {
      const inbox = new MemoryInbox()
      const outbox = new MemoryOutbox()
      const { port, server } = await receive({ inbox })
      const days = [...forecast]
      const between = await network(port, () => days.shift() ?? "fair")
      const link = new MllpLink({ host, port: between.port, clock: systemClock, timeoutMs: 2_000 })
      const open = () =>
        new MllpSender({ link, outbox, clock: systemClock, pauseMs: 1, pauseMostMs: 2 })
      const ids = Array.from({ length: count }, (_, index) => `M${index}`)
      const first = open()
      for (const id of ids) await first.post(messageNamed(id))
      await first.close()
      const second = open()
      await outbox.reached(count)
      await second.close()
      between.close()
      await server.close()
      assert.deepEqual(idsOf(inbox.taken), ids)
      assert.ok([...outbox.settled.values()].every((how) => how === "accepted"))
    },
  )
  await fc.assert(holds, { numRuns: 60, endOnFailure: true })
})

test("a message the receiver will never take is told, and holds up nobody", async () => {
  const inbox = new MemoryInbox()
  const { port } = await receive({ inbox, bytesMax: 500 })
  const outbox = new MemoryOutbox()
  const link = new MllpLink({ host, port, clock: systemClock, timeoutMs: 5_000 })
  const sender = new MllpSender({ link, outbox, clock: systemClock, pauseMs: 1 })
  await sender.post(messageNamed("1", "x".repeat(1_000)))
  await sender.post(messageNamed("2"))
  await outbox.reached(2)
  await sender.close()
  assert.deepEqual(
    [...outbox.settled],
    [
      ["1", "refused"],
      ["2", "accepted"],
    ],
  )
})
