import assert from "node:assert/strict"
import { test } from "node:test"
import fc from "fast-check"
import { Type as t } from "typebox"
import { JsonError, ProblemsError, parseJson, parseYaml, withDefaults } from "./json.ts"

const Person = t.Object({ name: t.String(), born: t.Integer() })

test("JSON of the right shape is read", () => {
  assert.deepEqual(parseJson('{"name":"Ada Lark","born":1931}', Person), {
    name: "Ada Lark",
    born: 1931,
  })
})

test("an error about JSON never repeats what was in it", () => {
  const texts = ["{Ada Lark", '{"name":"Ada Lark","born":"Ada Lark"}', '["Ada Lark"]', "Ada Lark"]
  for (const text of texts) {
    assert.throws(
      () => parseJson(text, Person),
      (error: JsonError) => !`${error.message}${error.stack}`.includes("Ada Lark"),
    )
  }
  const Named = t.Record(t.String(), t.Number())
  assert.throws(
    () => parseJson('{"Ada Lark":"x"}', Named),
    (error: JsonError) => error.code === "wrong_shape" && !error.message.includes("Ada"),
  )
})

test("whatever text comes in, the only error is a coded one", () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.json()), (text) => {
      try {
        parseJson(text, Person)
      } catch (error) {
        assert.ok(error instanceof JsonError)
      }
    }),
  )
})

test("YAML is read with its defaults", () => {
  const Site = t.Object({ name: t.String(), lines: t.Integer({ default: 2 }) })
  assert.deepEqual(parseYaml({ text: "name: Willow", file: "site.yaml" }, Site), {
    name: "Willow",
    lines: 2,
  })
})

test("all problems of a YAML file are told at once, each with its line and column", () => {
  const closed = { additionalProperties: false }
  const Site = t.Object(
    { name: t.String(), port: t.Integer(), days: t.Array(t.Object({ on: t.String() }, closed)) },
    closed,
  )
  const text = "port: secret\ndays:\n  - on: 2026-01-01\n    onn: x\n  - {}\ncolour: red\n"
  assert.throws(
    () => parseYaml({ text, file: "site.yaml" }, Site),
    (error: ProblemsError) => {
      assert.deepEqual(error.message.split("\n").sort(), [
        "site.yaml:1:1 name is missing",
        "site.yaml:1:1 port must be integer",
        "site.yaml:4:5 days.0.onn is not a known setting",
        "site.yaml:5:5 days.1.on is missing",
        "site.yaml:6:1 colour is not a known setting",
      ])
      return true
    },
  )
})

test("text that is not YAML is told by line, without the text", () => {
  assert.throws(
    () => parseYaml({ text: 'name: "hunter2\nport: ]', file: "site.yaml" }, Person),
    (error: ProblemsError) =>
      error instanceof ProblemsError &&
      error.message.startsWith("site.yaml:") &&
      !error.message.includes("hunter2"),
  )
})

test("defaults are filled in from a schema as plain JSON, and change nothing given", () => {
  const schema = JSON.parse(
    JSON.stringify(
      t.Object({
        inner: t.Object({ n: t.Integer({ default: 3 }) }, { default: {} }),
        items: t.Array(t.Object({ z: t.Optional(t.Boolean({ default: true })) })),
      }),
    ),
  )
  const given = { items: [{}, { z: false }] }
  assert.deepEqual(withDefaults(schema, given), {
    inner: { n: 3 },
    items: [{ z: true }, { z: false }],
  })
  assert.deepEqual(given, { items: [{}, { z: false }] })
})
