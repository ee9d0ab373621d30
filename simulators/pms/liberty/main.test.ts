/** The simulator as a process, spoken to by hand. */
import assert from "node:assert/strict"
import { spawn } from "node:child_process"
import { once } from "node:events"
import { createInterface } from "node:readline"
import { test } from "node:test"

const main = `${import.meta.dirname}/main.ts`

test("it needs both credentials, takes a refill once, and ends with its starter", async (t) => {
  const child = spawn(process.execPath, [main], { stdio: ["pipe", "pipe", "inherit"] })
  t.after(() => child.stdin.end())
  const [line] = await once(createInterface(child.stdout), "line")
  const { url } = JSON.parse(String(line))
  const authorization = `Basic ${btoa("mortar:demo")}`
  const customer = btoa("1234567893:demo-key")
  const statusWith = async (headers: Record<string, string>) =>
    (await fetch(`${url}/refill/7001234`, { headers })).status
  const statuses = [
    await statusWith({ authorization }),
    await statusWith({ customer }),
    await statusWith({ authorization, customer }),
  ]
  assert.deepEqual(statuses, [401, 401, 200])

  const refill = async () => {
    const body = JSON.stringify([{ ScriptNumber: 7001234 }, { ScriptNumber: 7001261 }])
    const headers = { authorization, customer }
    return (await fetch(`${url}/refill`, { method: "POST", headers, body })).json()
  }
  const noRefills = { ScriptNumber: 7001261, Status: "No_Refills" }
  assert.deepEqual(await refill(), [{ ScriptNumber: 7001234, Status: "Success" }, noRefills])
  assert.deepEqual(await refill(), [{ ScriptNumber: 7001234, Status: "Too_Early" }, noRefills])
  child.stdin.end()
  const [code] = await once(child, "exit")
  assert.equal(code, 0)
})
