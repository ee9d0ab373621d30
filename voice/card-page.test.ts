/** The page for a card's photo, through a real server and real requests. */
import assert from "node:assert/strict"
import { once } from "node:events"
import { createServer } from "node:http"
import type { AddressInfo } from "node:net"
import { type TestContext, test } from "node:test"
import { answerCardPage, isCardPage } from "./card-page.ts"

const token = "A-link_that-was-texted"

async function open(t: TestContext) {
  const taken: Buffer[] = []
  const server = createServer((request, response) => {
    const takePhoto = async (given: string, photo?: Uint8Array) => {
      if (given !== token || taken.length > 0) return "over"
      if (photo === undefined) return "ready"
      taken.push(Buffer.from(photo))
      return "taken"
    }
    void answerCardPage({ takePhoto }, request, response)
  })
  server.listen(0, "127.0.0.1")
  await once(server, "listening")
  t.after(() => {
    server.close()
    server.closeAllConnections()
  })
  const { port } = server.address() as AddressInfo
  return { taken, at: (path: string) => `http://127.0.0.1:${port}/card/${path}` }
}

test("the page takes one photo, and is over afterwards", async (t) => {
  const { taken, at } = await open(t)
  const page = await fetch(at(token))
  assert.equal(page.status, 200)
  assert.match(await page.text(), /type="file".*Tome|Elija/s)
  assert.match(page.headers.get("content-security-policy") ?? "", /default-src 'none'/)
  assert.equal(page.headers.get("cache-control"), "no-store")
  const put = () => fetch(at(token), { method: "PUT", body: "a photo" })
  assert.equal((await put()).status, 204)
  assert.deepEqual(taken.map(String), ["a photo"])
  assert.equal((await put()).status, 410)
  const again = await fetch(at(token))
  assert.equal(again.status, 410)
  assert.doesNotMatch(await again.text(), /type="file"/)
})

test("a link of nobody is over, in the same words as one that was used", async (t) => {
  const { at } = await open(t)
  const page = await fetch(at("A-link_that-nobody-sent"))
  assert.equal(page.status, 410)
  assert.match(await page.text(), /This link is over/)
  assert.equal((await fetch(at(token), { method: "DELETE" })).status, 405)
})

test("what is larger than a photo is cut off", async (t) => {
  const { taken, at } = await open(t)
  const body = Buffer.alloc(2_000_000)
  const status = await fetch(at(token), { method: "PUT", body }).then(
    (answer) => answer.status,
    () => 413,
  )
  assert.equal(status, 413)
  assert.deepEqual(taken, [])
})

test("only a link's own path is a page", () => {
  assert.ok(isCardPage(`/card/${token}`))
  for (const path of [
    "/card/",
    "/card/short",
    `/card/${token}/more`,
    "/twilio/voice",
    "/card/../x",
  ])
    assert.equal(isCardPage(path), false, path)
})
