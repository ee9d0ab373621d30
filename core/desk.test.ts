/** A module that acts as itself: named in the log, and no further than what it declared. */
import assert from "node:assert/strict"
import { test } from "node:test"
import type { Request } from "./bus.ts"
import { type Asker, Desk, type DeskDeps } from "./desk.ts"
import type { Ask } from "./wire.ts"

/** The desk, with a bus that keeps what reaches it. */
function deskAndBus() {
  const reached: Request[] = []
  const bus = {
    async request(request: Request) {
      reached.push(request)
      return { kind: "done", value: {} } as const
    },
  }
  return { desk: new Desk({ bus } as unknown as DeskDeps), reached }
}

const declared = (acts: readonly string[]) =>
  ({ name: "asker", manifest: { uses: ["echo"], acts } }) as unknown as Asker
const itself: Ask = {
  ...{ kind: "propose", claim: { schedule: "each morning" }, name: "echo.keep", input: {} },
  options: {},
}

test("a module acts as itself where it declared that, and the log can say for which purpose", async () => {
  const { desk, reached } = deskAndBus()
  assert.ok((await desk.answer(declared(["system"]), itself)).ok)
  assert.deepEqual(reached[0]?.actor, {
    ...{ kind: "system", module: "asker", schedule: "each morning" },
  })
})

test("acting as itself it reaches nothing that it does not use, and nothing undeclared", async () => {
  const { desk, reached } = deskAndBus()
  const beyond = { ...itself, name: "refunds.pay" }
  const refused = { ok: false, trouble: "defect" } as const
  assert.deepEqual(await desk.answer(declared(["system"]), beyond), {
    ...{ ...refused, defect: "undeclared_call" },
  })
  assert.deepEqual(await desk.answer(declared(["staff"]), itself), {
    ...{ ...refused, defect: "undeclared_port" },
  })
  assert.deepEqual(reached, [])
})
