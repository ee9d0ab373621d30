/** Insurance through its contract, in the real house, with a payer in a process of its own. */
import assert from "node:assert/strict"
import { fork } from "node:child_process"
import { once } from "node:events"
import { type TestContext, test } from "node:test"
import { fileURLToPath } from "node:url"
import { TwilioCloud } from "../../simulators/twilio/cloud.ts"
import { startRest } from "../../simulators/twilio/rest.ts"
import { openHouse } from "../../test/house.ts"
import { photoTypeOf } from "./photo.ts"

const PAYER = fileURLToPath(new URL("../../simulators/payer/main.ts", import.meta.url))
const account = { accountSid: `AC${"1".repeat(32)}`, authToken: "2".repeat(32) }
const only = ["insurance", "intent", "messaging", "patients", "pms", "work-queue"]

/** James Carter and Grace Kim, of the demo pharmacy's cast, with cards of the payer's plan. */
const james = { patient: "1001", bin: "999901", group: "DEMO1", member: "ZX0001001" }
const grace = { patient: "1002", bin: "999901", pcn: "DEMOPCN", member: "ZX0001002" }
const phone = "+15125550100"
const instead = { place: "instead" } as const

const jpeg = Buffer.from([0xff, 0xd8, 0xff, 0xe0, ...Buffer.from("a card, as bytes go")])

interface Listed {
  readonly coverages: readonly {
    readonly coverage: string
    readonly order: number
    readonly member: string
    readonly eligibility?: { readonly isEligible: boolean }
  }[]
}

/** A house is slow to open: all that can share one does. */
async function openDesk(t: TestContext, settings: object = {}) {
  const cloud = new TwilioCloud({ ...account, speak: async () => new Uint8Array() })
  const rest = await startRest(cloud)
  t.after(() => Promise.all([rest.close(), cloud.close()]))
  const house = await openHouse(t, {
    only,
    environment: {
      TWILIO_ACCOUNT_SID: account.accountSid,
      TWILIO_AUTH_TOKEN: account.authToken,
      TWILIO_API_BASE: rest.url,
      PAYER_TOKEN: "demo",
    },
    settings: { insurance: { ...settings } },
  })
  const asTechnician = (name: string, input: object) =>
    house.asStaff("technician", `insurance.${name}`, input)
  return {
    house,
    cloud,
    asTechnician,
    async done<T = { coverage: string }>(name: string, input: object): Promise<T> {
      const reply = await asTechnician(name, input)
      assert.ok(reply.kind === "done", JSON.stringify(reply))
      return reply.value as T
    },
  }
}

async function openPayer(t: TestContext) {
  const child = fork(PAYER, [], { stdio: ["ignore", "ignore", "inherit", "ipc"] })
  t.after(() => child.disconnect())
  const [{ url }] = (await once(child, "message")) as [{ url: string }]
  const settings = { switch: { url: `${url}/telecom`, token: "env:PAYER_TOKEN" } }
  return { url, settings }
}

type Desk = Awaited<ReturnType<typeof openDesk>> & { readonly url: string }

/** What holds, as sentences, in one house with a payer. */
const cases: Readonly<Record<string, (desk: Desk) => Promise<void>>> = {
  async "a card that a caller read out waits for a technician, and then stands on file"({
    house,
    done,
  }) {
    const asked = await house.asCaller(james.patient, "insurance.addCoverage", {
      ...james,
      ...instead,
    })
    assert.ok(asked.kind === "asked")
    assert.equal(asked.tier, 1)
    const { patient } = james
    assert.deepEqual(await done<Listed>("listCoverage", { patient }), { coverages: [] })
    await house.asStaff("technician", "work-queue.approve", { item: asked.item })
    const { coverages } = await done<Listed>("listCoverage", { patient })
    assert.deepEqual(
      coverages.map(({ member, order }) => [member, order]),
      [["ZX0001001", 1]],
    )
    assert.equal(
      house.logged.some((line) => line.includes("ZX0001001")),
      false,
    )
  },

  async "a second card is billed after the first, the order may be turned, and no gap is left"({
    asTechnician,
    done,
  }) {
    const { patient } = james
    const add = (member: string, place: string) => done("addCoverage", { ...james, member, place })
    const ordered = async () =>
      (await done<Listed>("listCoverage", { patient })).coverages.map(({ member }) => member)
    const first = await add("AA1", "instead")
    const second = await add("BB2", "beside")
    const third = await add("CC3", "beside")
    const fourth = await asTechnician("addCoverage", { ...james, member: "DD4", place: "beside" })
    assert.equal(fourth.kind === "fault" && fourth.code, "three_on_file")
    assert.equal((await add("AA1", "beside")).coverage, first.coverage)

    const [a, b, c] = [first, second, third].map(({ coverage }) => coverage)
    await done("orderCoverage", { patient, coverages: [c, a, b] })
    assert.deepEqual(await ordered(), ["CC3", "AA1", "BB2"])
    const partial = await asTechnician("orderCoverage", { patient, coverages: [c, a] })
    assert.equal(partial.kind === "fault" && partial.code, "not_all")
    await done("endCoverage", { coverage: c })
    const left = await done<Listed>("listCoverage", { patient })
    assert.deepEqual(
      left.coverages.map(({ member, order }) => [member, order]),
      [
        ["AA1", 1],
        ["BB2", 2],
      ],
    )
    await add("NEW9", "instead")
    assert.deepEqual(await ordered(), ["NEW9"])
  },

  async "the payer is asked whether a card is good, and what it says is kept"({ done }) {
    const { coverage } = await done("addCoverage", { ...grace, ...instead })
    const checked = await done<object>("checkEligibility", { coverage })
    assert.deepEqual(
      { ...checked, checkedOn: "" },
      {
        isEligible: true,
        rejects: [],
        otherPayers: [{ bin: "999902", pcn: "SECOND" }],
        checkedOn: "",
      },
    )
    const { coverages } = await done<Listed>("listCoverage", { patient: grace.patient })
    assert.equal(coverages[0]?.eligibility?.isEligible, true)
    const wrong = await done("addCoverage", { ...james, member: "ZX9", ...instead })
    const told = await done<{ rejects: { code: string; act: string }[] }>("checkEligibility", wrong)
    assert.deepEqual(
      told.rejects.map(({ code, act }) => [code, act]),
      [["52", "ask_for_card"]],
    )
  },

  async "a payer that does not answer, or nonsense, is an outage and never a no"({
    asTechnician,
    done,
    url,
  }) {
    const { coverage } = await done("addCoverage", { ...james, ...instead })
    for (const [fault, code] of [
      ["refused", "payer_down"],
      ["garbage", "payer_unreadable"],
    ]) {
      await fetch(`${url}/faults`, { method: "POST", body: JSON.stringify({ fault }) })
      const reply = await asTechnician("checkEligibility", { coverage })
      assert.equal(reply.kind === "outage" && reply.code, code)
    }
    const { coverages } = await done<Listed>("listCoverage", { patient: james.patient })
    const kept = coverages.find((one) => one.coverage === coverage)
    assert.equal(kept?.eligibility, undefined)
  },

  async "a link that was texted takes one photo, for a technician to read"({ house, cloud, done }) {
    const { patient } = james
    const sent = await house.asCaller(patient, "insurance.textLink", { patient, to: phone })
    assert.equal(sent.kind, "done")
    assert.ok(house.audit.query({ patient, what: "messaging.send" }).length > 0, "whose it is")
    const text = cloud.messages.all.at(-1)?.body ?? ""
    const token = /\/card\/([\w-]+)$/.exec(text)?.[1] ?? ""
    assert.ok(token.length >= 20)
    assert.equal(/Carter|James/.test(text), false)

    const take = (base64?: string) =>
      house.ask<{ isTaken: boolean }>("insurance.takePhoto", {
        token,
        ...(base64 === undefined ? {} : { base64 }),
      })
    assert.deepEqual((await take()).value, { isTaken: false })
    const nonsense = await take(Buffer.from("<script>").toString("base64"))
    assert.equal((nonsense as { code?: string }).code, "not_a_photo")
    assert.deepEqual((await take(jpeg.toString("base64"))).value, { isTaken: true })
    const again = await take(jpeg.toString("base64"))
    assert.equal((again as { code?: string }).code, "link_over")

    const { photos } = await done<{ photos: { photo: string }[] }>("listPhotos", { patient })
    assert.equal(photos.length, 1)
    const shown = await done<{ base64: string; type: string }>("showPhoto", photos[0] ?? {})
    assert.equal(shown.type, "image/jpeg")
    assert.deepEqual(Buffer.from(shown.base64, "base64"), jpeg)
    const listed = await house.asStaff("technician", "work-queue.list", { state: "open" })
    assert.ok(listed.kind === "done")
    const { items } = listed.value as { items: { row: string; context: { patient?: string } }[] }
    assert.deepEqual(
      items.map(({ row, context }) => [row, context.patient]),
      [["insurance_question", patient]],
    )
  },

  async "a caller can list no coverage, and text no link for somebody else"({ house }) {
    const { patient } = grace
    const listed = await house.asCaller(james.patient, "insurance.listCoverage", { patient })
    assert.equal(listed.kind, "refused")
    const link = await house.asCaller(james.patient, "insurance.textLink", { patient, to: phone })
    assert.equal(link.kind === "fault" && link.code, "not_theirs")
    const photos = await house.asCaller(james.patient, "insurance.takePhoto", { token: "guess" })
    assert.equal(photos.kind, "refused")
  },
}

test("insurance, in one house with a payer", async (t) => {
  const { url, settings } = await openPayer(t)
  const desk = { ...(await openDesk(t, settings)), url }
  for (const [title, run] of Object.entries(cases)) await t.test(title, () => run(desk))
})

test("without a switch no payer is asked, and staff are told so", async (t) => {
  const { asTechnician, done } = await openDesk(t)
  const { coverage } = await done("addCoverage", { ...james, ...instead })
  const reply = await asTechnician("checkEligibility", { coverage })
  assert.equal(reply.kind === "fault" && reply.code, "no_switch")
})

test("what is no photo is seen by its bytes, whatever it is called", () => {
  assert.equal(photoTypeOf(jpeg.toString("base64")), "image/jpeg")
  for (const text of ["%PDF-1.7 and so on", "GIF89a and so on", "<svg xmlns=", ""])
    assert.equal(photoTypeOf(Buffer.from(text).toString("base64")), undefined, text)
  assert.equal(photoTypeOf("not base64!"), undefined)
})
