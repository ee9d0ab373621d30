/** What a site may write about the cloud, and what it is told when that will not do. */
import assert from "node:assert/strict"
import { test } from "node:test"
import { ProblemsError, parseYaml } from "#core/json.ts"
import { AnthropicModel, costMicroDollars, OpenaiModel, priceOf, prices } from "./prices.ts"
import { CloudSettings } from "./settings.ts"

const read = (text: string) => parseYaml({ text, file: "site.yaml" }, CloudSettings)

function problemsOf(text: string): readonly string[] {
  try {
    read(text)
    return []
  } catch (trouble) {
    assert.ok(trouble instanceof ProblemsError)
    return trouble.problems.map(({ where, says }) => `${where} ${says}`)
  }
}

const baa = "baa: { confirmedOn: 2026-11-02, confirmedBy: the owner }"

test("the cloud is off until the site says that it is on", () => {
  assert.equal(read("{}").on, false)
  assert.deepEqual(read("{}").order, ["anthropic", "openai"])
})

test("a provider without a confirmed BAA is a problem, told with its line", () => {
  const site = "on: true\nanthropic:\n  model: claude-haiku-5-5\n  apiKey: env:ANTHROPIC_API_KEY\n"
  assert.deepEqual(problemsOf(site), ["site.yaml:2:1 anthropic.baa is missing"])
  assert.deepEqual(problemsOf(`${site}  ${baa}\n`), [])
})

test("a key itself, a model without a price and an address in the clear are problems", () => {
  const written = [
    ["apiKey: sk-1234", "anthropic.apiKey"],
    ["apiKey: env:K\n  baseUrl: http://example.com", "anthropic.baseUrl"],
  ] as const
  for (const [line, path] of written) {
    const [problem, ...more] = problemsOf(
      `anthropic:\n  model: claude-haiku-5-5\n  ${baa}\n  ${line}\n`,
    )
    assert.deepEqual(more, [])
    assert.match(problem ?? "", new RegExp(`^site.yaml:\\d+:3 ${path} `))
  }
  const unknown = problemsOf(`openai:\n  model: gpt-of-tomorrow\n  ${baa}\n  apiKey: env:K\n`)
  assert.match(unknown.join(), /openai\.model is not one of the accepted forms/)
})

test("every model that can be chosen has a price", () => {
  const models = [...AnthropicModel.anyOf, ...OpenaiModel.anyOf].map(({ const: model }) => model)
  assert.deepEqual(models.toSorted(), Object.keys(prices).toSorted())
})

test("a site's own price counts, and is shown with the day it was checked", () => {
  const own = { inputCentsPerMillion: 30, outputCentsPerMillion: 150, checkedOn: "2026-11-20" }
  const price = priceOf("claude-haiku-5-5", own)
  assert.deepEqual([price.checkedOn, price.checkedBy], ["2026-11-20", "site"])
  const million = { inputTokens: 1_000_000, outputTokens: 1_000_000 }
  assert.equal(costMicroDollars(price, million), 1_800_000)
  assert.equal(costMicroDollars(priceOf("claude-haiku-5-5", undefined), million), 600_000)
})

test("a price without the day it was checked is a problem", () => {
  const price = "price: { inputCentsPerMillion: 30, outputCentsPerMillion: 150 }"
  const [problem = ""] = problemsOf(
    `anthropic:\n  model: claude-haiku-5-5\n  apiKey: env:K\n  ${baa}\n  ${price}\n`,
  )
  assert.match(problem, /checkedOn is missing/)
})
