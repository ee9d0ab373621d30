/** `/openapi.json`, from the contracts and nothing else: what is promised is what is described. */
import type { CommandSpec } from "#core/contract.ts"
import type { Offered } from "./catalogue.ts"

type Json = Readonly<Record<string, unknown>>

const OPENAPI_VERSION = "3.1.0"
const asProblem = { $ref: "#/components/schemas/Problem" }

const components = {
  securitySchemes: {
    bearer: { type: "http", scheme: "bearer" },
    cookie: { type: "apiKey", in: "cookie", name: "mortar_session" },
  },
  schemas: {
    Problem: {
      type: "object",
      required: ["code", "says"],
      properties: { code: { type: "string" }, says: { type: "string" } },
    },
    InvalidInput: {
      type: "object",
      required: ["code", "says", "misfits"],
      properties: {
        code: { const: "invalid_input" },
        says: { type: "string" },
        misfits: {
          type: "array",
          items: { type: "string" },
          description: "Places in the schema, never in the input.",
        },
      },
    },
    Asked: {
      type: "object",
      required: ["item", "tier", "row", "rules"],
      properties: {
        item: { type: "string", description: "The work item that waits for a person." },
        tier: { enum: [1, 2, 3] },
        row: { type: "string" },
        rules: { type: "array", items: { type: "string" } },
      },
    },
    Outage: {
      type: "object",
      required: ["code", "hint", "retryable"],
      properties: {
        code: { type: "string" },
        hint: { type: "string" },
        retryable: { type: "boolean" },
      },
    },
  },
}

export function openApiOf(offered: Iterable<Offered>, title: string): Json {
  const commands = [...offered].toSorted((a, b) => (a.name < b.name ? -1 : 1))
  const paths = commands.map((one) => [pathOf(one), { post: operationOf(one) }] as const)
  const tags = [...new Set(commands.map(({ module }) => module))].map((name) => ({ name }))
  return {
    openapi: OPENAPI_VERSION,
    info: { title, version: "1", description: "Derived from the contracts of the modules." },
    servers: [{ url: "/" }],
    security: [{ bearer: [] }, { cookie: [] }],
    tags,
    paths: Object.fromEntries(paths),
    components,
  }
}

const pathOf = ({ module, command }: Offered): string => `/v1/${module}/${command}`

function operationOf(one: Offered): Json {
  const { name, module, spec } = one
  const isLogin = name === "sessions.login"
  // The one who signs out is named by the token that the request carries.
  const input = name === "sessions.logout" ? undefined : spec.input
  return {
    operationId: name,
    tags: [module],
    summary: spec.does,
    "x-effect": spec.effect,
    "x-action": spec.action,
    ...(isLogin ? { security: [] } : {}),
    ...(input ? { requestBody: { required: true, content: json(input) } } : {}),
    ...(spec.effect === "read" || isLogin ? {} : { parameters: [idempotencyKey] }),
    responses: responsesOf(spec, isLogin),
  }
}

const idempotencyKey = {
  name: "idempotency-key",
  in: "header",
  description: "The same key acts once, however often it is sent.",
  schema: { type: "string", pattern: "^[\\w-]{8,64}$" },
}

function responsesOf(spec: CommandSpec, isLogin: boolean): Json {
  const value = { type: "object", required: ["value"], properties: { value: spec.output } }
  const faults = Object.entries(spec.faults)
  return {
    200: { description: "Done.", content: json(isLogin ? spec.output : value) },
    202: answer("Asked", "A person was asked."),
    400: answer("InvalidInput", "The input does not fit."),
    401: answer("Problem", "Nobody is signed in."),
    403: answer("Problem", "The role may not do this."),
    404: answer("Problem", "What was named is not there."),
    ...(faults.length > 0 ? { 422: faultsOf(faults) } : {}),
    429: answer("Problem", "Too many attempts."),
    503: answer("Outage", "The world failed; it may pass."),
  }
}

function faultsOf(faults: readonly (readonly [string, string])[]): Json {
  const codes = faults.map(([code, says]) => `\`${code}\`: ${says}`)
  const properties = { code: { enum: faults.map(([code]) => code) } }
  const schema = { allOf: [asProblem, { properties }] }
  return { description: codes.join("\n"), content: json(schema) }
}

function answer(schema: keyof typeof components.schemas, description: string): Json {
  return { description, content: json({ $ref: `#/components/schemas/${schema}` }) }
}

function json(schema: unknown): Json {
  return { "application/json": { schema } }
}
