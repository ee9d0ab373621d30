/** The examples of README.md, run one after the other as one program. */
import assert from "node:assert/strict"
import { readFileSync } from "node:fs"
import { test } from "node:test"
import { systemClock } from "#core/clock.ts"
import * as ack from "./ack.ts"
import * as build from "./build.ts"
import * as header from "./header.ts"
import * as message from "./message.ts"
import { MllpLink } from "./mllp/link.ts"
import * as memory from "./mllp/memory.ts"
import { MllpSender } from "./mllp/sender.ts"
import { MllpServer } from "./mllp/server.ts"
import * as value from "./value.ts"
import * as visit from "./visit.ts"

const names = {
  ...{ assert, clock: systemClock, MllpLink, MllpSender, MllpServer },
  ...{ ...ack, ...build, ...header, ...message, ...memory, ...value, ...visit },
}

test("every example in the README does what it says", async () => {
  const page = readFileSync(`${import.meta.dirname}/README.md`, "utf8")
  const examples = [...page.matchAll(/^```ts\n([\s\S]*?)^```/gm)].map(([, code = ""]) => code)
  assert.ok(examples.length >= 4)
  const code = examples.join("\n")
  const AsyncFunction = Object.getPrototypeOf(async () => undefined).constructor
  await new AsyncFunction(...Object.keys(names), code)(...Object.values(names))
})
