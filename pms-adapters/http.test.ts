/** How trouble on the wire is told apart: its name, and whether the request may be done. */
import assert from "node:assert/strict"
import { once } from "node:events"
import { createServer, type RequestListener } from "node:http"
import { type TestContext, test } from "node:test"
import { Type as t } from "typebox"
import { systemClock, VirtualClock } from "#core/clock.ts"
import { type Http, openHttp } from "./http.ts"
import { submitOnce } from "./once.ts"

const answer = t.Object({ text: t.String() })

async function serverWith(context: TestContext, listener: RequestListener): Promise<string> {
  const server = createServer(listener).listen(0, "127.0.0.1")
  await once(server, "listening")
  context.after(() => {
    server.closeAllConnections()
    server.close()
  })
  const address = server.address()
  return `http://127.0.0.1:${typeof address === "object" ? address?.port : ""}`
}

/** An address where nobody listens, since who did has just left. */
async function nowhere(): Promise<string> {
  const server = createServer().listen(0, "127.0.0.1")
  await once(server, "listening")
  const address = server.address()
  server.close()
  await once(server, "close")
  return `http://127.0.0.1:${typeof address === "object" ? address?.port : ""}`
}

function httpTo(baseUrl: string): Http {
  return openHttp({ fetch, clock: systemClock, baseUrl, headers: {}, timeoutMs: 10_000 })
}

async function troubleOf(http: Http, signal = new AbortController().signal) {
  const exchanged = await http({ method: "POST", path: "/act", body: {}, answer, signal })
  if (exchanged.ok) return undefined
  const { outage, mayBeDone } = exchanged
  return [outage.code, outage.retryable, mayBeDone]
}

test("statuses and bodies that are no answer are told apart", async (context) => {
  const expected = [
    [200, `{"text":"hello","more":1}`, undefined],
    [200, `{"text":1}`, ["pms_unreadable", false, true]],
    [200, "", ["pms_unreadable", false, true]],
    [204, "", ["pms_unreadable", false, true]],
    [302, "", ["pms_unreadable", false, true]],
    [401, "", ["pms_refused", false, false]],
    [403, "", ["pms_refused", false, false]],
    [404, "", ["pms_unreadable", false, true]],
    [429, "", ["pms_down", true, true]],
    [500, "", ["pms_down", true, true]],
    [503, "", ["pms_down", true, true]],
  ] as const
  for (const [status, body, trouble] of expected) {
    const url = await serverWith(context, (_, response) => {
      response.writeHead(status, { location: "http://127.0.0.1:9/elsewhere" }).end(body)
    })
    assert.deepEqual(await troubleOf(httpTo(url)), trouble, `status ${status}`)
  }
})

test("a connection that was cut in mid-answer may have done what was asked", async (context) => {
  const url = await serverWith(context, (_, response) => {
    response.writeHead(200, { "content-length": "100" })
    response.write(`{"text":`, () => response.destroy())
  })
  assert.deepEqual(await troubleOf(httpTo(url)), ["pms_down", true, true])
})

test("a server that is not there can't have done anything", async () => {
  assert.deepEqual(await troubleOf(httpTo(await nowhere())), ["pms_down", true, false])
})

test("what is no longer wanted before it was sent is not sent", async (context) => {
  let isSent = false
  const url = await serverWith(context, (_, response) => {
    isSent = true
    response.end()
  })
  const trouble = await troubleOf(httpTo(url), AbortSignal.abort())
  assert.deepEqual(trouble, ["deadline", true, false])
  assert.equal(isSent, false)
})

test("an exchange leaves no timer behind", async (context) => {
  const url = await serverWith(context, (_, response) => response.end(`{"text":"hello"}`))
  const clock = new VirtualClock(0)
  const http = openHttp({ fetch, clock, baseUrl: url, headers: {}, timeoutMs: 10_000 })
  assert.equal(await troubleOf(http), undefined)
  assert.equal(clock.nextDueMs(), undefined)
})

test("a request that never left is neither asked for nor called uncertain", async () => {
  const http = httpTo(await nowhere())
  const { signal } = new AbortController()
  const send = () => http({ method: "POST", path: "/act", answer, signal })
  const ask = () => assert.fail("nothing was sent that could be asked for")
  await assert.rejects(submitOnce({ send, ask }), { code: "pms_down", retryable: true })
})
