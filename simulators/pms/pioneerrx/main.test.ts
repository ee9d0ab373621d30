/** The simulator as a process, spoken to by hand. */
import assert from "node:assert/strict"
import { spawn } from "node:child_process"
import { createHash } from "node:crypto"
import { once } from "node:events"
import { createInterface } from "node:readline"
import { test } from "node:test"
import { connect } from "node:tls"

const main = `${import.meta.dirname}/main.ts`

test("it answers who signs with the time of now, shows its certificate, and ends with its starter", async (t) => {
  const child = spawn(process.execPath, [main], { stdio: ["pipe", "pipe", "inherit"] })
  t.after(() => child.stdin.end())
  const [line] = await once(createInterface(child.stdout), "line")
  const { url, port, fingerprint } = JSON.parse(String(line))

  const ask = async (atMs: number, secret = "demo-secret") => {
    const stamp = `${new Date(atMs).toISOString().slice(0, -1)}000Z`
    const signature = createHash("sha512").update(Buffer.from(stamp + secret, "utf16le"))
    return fetch(`${url}/api/enterprise/method/process`, {
      method: "POST",
      headers: {
        "prx-api-key": "demo-key",
        "prx-timestamp": stamp,
        "prx-signature": signature.digest("base64"),
      },
      body: JSON.stringify({
        MethodName: "RxIDSearch",
        ParameterCollection: [{ Name: "RxNumber", Value: "7001234" }],
      }),
    })
  }
  const nowMs = Date.now()
  assert.equal((await ask(nowMs, "wrong")).status, 401)
  assert.equal((await ask(nowMs - 600_000)).status, 401)
  const answer = await ask(nowMs)
  const rows = { rxID: [{ rxID: "0f0b0c0d-0000-4000-8000-000007001234" }] }
  assert.deepEqual(await answer.json(), { results: rows })

  const socket = connect({ port, host: "127.0.0.1", rejectUnauthorized: false })
  await once(socket, "secureConnect")
  const shown = socket.getPeerX509Certificate()?.fingerprint256.replaceAll(":", "").toLowerCase()
  socket.destroy()
  assert.equal(shown, fingerprint)
  child.stdin.end()
  const [code] = await once(child, "exit")
  assert.equal(code, 0)
})
