/** Each quirk of Liberty, as a recorded exchange that the adapter must understand. */
import { replayAll } from "../recorded.ts"
import adapter from "./adapter.ts"

replayAll({
  adapter,
  folder: `${import.meta.dirname}/fixtures`,
  settings: {
    user: "user",
    password: "env:PASSWORD",
    npi: "1234567893",
    customerKey: "env:KEY",
    showsRefillsAtOnce: true,
  },
  secrets: { "env:PASSWORD": "word", "env:KEY": "key" },
  nowMs: Date.UTC(2026, 10, 20, 18),
})
