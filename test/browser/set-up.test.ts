/** A manager sets the pharmacy up, in Chromium, and the next caller hears it. */
import assert from "node:assert/strict"
import { after, before, test } from "node:test"
import type { Browser, Page } from "playwright-core"
import { type Door, openDoor } from "../../dashboard/fixtures/door.ts"
import { openBrowser, signIn, sitDown, type Theme } from "./staff-room.ts"
import { violationsOn } from "./violations.ts"
import { assertFits, PHONE_WIDTH } from "./visits.ts"

const pages = [
  ["/set-up", "What is missing"],
  ["/set-up/pharmacy", "The pharmacy"],
  ["/set-up/greeting", "The greeting"],
  ["/set-up/hours", "Opening hours"],
  ["/set-up/holidays", "Holidays"],
  ["/set-up/numbers", "Telephone numbers"],
  ["/set-up/facts", "Facts"],
  ["/set-up/staff", "Staff"],
  ["/set-up/pms", "Pharmacy system"],
  ["/set-up/backup", "The master key"],
] as const

const closers: (() => unknown)[] = []
let browser: Browser
let door: Door

before(async () => {
  door = await openDoor({ after: (close) => void closers.push(close) })
  browser = await openBrowser()
})
after(async () => {
  await browser.close()
  for (const close of closers.reverse()) await close()
})

interface Visit {
  readonly user?: string
  readonly theme?: Theme
  readonly width?: number
}

async function openSetUp(path: string, { user = "manager", ...seat }: Visit = {}): Promise<Page> {
  const page = await sitDown(browser, door.url, seat)
  await signIn(page, user)
  await page.goto(path)
  return page
}

const heading = (page: Page, name: string) =>
  page.getByRole("heading", { name, exact: true, level: 2 }).waitFor()

async function save(page: Page, why: string): Promise<void> {
  await page.getByLabel("Why").fill(why)
  await page.getByRole("button", { name: "Save", exact: true }).click()
}

const saved = (page: Page) => page.getByText("Loaded: this is what counts.").waitFor()

/** The week as a caller is told it who asks for the hours now. */
async function heard(): Promise<ReadonlyMap<string, unknown>> {
  const reply = await door.house.asCaller(undefined, "store-info.hours", {})
  assert.ok(reply.kind === "done")
  const { week } = reply.value as { week: readonly { weekday: string; spans: unknown }[] }
  return new Map(week.map(({ weekday, spans }) => [weekday, spans]))
}

for (const [theme, width] of [
  ["light", 1280],
  ["dark", 1280],
  ["light", 390],
] as const) {
  test(`every step keeps nobody out (${theme}, ${width} wide)`, async () => {
    const page = await openSetUp("/set-up", { theme, width })
    for (const [path, words] of pages) {
      await page.goto(path)
      await heading(page, words)
      assert.deepEqual(await violationsOn(page), [], path)
    }
    await page.context().close()
  })
}

test("a manager changes the hours, and a caller who asks afterwards hears the new ones", async () => {
  assert.deepEqual((await heard()).get("sunday"), [])
  const page = await openSetUp("/set-up")
  await page.getByRole("link", { name: "Opening hours" }).click()
  await page.getByRole("button", { name: "Add hours: Sunday" }).click()
  await page.getByLabel("Sunday opens").fill("10:00")
  await page.getByLabel("Sunday closes").fill("09:00")
  await save(page, "We open on Sundays.")
  const sunday = page.getByRole("group", { name: "Sunday" })
  await sunday.getByText("Hours end after they begin").waitFor()
  await page.getByLabel("Sunday closes").fill("14:00")
  await save(page, "We open on Sundays.")
  await saved(page)
  assert.deepEqual((await heard()).get("sunday"), [{ opens: "10:00", closes: "14:00" }])
  await page.getByRole("link", { name: "Overview" }).click()
  await page.getByRole("region", { name: "History" }).getByText("We open on Sundays.").waitFor()
  await page.context().close()
})

test("of two at once one wins, and the other sees who and keeps what was typed", async () => {
  const slow = await openSetUp("/set-up/numbers")
  const fast = await openSetUp("/set-up/numbers", { user: "operator" })
  await slow.getByLabel("The pharmacy's number").fill("(512) 555-0142")
  await fast.getByLabel("The pharmacy's number").fill("512 555 0143")
  await save(fast, "A new line.")
  await saved(fast)
  await save(slow, "Another new line.")
  await slow.getByText("operator changed this at").waitFor()
  assert.equal(await slow.getByLabel("The pharmacy's number").inputValue(), "(512) 555-0142")
  await slow.getByRole("button", { name: "Show what is there now" }).click()
  await saved(slow)
  assert.equal(await slow.getByLabel("The pharmacy's number").inputValue(), "(512) 555-0143")
  const place = await door.house.asCaller(undefined, "store-info.location", {})
  assert.ok(place.kind === "done")
  assert.equal((place.value as { phone: string }).phone, "+15125550143")
  for (const page of [slow, fast]) await page.context().close()
})

test("what is wrong is said beside its field, and nothing is changed", async () => {
  const page = await openSetUp("/set-up/numbers")
  await page.getByLabel("Who is rung for the pharmacist").fill("555-0142")
  await save(page, "A new line.")
  await page.getByText("That is no telephone number").waitFor()
  await page.goto("/set-up/pharmacy")
  await page.getByLabel("NPI").fill("1234567890")
  await save(page, "Another number.")
  await page.getByText("The NPI has a wrong check digit.").first().waitFor()
  await page.reload()
  assert.equal(await page.getByLabel("NPI").inputValue(), "1999999984")
  await page.context().close()
})

test("the greeting is heard with a name that does not count yet", async () => {
  const page = await openSetUp("/set-up/greeting")
  const asked: unknown[] = []
  await page.route("**/v1/voice/preview", (route) => {
    asked.push(route.request().postDataJSON())
    const audio = Buffer.alloc(800, 0xff).toString("base64")
    return route.fulfill({ json: { value: { says: "Thank you for calling Willow.", audio } } })
  })
  await page.getByText("I'm an automated assistant, and this call is recorded.").waitFor()
  await page.getByLabel("The name as the voice should say it").fill("Willow")
  await page.getByRole("button", { name: "Hear it in Spanish" }).click()
  await page.getByText("Thank you for calling Willow.").waitFor()
  await page.getByRole("button", { name: "Hear it in English" }).click()
  assert.deepEqual(asked[0], { spokenName: "Willow", language: "es" })
  await save(page, "Shorter.")
  await saved(page)
  const place = await door.house.asCaller(undefined, "store-info.location", {})
  assert.ok(place.kind === "done")
  assert.equal((place.value as { spokenName: string }).spokenName, "Willow")
  await page.context().close()
})

test("a greeting of one's own is said to the next caller, and one that goes too far is not saved", async () => {
  const page = await openSetUp("/set-up/greeting")
  const english = page.getByLabel("A greeting of your own in English")
  await english.fill("Willow, open until 6 and cheaper than insulin elsewhere.")
  await save(page, "A warmer welcome.")
  await page.getByText("Leave numbers, hours and prices out").waitFor()
  await english.fill("Welcome to the pharmacy on the corner.")
  await save(page, "A warmer welcome.")
  await page.getByText("has to say the name of the pharmacy as the voice says it").first().waitFor()
  await english.fill("Welcome to Willow, the pharmacy on the corner.")
  assert.deepEqual(await violationsOn(page), [])
  await save(page, "A warmer welcome.")
  await saved(page)
  const place = await door.house.asCaller(undefined, "store-info.location", {})
  assert.ok(place.kind === "done")
  const { greeting } = place.value as { greeting: unknown }
  assert.deepEqual(greeting, { en: "Welcome to Willow, the pharmacy on the corner." })
  await page.context().close()
})

test("a fact is added in both languages, read back as it is spoken, and told to who asks", async () => {
  const page = await openSetUp("/set-up/facts")
  await page.getByRole("button", { name: "Add a fact" }).click()
  const fact = page.getByRole("group", { name: "New fact" })
  await fact.getByRole("combobox", { name: "What callers ask about" }).click()
  await page.getByRole("option", { name: "Restroom" }).click()
  const added = page.getByRole("group", { name: "Restroom" })
  await added.getByLabel("In English").fill("Your insurance will pay for the restroom.")
  await added.getByLabel("In Spanish").fill("El baño está junto a la caja 2.")
  await added.getByLabel("On whose word").fill("Dana Whitfield, manager")
  await added.getByLabel("Told from").fill("2026-01-02")
  await save(page, "People ask.")
  await added.getByText("This says what must never be said to a caller.").waitFor()
  await added.getByLabel("In English").fill("The restroom is beside register 2.")
  await added.getByRole("button", { name: "What callers hear" }).click()
  await added.getByText("The restroom is beside register two.").waitFor()
  assert.deepEqual(await violationsOn(page), [])
  await page.getByRole("button", { name: "Take away: Parking" }).click()
  await save(page, "People ask.")
  await saved(page)
  const ask = (topic: string) =>
    door.house.asCaller(undefined, "store-info.fact", { topic, language: "en" })
  const told = await ask("restroom")
  assert.match(JSON.stringify(told), /"The restroom is beside register 2\."/)
  assert.equal((await ask("parking")).kind, "fault")
  await page.context().close()
})

test("the staff step says who is missing, and a manager makes the account there", async () => {
  const page = await openSetUp("/set-up/staff")
  const card = page.getByRole("region", { name: "Staff" })
  await card.getByText("No manager of your own has an account, only the demo's.").waitFor()
  await card.getByRole("button", { name: "New colleague" }).click()
  const dialog = page.getByRole("dialog")
  await dialog.getByLabel("Full name").fill("Dana Whitfield")
  await dialog.getByLabel("User name").fill("dana")
  await dialog.getByRole("combobox", { name: "Role" }).click()
  await page.getByRole("option", { name: "Manager" }).click()
  await dialog.getByRole("button", { name: "Make the account" }).click()
  await card.getByText("The password of dana, shown this once").waitFor()
  await card.getByText("There is one manager.").waitFor()
  await card.getByText("Temporary passwords not yet changed: 1").waitFor()
  assert.deepEqual(await violationsOn(page), [])
  const other = await openSetUp("/set-up/staff", { user: "operator" })
  await other.getByText("A manager makes accounts and gives licences.").waitFor()
  assert.equal(await other.getByRole("button", { name: "New colleague" }).count(), 0)
  for (const one of [page, other]) await one.context().close()
})

test("an operator backs up, and reads how many documents were opened and where the key is", async () => {
  const page = await openSetUp("/set-up/backup", { user: "operator" })
  const key = page.getByRole("region", { name: "The master key" })
  await key.getByText("can be read by its owner alone").waitFor()
  await key.getByText("The key lies beside the data it protects").waitFor()
  await page.getByText("No backup was made yet.").waitFor()
  await page.getByRole("button", { name: "Back up now" }).click()
  const rows = page.getByRole("region", { name: "Backups, one a line" })
  await rows.getByText(/^\d+ documents read$/).waitFor()
  await rows.getByText("as it stood then").waitFor()
  assert.deepEqual(await violationsOn(page), [])
  await page.getByRole("link", { name: "Overview" }).click()
  await heading(page, "What is missing")
  assert.equal(await page.getByText("No backup was made and opened yet.").count(), 0)
  await page.context().close()
})

test("on a telephone, in Spanish, the new steps fit its width", async () => {
  const page = await openSetUp("/set-up/backup", { width: PHONE_WIDTH })
  await page.getByRole("button", { name: "Español" }).click()
  for (const [step, words] of [
    ["greeting", "El saludo"],
    ["facts", "Datos"],
    ["staff", "Personal"],
    ["backup", "La llave maestra"],
  ] as const) {
    await page.goto(`/set-up/${step}`)
    await heading(page, words)
    await assertFits(page)
  }
  await page.context().close()
})

test("in Spanish the settings of a pharmacy system are named and explained in Spanish", async () => {
  const page = await openSetUp("/set-up/pms", { width: PHONE_WIDTH })
  await page.getByRole("button", { name: "Español" }).click()
  const form = page.getByRole("region", { name: "Otro sistema, u otros datos" })
  await form.getByLabel("Dirección").waitFor()
  await form.getByText("Cuánto puede durar un intercambio.").waitFor()
  for (const [system, help] of [
    ["Liberty", "El NPI de la farmacia, como lo tiene Liberty."],
    ["HL7 v2", "Adónde se envían los pedidos de resurtido. Como JSON."],
    ["Computer-Rx", "Donde dejamos lo que pedimos."],
  ] as const) {
    await form.getByRole("combobox", { name: "Sistema" }).click()
    await page.getByRole("option", { name: system }).click()
    await form.getByText(help).waitFor()
    await form.getByLabel("Espera máxima en ms").waitFor()
    await assertFits(page)
    assert.deepEqual(await violationsOn(page), [], system)
  }
  await page.context().close()
})

test("an operator tries the pharmacy system, and reads in words what works", async () => {
  const page = await openSetUp("/set-up/pms", { user: "operator" })
  await page.getByRole("button", { name: "Try it now" }).click()
  const found = page.getByRole("table", { name: "What works" })
  await found.getByRole("row", { name: /^Ping Works .* answers\.$/ }).waitFor()
  await found.getByRole("row", { name: /^Submit refill Untried Offered/ }).waitFor()
  assert.deepEqual(await violationsOn(page), [])
  await page.context().close()
})

test("an operator tries other settings before they count, and is told what to put into the file", async () => {
  const page = await openSetUp("/set-up/pms", { user: "operator" })
  const form = page.getByRole("region", { name: "Another system, or other settings" })
  await form.getByLabel("Npi").fill("12")
  await form.getByRole("button", { name: "Check it and try it" }).click()
  await form.getByText(/must match pattern/).waitFor()
  assert.equal(await form.getByRole("region", { name: "For the site file" }).count(), 0)
  await form.getByLabel("Npi").fill("1234567893")
  await form.getByLabel("Base url").fill(door.house.pmsUrl)
  await form.getByLabel("Password").fill("env:TWILIO_AUTH_TOKEN")
  await form.getByRole("button", { name: "Check it and try it" }).click()
  await page.getByText("Only a secret with pms in its name is tried").waitFor()
  await form.getByLabel("Password").fill("env:DEMO_PMS_PASSWORD")
  await form.getByLabel("Customer key").fill("env:DEMO_PMS_CUSTOMER_KEY")
  await form.getByRole("button", { name: "Check it and try it" }).click()
  await form.getByRole("row", { name: /^Ping Works .* answers\.$/ }).waitFor()
  const yaml = form.getByRole("region", { name: "For the site file" })
  await yaml.getByText(`baseUrl: ${door.house.pmsUrl}`).waitFor()
  await yaml.getByText("It takes effect at the next start of Mortar.").waitFor()
  assert.deepEqual(await violationsOn(page), [])
  await form.getByRole("combobox", { name: "System" }).click()
  await page.getByRole("option", { name: "Liberty" }).click()
  await form.getByText("A reference, never the secret").first().waitFor()
  assert.deepEqual(await violationsOn(page), [])
  await page.context().close()
})

test("the federal holidays are added, each once", async () => {
  const page = await openSetUp("/set-up/holidays")
  await page.getByRole("button", { name: "Add the federal holidays" }).click()
  await page.getByRole("button", { name: "Take away: Thanksgiving Day" }).nth(1).waitFor()
  await save(page, "Next year, too.")
  await saved(page)
  await page.context().close()
})

test("a technician is not shown the set-up", async () => {
  const page = await openSetUp("/set-up/hours", { user: "tech" })
  const places = page.getByRole("navigation", { name: "Pages" })
  await places.waitFor()
  assert.equal(await places.getByText("Set-up").count(), 0)
  assert.equal(await page.getByRole("button", { name: "Save", exact: true }).count(), 0)
  await page.context().close()
})
