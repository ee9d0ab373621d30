/** Each quirk of PioneerRx, as a recorded exchange that the adapter must understand. */
import { replayAll } from "../recorded.ts"
import adapter from "./adapter.ts"

replayAll({
  adapter,
  folder: `${import.meta.dirname}/fixtures`,
  settings: {
    certificate: "00".repeat(32),
    apiKey: "env:KEY",
    sharedSecret: "env:SECRET",
    employeeId: "17",
  },
  secrets: { "env:KEY": "key", "env:SECRET": "word" },
  nowMs: Date.UTC(2026, 10, 20, 18),
})
