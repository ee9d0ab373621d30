/** Verification in the real house, one house for all: who passes, and what nobody may learn. */
import assert from "node:assert/strict"
import { once } from "node:events"
import { mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { createServer } from "node:http"
import type { AddressInfo } from "node:net"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { after, before, type TestContext, test } from "node:test"
import { type House, openHouse } from "../../test/house.ts"

const only = ["verification", "patients", "consents", "messaging", "intent", "pms"]

const james = { firstName: "James", lastName: "Carter", datesOfBirth: ["1958-03-14"] }
const nobody = { firstName: "Zora", lastName: "Quill", datesOfBirth: ["1958-03-14"] }
const wrongZip = "99999"

/** The carrier's REST interface: takes texts and keeps them, or is down. */
class Carrier {
  readonly texts: string[] = []
  isDown = false
  readonly #server = createServer(async (request, response) => {
    const body = new URLSearchParams(await new Response(request as never).text())
    if (!this.isDown) this.texts.push(`${body.get("To")} ${body.get("Body")}`)
    response.writeHead(this.isDown ? 503 : 201, { "content-type": "application/json" })
    response.end(JSON.stringify({ sid: `SM${this.texts.length}` }))
  })

  async open(t: TestContext): Promise<string> {
    this.#server.listen(0, "127.0.0.1")
    await once(this.#server, "listening")
    t.after(() => this.#server.close())
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`
  }
}

async function open(t: TestContext): Promise<{ house: House; carrier: Carrier }> {
  const carrier = new Carrier()
  const folder = mkdtempSync(join(tmpdir(), "mortar-secrets-"))
  t.after(() => rmSync(folder, { recursive: true }))
  const secret = (name: string, value: string) => {
    const file = join(folder, name)
    writeFileSync(file, value, { mode: 0o600 })
    return `file:${file}`
  }
  const telephony = {
    accountSid: secret("sid", `AC${"0".repeat(32)}`),
    authToken: secret("token", "0".repeat(32)),
    apiBase: secret("base", await carrier.open(t)),
  }
  const house = await openHouse(t, {
    only,
    today: "2026-11-20",
    settings: {
      messaging: { telephony },
      consents: { demo: [{ patient: "1013", caregiver: "1014" }] },
    },
  })
  return { house, carrier }
}

interface Answer {
  readonly state: string
  readonly patient?: string
  readonly caresFor?: readonly string[]
}

let house: House
let carrier: Carrier
const closing: (() => unknown)[] = []

before(async () => {
  const life = { after: (close: () => unknown) => void closing.push(close) }
  ;({ house, carrier } = await open(life as TestContext))
})
after(async () => {
  for (const close of closing.toReversed()) await close()
})

let calls = 0

/** One caller, with a conversation of their own. */
async function caller() {
  const conversation = `call-${++calls}`
  await house.host.identities.openConversation(conversation, "phone")
  return {
    conversation,
    async offer(said: Readonly<Record<string, unknown>>): Promise<Answer> {
      const reply = await house.ask<Answer>("verification.offer", { conversation, ...said })
      assert.equal(reply.kind, "done")
      return reply.value
    },
    sendCode: () => house.ask("verification.sendCode", { conversation }),
    status: async () => (await house.ask("verification.status", { conversation })).value,
    identity: () => house.host.identities.actor({ conversation }),
  }
}

test("who a caller is, is asked for step by step and proved by name, birth and one thing more", async () => {
  const one = await caller()
  assert.deepEqual(await one.offer({}), { state: "ask_name" })
  assert.deepEqual(await one.offer({ firstName: "James" }), { state: "ask_name" })
  assert.deepEqual(await one.offer({ lastName: "Carter" }), { state: "ask_date_of_birth" })
  assert.deepEqual(await one.offer({ datesOfBirth: ["1958-03-14"] }), { state: "ask_third" })
  const passed = await one.offer({ zip: "77101" })
  assert.deepEqual(passed, { state: "passed", patient: "1001", caresFor: [] })
  assert.deepEqual(await one.status(), {
    identity: "verified",
    patient: "1001",
    by: ["name", "date_of_birth", "zip"],
    failures: 0,
  })
  const { identity, patient } = one.identity() as { identity: string; patient: string }
  assert.deepEqual([identity, patient], ["verified", "1001"])

  const byRx = await caller()
  const said = { ...james, rxNumber: "7001235", zip: wrongZip }
  assert.equal((await byRx.offer(said)).state, "passed")
  const { by } = (await byRx.status()) as { by: string[] }
  assert.deepEqual(by, ["name", "date_of_birth", "rx_number"], "what did not match proves nothing")

  const byReading = await caller()
  const readings = { ...james, datesOfBirth: ["1958-04-13", "1958-03-14"], zip: "77101" }
  assert.equal((await byReading.offer(readings)).state, "passed")
  const twice = await caller()
  const same = { ...james, datesOfBirth: ["1958-03-14", "1958-03-14"], zip: "77101" }
  assert.equal((await twice.offer(same)).state, "passed", "one day said twice is one day")
})

test("a name that was heard badly is known from the number they call from, and said to be so", async () => {
  const badly = { firstName: "Yames", lastName: "Karta", datesOfBirth: ["1958-03-14"] }
  const phone = "+15125550100"
  const one = await caller()
  assert.equal((await one.offer({ ...badly, phone, zip: "77101" })).state, "passed")
  const { by } = (await one.status()) as { by: string[] }
  assert.deepEqual(by, ["name_by_sound", "date_of_birth", "zip"], "the number proves nothing")
  for (const said of [
    { ...badly, zip: "77101" },
    { ...badly, phone, zip: wrongZip },
    { ...badly, phone: "+15125550199", zip: "77101" },
    { ...badly, phone, datesOfBirth: ["1958-03-15"], zip: "77101" },
    { ...nobody, phone, zip: "77101" },
  ])
    assert.equal((await (await caller()).offer(said)).state, "failed")
  // Twins of one number: which of them was meant is not guessed.
  const either = { firstName: "Enna", lastName: "Prize", datesOfBirth: ["1990-05-05"] }
  const anna = await house.ask<{ phones: string[] }>("patients.contact", { patient: "1016" })
  const said = { ...either, phone: anna.value.phones[0], zip: "77115" }
  assert.equal((await (await caller()).offer(said)).state, "failed")
})

test("a name told by halves, or heard as one word, is a whole name", async () => {
  const halves = await caller()
  assert.deepEqual(await halves.offer({ firstName: "James" }), { state: "ask_name" })
  assert.deepEqual(await halves.offer({ firstName: "Carter" }), { state: "ask_date_of_birth" })
  const { datesOfBirth } = james
  assert.equal((await halves.offer({ datesOfBirth, zip: "77101" })).state, "passed")
  const again = await caller()
  await again.offer({ lastName: "Carter" })
  assert.deepEqual(await again.offer({ firstName: "Carter" }), { state: "ask_name" })
  const joined = await caller()
  await joined.offer({ firstName: "Yamescarter", phone: "+15125550100" })
  await joined.offer({ firstName: "Yamescarter" })
  assert.equal((await joined.offer({ datesOfBirth, zip: "77101" })).state, "passed")
})

test("nothing but all three things together is enough", async () => {
  for (const said of [
    { ...james, zip: wrongZip },
    { ...james, rxNumber: "7001241" },
    { ...james, code: "000000" },
    { ...james, datesOfBirth: ["1958-03-15"], zip: "77101" },
    { ...james, firstName: "Grace", zip: "77101" },
    { ...james, lastName: "Kim", zip: "77101" },
    { ...nobody, zip: "77101", rxNumber: "7001234" },
  ]) {
    const one = await caller()
    assert.deepEqual(await one.offer(said), { state: "failed" }, JSON.stringify(said))
    const { identity, patient } = one.identity() as { identity: string; patient?: string }
    assert.deepEqual([identity, patient], ["claimed", undefined])
  }
})

test("a person who exists and one who does not are asked and answered the same, step for step", async () => {
  const transcripts = await Promise.all(
    [james, nobody].map(async ({ firstName, lastName, datesOfBirth }) => {
      const one = await caller()
      const answers: unknown[] = []
      for (let tries = 0; tries < 4; tries++) {
        answers.push(await one.offer({ firstName }), await one.offer({ lastName }))
        answers.push(await one.offer({ datesOfBirth }))
        answers.push((await one.sendCode()).kind, (await one.sendCode()).value)
        answers.push(await one.offer(tries % 2 ? { zip: wrongZip } : { rxNumber: "7999999" }))
        answers.push(await one.status())
      }
      return answers
    }),
  )
  assert.deepEqual(transcripts[0], transcripts[1])
  assert.equal(transcripts[0]?.filter((one) => (one as Answer).state === "failed").length, 2)
})

test("a carrier that is down looks the same as nobody to text", async () => {
  carrier.isDown = true
  for (const who of [james, nobody]) {
    const one = await caller()
    await one.offer(who)
    assert.deepEqual(await one.sendCode(), { kind: "done", value: {} })
  }
  carrier.isDown = false
})

test("three failures lock the conversation, also for the right answer", async () => {
  const one = await caller()
  assert.equal((await one.offer({ ...james, zip: wrongZip })).state, "failed")
  assert.equal((await one.offer({ ...james, zip: wrongZip })).state, "failed")
  assert.equal((await one.offer({ ...james, zip: wrongZip })).state, "locked")
  assert.deepEqual(await one.offer({ ...james, zip: "77101" }), { state: "locked" })
  const { failures, identity } = (await one.status()) as { failures: number; identity: string }
  assert.deepEqual([failures, identity], [3, "anonymous"])
})

test("a failure forgets what was said, so that nobody learns which part was wrong", async () => {
  const one = await caller()
  await one.offer({ ...james, zip: wrongZip })
  assert.deepEqual(await one.offer({ zip: "77101" }), { state: "ask_name" })
})

test("of what was stated nothing is kept once it passed or failed", async () => {
  for (const zip of ["77101", wrongZip]) {
    const one = await caller()
    await one.offer(james)
    const kept = () => house.store.collection("verification.attempts").get(one.conversation)
    assert.match(JSON.stringify(kept()), /Carter/)
    await one.offer({ zip })
    assert.doesNotMatch(JSON.stringify(kept()), /Carter|1958|\b(77101|99999)\b/)
  }
})

test("what was said wrong can be said again before all is said", async () => {
  const one = await caller()
  await one.offer({ ...james, firstName: "Frank" })
  assert.equal((await one.offer({ firstName: "Jim", zip: "77101" })).state, "passed")
})

test("twins are told apart by first name and the third thing only", async () => {
  const born = { lastName: "Price", datesOfBirth: ["1990-05-05"] }
  const pass = async (said: object) => (await caller()).offer({ ...born, ...said })
  assert.equal((await pass({ firstName: "Anna", rxNumber: "7001361" })).patient, "1016")
  assert.equal((await pass({ firstName: "Emma", rxNumber: "7001362" })).patient, "1017")
  assert.equal((await pass({ firstName: "Anna", rxNumber: "7001362" })).state, "failed")
})

test("a caregiver learns for whom a consent is on file", async () => {
  const one = await caller()
  const peter = { firstName: "Peter", lastName: "Lane", datesOfBirth: ["1969-08-15"] }
  const passed = await one.offer({ ...peter, zip: "77113" })
  assert.deepEqual(passed, { state: "passed", patient: "1014", caresFor: ["1013"] })
  assert.deepEqual((one.identity() as { caresFor: readonly string[] }).caresFor, ["1013"])
})

test("a code goes to the number on file, counts in its own conversation, and there are only so many", async () => {
  carrier.texts.length = 0
  const one = await caller()
  await one.offer(james)
  await one.sendCode()
  assert.equal(carrier.texts.length, 1)
  const [text = ""] = carrier.texts
  assert.match(text, /^\+15125550100 /)
  const sent = house.audit.query({ patient: "1001", what: "messaging.send" })
  assert.ok(sent.length > 0, "it is known whose the text is")
  const code = /\b\d{6}\b/.exec(text)?.[0] ?? ""

  const other = await caller()
  assert.equal((await other.offer({ ...james, code })).state, "failed")
  assert.equal((await one.offer({ code })).state, "passed")
  const { by } = (await one.status()) as { by: string[] }
  assert.deepEqual(by, ["name", "date_of_birth", "code"])

  const eager = await caller()
  await eager.offer(james)
  for (let tries = 0; tries < 6; tries++) await eager.sendCode()
  assert.equal(carrier.texts.length, 1 + 3)
})

test("a code is texted in the language of whoever it is for", async () => {
  carrier.texts.length = 0
  const maria = await caller()
  await maria.offer({ firstName: "Maria", lastName: "Lopez", datesOfBirth: ["1964-09-27"] })
  await maria.sendCode()
  assert.match(carrier.texts[0] ?? "", /^\+15125550113 .*su código es \d{6}\./)
})

test("nobody outside reaches verification but through a conversation", async () => {
  const reply = await house.asCaller(undefined, "verification.offer", { conversation: "call-0" })
  assert.equal(reply.kind, "refused")
})
