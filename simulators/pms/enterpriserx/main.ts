/** EnterpriseRx's IVR interface over the demo's cast, as a process. README.md has its messages. */

import type { Answer } from "../rest/controls.ts"
import type { Queue } from "../rest/queue.ts"
import { base64, runVendor } from "../rest/run-vendor.ts"
import type { Asked } from "../rest/server.ts"
import { Books } from "./books.ts"
import { failure, fault, found, notFound, success } from "./wire.ts"

const { ENTERPRISERX_USER, ENTERPRISERX_PASSWORD, ENTERPRISERX_STORE } = process.env
const pair = `${ENTERPRISERX_USER ?? "mortar"}:${ENTERPRISERX_PASSWORD ?? "demo"}`
const authorization = `Basic ${base64(pair)}`
const store = ENTERPRISERX_STORE ?? "125"

const books = new Books()

const OK = 200
const BAD = 400
const TROUBLED = 500

function answer({ queue, body, isPartial, isOdd }: Asked): Answer {
  const text = String(body)
  const number = attributeIn(text, "RxNum")
  if (!text.includes("trexone/1_1") || attributeIn(text, "StoreNum") !== store) {
    return { status: TROUBLED, body: fault("Client") }
  }
  if (/<\w+:RxInfoReq\b/.test(text)) return { status: OK, body: info(number, { queue, isOdd }) }
  if (!/<\w+:SubmitIVROrder\b/.test(text)) return { status: TROUBLED, body: fault("Client") }
  if (isPartial) return { status: TROUBLED, body: fault("Server") }
  const isTaken = queue.request(number, attributeIn(text, "MsgID"))
  return { status: OK, body: isTaken ? success(isOdd) : failure(isOdd) }
}

function info(number: string, { queue, isOdd }: Pick<Asked, "queue" | "isOdd">): string {
  const script = queue.script(number)
  const patient = script && queue.patient(script.patientId)
  if (!script || !patient) return notFound(store, number)
  const onHand = books.onHand(queue, script.drug.ndc)
  return found({ store, script, patient, today: queue.pharmacy.today, onHand }, isOdd)
}

/** Sets what is on the books of a drug, as a delivery or a count would. */
async function setStock(body: unknown, queue: Queue): Promise<Answer> {
  const { ndc, onHand }: { ndc?: unknown; onHand?: unknown } = Object(body)
  const isSet = typeof ndc === "string" && typeof onHand === "number"
  if (isSet) books.set(queue, ndc, onHand)
  return { status: isSet ? OK : BAD, body: { isSet } }
}

/** As loosely as such an interface looks at what it is sent. */
function attributeIn(text: string, name: string): string {
  return new RegExp(`\\b${name}="([^"]*)"`).exec(text)?.[1] ?? ""
}

await runVendor({
  format: { type: "text/xml; charset=utf-8", read: (text) => text, write: (body) => String(body) },
  routes: [{ method: "POST", path: /^\/ivr$/, answer }],
  isKnown: (headers) => headers.authorization === authorization,
  controls: { "POST /stock": setStock },
  refusal: { status: 401, body: "" },
})
