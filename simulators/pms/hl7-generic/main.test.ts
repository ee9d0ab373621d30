/** The simulator as a process, spoken to by hand. */
import assert from "node:assert/strict"
import { spawn } from "node:child_process"
import { once } from "node:events"
import { connect } from "node:net"
import { createInterface } from "node:readline"
import { test } from "node:test"

const main = `${import.meta.dirname}/main.ts`

test("it answers an order over MLLP, knows its number again, and ends with its starter", async (t) => {
  const child = spawn(process.execPath, [main], { stdio: ["pipe", "pipe", "inherit"] })
  const [line] = await once(createInterface(child.stdout), "line")
  const { port, url } = JSON.parse(String(line))
  const socket = connect(port, "127.0.0.1")
  t.after(() => {
    socket.destroy()
    child.stdin.end()
  })
  const order = (word: string, control: string) =>
    [
      `MSH|^~\\&|MORTAR|S1|PHARMSYS|S1|20261120|${word}|RDE^O25^RDE_O25|${control}|P|2.5.1`,
      "PID|1||1001^^^STORE1^PI",
      "ORC|RF|N1^MORTAR",
      `RXE|1${"|".repeat(14)}7001234`,
    ].join("\r")
  const ask = async (text: string) => {
    socket.write(`\x0b${text}\r\x1c\r`)
    const [answer] = await once(socket, "data")
    return String(answer)
  }
  assert.match(await ask(order("wrong", "C1")), /MSA\|AR\|C1\r.*SEC/s)
  assert.match(await ask(order("demo-word", "C2")), /MSA\|AA\|C2\rORC\|AF\|N1\|RF-100001/)
  assert.match(await ask(order("demo-word", "C3")), /MSA\|AA\|C3\rORC\|AF\|N1\|RF-100001/)
  const answer = await fetch(`${url}/submissions`)
  const { submissions } = (await answer.json()) as { submissions: readonly unknown[] }
  assert.deepEqual(submissions, [{ rx: "7001234", key: "N1", deliveries: 2 }])
  socket.destroy()
  child.stdin.end()
  const [code] = await once(child, "exit")
  assert.equal(code, 0)
})
