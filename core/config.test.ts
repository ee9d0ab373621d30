import assert from "node:assert/strict"
import { readFileSync, writeFileSync } from "node:fs"
import { join, resolve } from "node:path"
import { test } from "node:test"
import { Type as t } from "typebox"
import { parse } from "yaml"
import { type Config, loadConfig } from "./config.ts"
import { newFolder } from "./fixtures/new-folder.ts"
import { ProblemsError } from "./json.ts"
import { Holiday, Hours } from "./site.ts"

const demo = join(import.meta.dirname, "../config/site.yaml")
const plain = join(import.meta.dirname, "fixtures/site.yaml")

/** The plain site with some of its text replaced. */
function siteWith(...changes: readonly (readonly [string, string])[]): string {
  let text = readFileSync(plain, "utf8")
  for (const [from, to] of changes) {
    assert.ok(text.includes(from))
    text = text.replace(from, to)
  }
  const file = join(newFolder(), "site.yaml")
  writeFileSync(file, text)
  return file
}

const load = (file: string, environment = {}, schemas = {}): Config =>
  loadConfig({ file, environment, schemas })

function problemsOf(run: () => unknown): readonly string[] {
  try {
    run()
  } catch (error) {
    assert.ok(error instanceof ProblemsError)
    return error.problems.map(({ where, says }) => `${where} ${says}`)
  }
  return []
}

/** The demo site, with modules that take whatever settings it gives them. */
function loadDemo(): Config {
  const { modules } = parse(readFileSync(demo, "utf8"))
  const names = Object.keys(modules.settings)
  return load(demo, {}, Object.fromEntries(names.map((name) => [name, t.Object({})])))
}

test("the demo pharmacy's configuration is valid as it stands", () => {
  const { site } = loadDemo()
  assert.equal(site.name, "Willow Street Pharmacy")
  assert.equal(site.pms.adapter, "demo")
  assert.deepEqual(site.hours.sunday, [])
  const years = site.holidays.map(({ on }) => on.slice(0, 4))
  assert.equal(years.filter((year) => year === "2026").length, 11)
  assert.equal(years.filter((year) => year === "2027").length, 11)
})

test("no holiday of the demo pharmacy falls on a weekend, and they are in order", () => {
  const days = loadDemo().site.holidays.map(({ on }) => on)
  assert.deepEqual(days, [...days].sort())
  for (const day of days) {
    const weekday = new Date(`${day}T12:00:00Z`).getUTCDay()
    assert.ok(weekday >= 1 && weekday <= 5, day)
  }
})

test("an empty environment gives the defaults, a full one is read", () => {
  assert.deepEqual(
    { ...load(plain), site: undefined },
    {
      site: undefined,
      dataFolder: resolve("var"),
      publicPort: 8080,
      staffPort: 8081,
      publicUrl: "http://localhost:8080",
    },
  )
  const environment = {
    MORTAR_PUBLIC_PORT: "0",
    MORTAR_STAFF_PORT: "9001",
    MORTAR_DATA: "/srv/mortar",
    MORTAR_PUBLIC_URL: "https://phone.example",
    MORTAR_DEMO_PASSWORD: "twelve words",
    MORTAR_MODELS: "/srv/models",
    PATH: "/bin",
  }
  assert.deepEqual(
    { ...load(plain, environment), site: undefined },
    {
      site: undefined,
      dataFolder: "/srv/mortar",
      publicPort: 0,
      staffPort: 9001,
      publicUrl: "https://phone.example",
      demoPassword: "twelve words",
      modelsFolder: "/srv/models",
    },
  )
})

test("all problems of the site, the modules and the environment are told at once, by place", () => {
  const file = siteWith(
    ["spokenName: Hill Pharmacy\n", ""],
    ['zip: "78701"', "zip: 78701"],
    ["authToken: env:TWILIO_AUTH_TOKEN", "authToken: hunter2hunter2"],
    ["settings: {}", "settings:\n    refills: { windowDays: soon }\n    typo: {}"],
  )
  const schemas = { refills: t.Object({ windowDays: t.Integer({ default: 7 }) }) }
  const problems = problemsOf(() => load(file, { MORTAR_STAFF_PORT: "eighty" }, schemas))
  const told = problems.map((problem) => problem.replace(/match pattern .*/, "match a pattern"))
  assert.deepEqual(told.sort(), [
    "MORTAR_STAFF_PORT must be integer",
    "site.yaml:17:16 modules.settings.refills.windowDays must be integer",
    "site.yaml:18:5 modules.settings.typo is not a known setting",
    "site.yaml:19:50 telephony.authToken must match a pattern",
    "site.yaml:1:1 spokenName is missing",
    "site.yaml:3:58 address.zip must be string",
  ])
})

test("a module's settings get their defaults, also when none are written", () => {
  const refills = t.Object({
    windowDays: t.Integer({ default: 7 }),
    isOn: t.Boolean({ default: true }),
  })
  const asPlainJson = JSON.parse(JSON.stringify(refills))
  for (const schema of [refills, asPlainJson]) {
    const { site } = load(plain, {}, { refills: schema })
    assert.deepEqual(site.modules.settings, { refills: { windowDays: 7, isOn: true } })
  }
})

test("a module that names a fact of the site is given it, if its settings do not say", () => {
  const schema = t.Object({ hours: Hours, holidays: t.Array(Holiday), language: t.String() })
  const file = siteWith(["settings: {}", "settings: { desk: { language: es } }"])
  const { site } = load(file, {}, { desk: schema })
  const { hours, holidays } = site
  assert.deepEqual(site.modules.settings.desk, { hours, holidays, language: "es" })
  assert.equal(site.language, "en")
})

test("what the site says counts before what a module would assume", () => {
  const assumed = {
    holidays: t.Array(Holiday, { default: [] }),
    recording: t.String({ default: "announced" }),
  }
  const holiday = { on: "2026-07-03", name: "Independence Day" }
  const said = `recording: off\nholidays: [${JSON.stringify(holiday)}]\ntimeZone:`
  const { site } = load(siteWith(["timeZone:", said]), {}, { desk: t.Object(assumed) })
  assert.deepEqual(site.modules.settings.desk, { holidays: [holiday], recording: "off" })
})

test("the adapter's settings are checked like a module's", () => {
  const schemas = { pms: t.Object({ baseUrl: t.String() }) }
  assert.match(problemsOf(() => load(plain, {}, schemas)).join(), /pms.settings.baseUrl is missing/)
})

test("what was read can't be changed", () => {
  const { site } = load(plain)
  assert.throws(() => Object.assign(site.hours, { monday: [] }), TypeError)
  assert.throws(() => site.hours.monday.push({ opens: "00:00", closes: "01:00" }), TypeError)
})

test("a site file that is not there is a problem like any other", () => {
  assert.deepEqual(
    problemsOf(() => load("/nowhere/site.yaml")),
    ["/nowhere/site.yaml cannot be read"],
  )
})
