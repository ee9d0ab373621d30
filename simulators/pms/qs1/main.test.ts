/** The simulator as a process, spoken to by hand. */
import assert from "node:assert/strict"
import { spawn } from "node:child_process"
import { once } from "node:events"
import { createInterface } from "node:readline"
import { test } from "node:test"

const main = `${import.meta.dirname}/main.ts`

test("it takes at most 35 at a time, each once, and ends with its starter", async (t) => {
  const child = spawn(process.execPath, [main], { stdio: ["pipe", "pipe", "inherit"] })
  t.after(() => child.stdin.end())
  const [line] = await once(createInterface(child.stdout), "line")
  const { url } = JSON.parse(String(line))
  const headers = { authorization: `Basic ${btoa("mortar:demo")}` }
  const strangers = await fetch(`${url}/api/Pharmacy/STORE1`)
  const elsewhere = await fetch(`${url}/api/Pharmacy/STORE2`, { headers })
  assert.deepEqual([strangers.status, elsewhere.status], [401, 404])

  const request = (numbers: readonly string[]) =>
    fetch(`${url}/api/Orders/STORE1/RxRequest`, {
      method: "POST",
      headers,
      body: JSON.stringify(numbers.map((RxNumber) => ({ RxNumber, Source: "I" }))),
    })
  const many = Array.from({ length: 36 }, (_, index) => String(7_100_001 + index))
  assert.equal((await request(many)).status, 400)
  const two = ["7001234", "7999999"]
  const missing = { RxNumber: "7999999", Successful: false, RejectCode: "NS" }
  assert.deepEqual(await (await request(two)).json(), [
    { RxNumber: "7001234", Successful: true, RejectCode: "" },
    missing,
  ])
  assert.deepEqual(await (await request(two)).json(), [
    { RxNumber: "7001234", Successful: false, RejectCode: "ER" },
    missing,
  ])
  child.stdin.end()
  const [code] = await once(child, "exit")
  assert.equal(code, 0)
})
