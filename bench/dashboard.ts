/**
 * How long staff wait for their screen on a full day, 2,000 calls and 500 items: from before a
 * thing is told to the house until its row is painted, the first paint, and the frames of a
 * scrolled list. Beside each figure stands a bare page with as many rows, fed by a bare server, in
 * the same browser: what the browser and this machine cost when nothing is sealed or decided.
 */
import assert from "node:assert/strict"
import { once } from "node:events"
import { createServer, type Server, type ServerResponse } from "node:http"
import type { Browser, Page } from "playwright-core"
import { type Door, openDoor } from "../dashboard/fixtures/door.ts"
import { ask, coverage, openBrowser, signIn, sitDown } from "../test/browser/staff-room.ts"
import { type BenchResult, type BenchRow, quantile, rowOf } from "./contest.ts"

const CALLS = 2_000
const ITEMS = 500
const LISTED_CALLS = 100
const AT_ONCE = 25
const EVENTS = 40
const PAINTS = 10

/** Both pages mark a row the same way, so that one watch serves both. */
const ROWS = ".rows > li"
/** What waits before the events of this run make it a full day. */
const WAITING = ITEMS - EVENTS
const callOf = (at: number): string => `CA${`${at}`.padStart(32, "0")}`

export async function bench(): Promise<BenchResult> {
  await using undo = new AsyncDisposableStack()
  const door = await openDoor({ after: (close) => undo.defer(close) })
  await fill(door)
  const plain = await startPlain()
  undo.defer(() => void plain.server.close())
  const browser = await openBrowser()
  undo.defer(() => browser.close())
  const ours = await seat(browser, door.url)
  const reference = await sitDown(browser, plain.url)
  const pages = { ours, reference }
  return {
    name: `the staff's screen, ${CALLS} calls and ${ITEMS} items`,
    rows: [
      ...(await callsToScreen(pages, door, plain)),
      ...(await itemsToScreen(pages, door, plain)),
      ...(await framesOfScrolling(pages)),
      ...(await firstPaints(pages)),
    ],
  }
}

type Times = Readonly<Record<"ours" | "reference", number[]>>

interface Pages {
  readonly ours: Page
  readonly reference: Page
}

async function seat(browser: Browser, url: string): Promise<Page> {
  const page = await sitDown(browser, url)
  await signIn(page, "tech")
  return page
}

async function fill(door: Door): Promise<void> {
  await each(CALLS, async (at) => {
    await door.house.ask("calls.begin", { call: callOf(at), from: `+15125550${100 + (at % 100)}` })
    await door.house.ask("calls.update", { call: callOf(at), state: "ended" })
  })
  await each(WAITING, () => ask(door, coverage))
}

async function each(count: number, work: (at: number) => Promise<unknown>): Promise<void> {
  const turns = Array.from({ length: count }, (_, at) => at)
  const lines = Array.from({ length: AT_ONCE }, async () => {
    for (let at = turns.shift(); at !== undefined; at = turns.shift()) await work(at)
  })
  await Promise.all(lines)
}

async function callsToScreen({ ours, reference }: Pages, door: Door, plain: Plain) {
  await opened(ours, "/calls", LISTED_CALLS)
  await opened(reference, `/?rows=${LISTED_CALLS}`, LISTED_CALLS)
  const times: Times = { ours: [], reference: [] }
  for (let n = 0; n < EVENTS; n++) {
    const call = callOf(CALLS + n)
    const row = `.rows a[href="/calls/${call}"]`
    const begin = () => door.house.ask("calls.begin", { call, from: "+15125550100" })
    times.ours.push(await untilPainted(ours, row, begin))
    times.reference.push(await untilPainted(reference, `#row-${call}`, () => plain.tell(call)))
  }
  return spread("a call, from its first ring to its row", times)
}

async function itemsToScreen({ ours, reference }: Pages, door: Door, plain: Plain) {
  await opened(ours, "/queue", WAITING)
  await opened(reference, `/?rows=${WAITING}`, WAITING)
  const times: Times = { ours: [], reference: [] }
  for (let n = 1; n <= EVENTS; n++) {
    // Which id the item gets is known when it is held; that one more row stands there, before.
    const nth = `.rows > li:nth-child(${WAITING + n})`
    times.ours.push(await untilPainted(ours, nth, () => ask(door, coverage)))
    times.reference.push(await untilPainted(reference, nth, () => plain.tell(`item-${n}`)))
  }
  return spread("an item, from asking to its row", times)
}

/** Milliseconds from before `happen` until what the selector names has been painted. */
async function untilPainted(page: Page, selector: string, happen: () => unknown): Promise<number> {
  await page.evaluate(`globalThis.painted = new Promise((resolve) => {
    const look = () => {
      if (!document.querySelector(${JSON.stringify(selector)})) return false
      const tell = () => resolve(performance.timeOrigin + performance.now())
      requestAnimationFrame(() => setTimeout(tell))
      return true
    }
    const observer = new MutationObserver(() => look() && observer.disconnect())
    observer.observe(document, { childList: true, subtree: true, attributes: true })
    if (look()) observer.disconnect()
  })
  undefined`)
  const startMs = performance.timeOrigin + performance.now()
  await happen()
  return Number(await page.evaluate("globalThis.painted")) - startMs
}

/** A wheel turned quickly over the whole list, and how long each frame took. */
async function framesOfScrolling({ ours, reference }: Pages): Promise<BenchRow[]> {
  const times = { ours: await framesOf(ours), reference: await framesOf(reference) }
  return spread(`a frame while ${ITEMS} rows are scrolled`, times)
}

async function framesOf(page: Page): Promise<number[]> {
  const frames = await page.evaluate(`new Promise((resolve) => {
    const list = document.querySelector(".rows")
    const box = list.scrollHeight > list.clientHeight ? list : document.scrollingElement
    const frames = []
    let last = performance.now()
    const step = () => {
      const now = performance.now()
      frames.push(now - last)
      last = now
      const before = box.scrollTop
      box.scrollTop += 240
      if (box.scrollTop === before) resolve(frames.slice(1))
      else requestAnimationFrame(step)
    }
    box.scrollTop = 0
    requestAnimationFrame(step)
  })`)
  assert(Array.isArray(frames) && frames.length > 0, "the list did not scroll")
  return frames.map(Number)
}

async function firstPaints({ ours, reference }: Pages): Promise<BenchRow[]> {
  const times: Times = { ours: [], reference: [] }
  for (let n = 0; n < PAINTS; n++) {
    times.ours.push(await firstPaintOf(ours, "/now"))
    times.reference.push(await firstPaintOf(reference, `/?rows=${LISTED_CALLS}`))
  }
  return spread("first paint with content", times)
}

async function firstPaintOf(page: Page, path: string): Promise<number> {
  await page.goto(path)
  const paintMs = await page.evaluate(`new Promise((resolve) => {
    new PerformanceObserver((list) => {
      const [paint] = list.getEntriesByName("first-contentful-paint")
      if (paint) resolve(paint.startTime)
    }).observe({ type: "paint", buffered: true })
  })`)
  return Number(paintMs)
}

function spread(what: string, times: Times): BenchRow[] {
  return [0.5, 0.95].map((share) =>
    rowOf({
      what: `${what}, p${share * 100}`,
      ours: quantile(times.ours, share),
      reference: quantile(times.reference, share),
      unit: "ms",
    }),
  )
}

async function opened(page: Page, path: string, rows: number): Promise<void> {
  await page.goto(path)
  await page
    .locator(ROWS)
    .nth(rows - 1)
    .waitFor({ state: "attached" })
}

interface Plain {
  readonly server: Server
  readonly url: string
  /** Puts one more row on the page, by its id. */
  tell(id: string): void
}

/** A page that adds a row for every message of a stream, and nothing else. */
async function startPlain(): Promise<Plain> {
  const readers = new Set<ServerResponse>()
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? "/", "http://localhost")
    if (url.pathname !== "/live") return void response.end(plainPage(url))
    response.writeHead(200, { "content-type": "text/event-stream" }).flushHeaders()
    readers.add(response)
    response.once("close", () => readers.delete(response))
  })
  server.listen(0, "127.0.0.1")
  await once(server, "listening")
  const address = server.address()
  assert(address !== null && typeof address === "object")
  return {
    server,
    url: `http://127.0.0.1:${address.port}`,
    tell: (id) => {
      for (const reader of readers) reader.write(`data: ${id}\n\n`)
    },
  }
}

function plainPage(url: URL): string {
  const count = Number(url.searchParams.get("rows"))
  const rows = Array.from({ length: count }, (_, at) => `<li>row ${at}</li>`).join("")
  return `<!doctype html><html lang="en"><title>rows</title><ul class="rows">${rows}</ul><script>
    new EventSource("/live").onmessage = ({ data }) => {
      const row = document.createElement("li")
      row.id = "row-" + data
      row.textContent = data
      document.querySelector(".rows").append(row)
    }
  </script></html>`
}
