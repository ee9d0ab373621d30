/** What is asked beside the commands: health, metrics, OpenAPI, pages, the feed. */
import assert from "node:assert/strict"
import { once } from "node:events"
import { connect } from "node:net"
import { join } from "node:path"
import { test } from "node:test"
import { tokenHash } from "#core/token.ts"
import { type Door, sharedDoor } from "./fixtures/door.ts"

const phoneUrl = "ws://127.0.0.1:9/phone"
const door = sharedDoor({ phoneUrl })

interface OpenApi {
  readonly openapi: string
  readonly paths: Readonly<Record<string, { readonly post: Operation }>>
  readonly components: { readonly schemas: Readonly<Record<string, unknown>> }
}
interface Operation {
  readonly operationId: string
  readonly summary: string
  readonly responses: Readonly<Record<string, { readonly description: string }>>
  readonly requestBody?: unknown
}

test("the description of the interface is whole: unique ids, known references, every fault", async () => {
  const { get, house } = await door()
  const { status, text } = await get("/openapi.json")
  assert.equal(status, 200)
  const described = JSON.parse(text) as OpenApi
  assert.equal(described.openapi, "3.1.0")
  const operations = Object.entries(described.paths)
  const ids = operations.map(([, { post }]) => post.operationId)
  assert.equal(new Set(ids).size, ids.length)
  for (const [path, { post }] of operations) {
    assert.match(path, /^\/v1\/[a-z-]+\/[a-zA-Z]+$/)
    assert.ok(post.summary.endsWith("."))
    for (const [code, { description }] of Object.entries(post.responses)) {
      assert.match(code, /^[2-5]\d\d$/)
      assert.ok(description)
    }
  }
  const references = [...text.matchAll(/"\$ref":"#\/components\/schemas\/(\w+)"/g)]
  for (const [, name = ""] of references) assert.ok(name in described.components.schemas, name)
  for (const { name, commands } of house.host.contracts()) {
    for (const [command, spec] of Object.entries(commands)) {
      const operation = described.paths[`/v1/${name}/${command}`]?.post
      assert.equal(operation === undefined, spec.action === "internal", `${name}.${command}`)
      const told = operation?.responses[422]?.description ?? ""
      if (operation) for (const says of Object.values(spec.faults)) assert.ok(told.includes(says))
    }
  }
})

test("health is told to anybody and names no patient; metrics are for this machine", async () => {
  const { get, post, signIn } = await door()
  await post("/v1/work-queue/list", {}, { token: await signIn("technician") })
  const health = JSON.parse((await get("/health")).text)
  assert.equal(health.state, "ok")
  const { text } = await get("/metrics")
  assert.match(text, /^mortar_module_up\{module="dashboard"\} 1$/m)
  assert.match(text, /^mortar_commands_total\{module="work-queue",command="list"\} \d+$/m)
  for (const line of text.trim().split("\n"))
    assert.match(line, /^# (HELP|TYPE) |^[a-z_]+(\{[a-z]+="[^"]*"(,[a-z]+="[^"]*")*\})? [\d.e+-]+$/)
})

test("every answer forbids the browser what the page does not need", async () => {
  const { get } = await door()
  const page = await get("/", { accept: "text/html" })
  const policy = page.headers.get("content-security-policy") ?? ""
  assert.match(policy, /default-src 'none'/)
  assert.match(policy, /connect-src 'self' ws:\/\/127\.0\.0\.1:9;/)
  assert.ok(!policy.includes("unsafe"))
  for (const path of ["/", "/health", "/queue/anything", "/v1/nothing/here"]) {
    const { headers } = await get(path, { accept: "text/html" })
    assert.equal(headers.get("x-frame-options"), "DENY")
    assert.equal(headers.get("x-content-type-options"), "nosniff")
  }
  const [one, other] = [await get("/"), await get("/")]
  const nonceOf = (answer: typeof one) =>
    /'nonce-([^']+)'/.exec(answer.headers.get("content-security-policy") ?? "")?.[1]
  assert.notEqual(nonceOf(one), nonceOf(other))
})

test("the demo telephone's address is for the signed in, and absent when there is none", async () => {
  const { get, signIn } = await door()
  assert.equal((await get("/demo")).status, 401)
  const headers = { authorization: `Bearer ${await signIn("technician")}` }
  const { text } = await get("/demo", headers)
  assert.deepEqual(JSON.parse(text), { phoneUrl, dials: "+15125550197" })
})

/** Follows the feed until it has told so many events. */
async function follow({ url }: Door, token: string, lastEventId?: string) {
  const stop = new AbortController()
  const response = await fetch(`${url}/live`, {
    headers: {
      authorization: `Bearer ${token}`,
      ...(lastEventId === undefined ? {} : { "last-event-id": lastEventId }),
    },
    signal: stop.signal,
  })
  assert.equal(response.status, 200)
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader()
  assert.ok(reader)
  let text = ""
  return {
    stop: () => stop.abort(),
    async end(): Promise<void> {
      while (!(await reader.read()).done);
    },
    async until(pattern: RegExp): Promise<RegExpExecArray> {
      for (;;) {
        const found = pattern.exec(text)
        if (found) return found
        const { done, value } = await reader.read()
        assert.ok(!done, "the feed ended")
        text += value
      }
    },
  }
}

const changed = /id: (\S+)\nevent: change\ndata: (\{"kind":"item".*\})\n/

test("a page is told the id of what changed, and after an absence what it missed", async () => {
  const { get, post, signIn } = await door()
  assert.equal((await get("/live")).status, 401)
  const token = await signIn("technician")
  const page = await follow(await door(), token)
  await page.until(/event: beat/)
  const ask = () => post("/v1/refills/request", { rxNumber: "7001241" }, { token })
  const first = await ask()
  const [, id, data = ""] = await page.until(changed)
  assert.equal(JSON.parse(data).item, first.body.item)
  page.stop()

  const second = await ask()
  const back = await follow(await door(), token, id)
  const [, , missed = ""] = await back.until(changed)
  assert.equal(JSON.parse(missed).item, second.body.item)
  back.stop()

  const stranger = await follow(await door(), token, "of-another-time-7")
  await stranger.until(/event: reload/)
  stranger.stop()
})

test("the feed ends for the one who signed out", async () => {
  const { get, house, signIn } = await door()
  const token = await signIn("technician", "somebody-who-left")
  await house.host.identities.closeToken(tokenHash(token))
  const { status } = await get("/live", { authorization: `Bearer ${token}` })
  assert.equal(status, 401)
})

test("another version takes over: pages are sent off to it, and no request fails", async () => {
  const { get, house, signIn } = await door()
  const token = await signIn("technician")
  const page = await follow(await door(), token)
  await page.until(/event: beat/)
  const statuses: number[] = []
  let isSwapped = false
  const asking = (async () => {
    while (!isSwapped) statuses.push((await get("/site")).status)
  })()
  await house.host.swap("dashboard", join(import.meta.dirname, "module.ts"))
  await page.end()
  isSwapped = true
  await asking
  assert.deepEqual([...new Set(statuses)], [200])
  const again = await follow(await door(), token)
  await again.until(/event: beat/)
  again.stop()
})

test("binary junk and half requests leave the door open for others", async () => {
  const { get, port } = await door()
  const halfOpen = Array.from({ length: 100 }, () => {
    const socket = connect(port, "127.0.0.1")
    socket.on("error", () => undefined)
    socket.write("POST /v1/sessions/login HTTP/1.1\r\nhost: x\r\n")
    return socket
  })
  const junk = connect(port, "127.0.0.1")
  junk.on("error", () => undefined)
  junk.resume().write(Buffer.from([0, 1, 2, 255, 254, 13, 10, 13, 10]))
  await once(junk, "close")
  assert.equal((await get("/health")).status, 200)
  for (const socket of halfOpen) socket.destroy()
})
