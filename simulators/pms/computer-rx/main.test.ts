/** The simulator as a process, spoken to by hand. */
import assert from "node:assert/strict"
import { spawn } from "node:child_process"
import { once } from "node:events"
import { existsSync, readdirSync, readFileSync, renameSync, watch, writeFileSync } from "node:fs"
import { join } from "node:path"
import { createInterface } from "node:readline"
import { test } from "node:test"
import { bytesOf, lineOf, trailerOf } from "./columns.ts"

const main = `${import.meta.dirname}/main.ts`

test("it drops whole exports, takes a refill once by its key, and ends with its starter", async (t) => {
  const child = spawn(process.execPath, [main], { stdio: ["pipe", "pipe", "inherit"] })
  t.after(() => child.stdin.end())
  const [line] = await once(createInterface(child.stdout), "line")
  const { url, folder } = JSON.parse(String(line))
  const answers = join(folder, "answers")
  const watcher = watch(answers)
  t.after(() => watcher.close())

  await fetch(`${url}/export`, { method: "POST" })
  const [name = ""] = readdirSync(join(folder, "exports")).filter((one) => one.startsWith("SCRIPT"))
  const lines = readFileSync(join(folder, "exports", name), "latin1")
    .trimEnd()
    .split("\r\n")
  assert.equal(lines.at(-1), `T${String(lines.length - 2).padStart(8, "0")}`)

  const ask = async (number: string, word = "demo-word") => {
    const header = { kind: "REFILL", version: "01", number, store: "1234567", word }
    const detail = lineOf("D", "request", { key: "key-by-hand", rx: "7001234" })
    const path = join(folder, "requests", `${number}-REFILL`)
    writeFileSync(`${path}.TMP`, bytesOf([lineOf("H", "header", header), detail, trailerOf(1)]))
    renameSync(`${path}.TMP`, `${path}.REQ`)
    const told = join(answers, `${number}-REFILL.ACK`)
    while (!existsSync(told)) await once(watcher, "change")
    return readFileSync(told, "latin1").split("\r\n")
  }
  const resultOf = ([, detail = ""]: readonly string[]) => detail.at(-1)
  assert.match((await ask("A1", "wrong"))[0] ?? "", /KEY1234567/)
  assert.equal(resultOf(await ask("A2")), "T")
  assert.equal(resultOf(await ask("A3")), "A")
  child.stdin.end()
  const [code] = await once(child, "exit")
  assert.equal(code, 0)
  assert.ok(!existsSync(folder), "its folder is left behind")
})
