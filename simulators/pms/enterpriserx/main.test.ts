/** The simulator as a process, spoken to by hand. */
import assert from "node:assert/strict"
import { spawn } from "node:child_process"
import { once } from "node:events"
import { createInterface } from "node:readline"
import { test } from "node:test"

const main = `${import.meta.dirname}/main.ts`

const SOAP = "http://schemas.xmlsoap.org/soap/envelope/"
const TREX = "http://www.techrx.com/trexone/1_1"

function question(name: string, inside: string): string {
  const header = `<t:MsgHeader MsgName="${name}" MsgID="key-by-hand" SourceID="HAND"/>`
  const body = `<s:Header>${header}</s:Header><s:Body>${inside}</s:Body>`
  return `<s:Envelope xmlns:s="${SOAP}" xmlns:t="${TREX}">${body}</s:Envelope>`
}

test("it answers by number, takes an order once, and ends with its starter", async (t) => {
  const child = spawn(process.execPath, [main], { stdio: ["pipe", "pipe", "inherit"] })
  t.after(() => child.stdin.end())
  const [line] = await once(createInterface(child.stdout), "line")
  const { url } = JSON.parse(String(line))
  const ask = async (body: string, password = "demo") => {
    const headers = { authorization: `Basic ${btoa(`mortar:${password}`)}` }
    const answered = await fetch(`${url}/ivr`, { method: "POST", headers, body })
    return { status: answered.status, text: await answered.text() }
  }
  const info = (number: string, store = "125") =>
    question(
      "RxInfoReq",
      `<t:RxInfoReq><t:RxInfoQuery StoreNum="${store}" RxNum="${number}"/></t:RxInfoReq>`,
    )
  const order = question(
    "SubmitIVROrder",
    `<t:SubmitIVROrder StoreNum="125"><t:RxOrder RxNum="7001234"/></t:SubmitIVROrder>`,
  )
  assert.equal((await ask(info("7001234"), "expired")).status, 401)
  assert.equal((await ask(info("7001234", "126"))).status, 500)
  assert.match((await ask(info("7001234"))).text, /IsReady="false" IsRefillable="true"/)
  assert.match((await ask(info("7999999"))).text, /RxInfoNotFound/)
  assert.match((await ask(order)).text, /MsgName="GenericSuccessRsp"/)
  assert.match((await ask(order)).text, /MsgName="GenericFailureRsp"/)
  assert.match((await ask(info("7001234"))).text, /NotReadyReasonCode="1"/)
  child.stdin.end()
  const [code] = await once(child, "exit")
  assert.equal(code, 0)
})
