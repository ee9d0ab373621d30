/** The simulator as a process: it says when it is ready, and never outlives who started it. */
import assert from "node:assert/strict"
import { fork, spawn } from "node:child_process"
import { once } from "node:events"
import { createInterface } from "node:readline"
import { test } from "node:test"

const main = `${import.meta.dirname}/main.ts`

test("it says its address, and ends when its standard input does", async () => {
  const child = spawn(process.execPath, [main], { stdio: ["pipe", "pipe", "inherit"] })
  const [line] = await once(createInterface(child.stdout), "line")
  const { ready, url } = JSON.parse(String(line))
  const answer = await fetch(`${url}/cast`)
  const { cast } = (await answer.json()) as { cast: readonly unknown[] }
  child.stdin.end()
  const [code] = await once(child, "exit")
  assert.equal(ready, true)
  assert.equal(cast.length, 21)
  assert.equal(code, 0)
})

test("it ends when its channel to the one who started it is closed", async () => {
  const child = fork(main, [], { stdio: ["ignore", "ignore", "inherit", "ipc"] })
  const [ready] = await once(child, "message")
  child.disconnect()
  const [code] = await once(child, "exit")
  assert.match(ready.url, /^http:\/\/127\.0\.0\.1:\d+$/)
  assert.equal(code, 0)
})

test("it answers nothing of the vendor's without both credentials", async () => {
  const child = fork(main, [], { stdio: ["ignore", "ignore", "inherit", "ipc"] })
  const [{ url }] = await once(child, "message")
  const authorization = `Basic ${btoa("mortar:demo")}`
  const customer = btoa("1234567893:demo-key")
  const statusWith = async (headers: Record<string, string>) =>
    (await fetch(`${url}/api/status`, { headers })).status
  const statuses = [
    await statusWith({}),
    await statusWith({ authorization }),
    await statusWith({ customer }),
    await statusWith({ authorization, customer }),
  ]
  child.disconnect()
  await once(child, "exit")
  assert.deepEqual(statuses, [401, 401, 401, 200])
})
