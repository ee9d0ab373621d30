/** Each quirk of QS/1, as a recorded exchange that the adapter must understand. */
import { replayAll } from "../recorded.ts"
import adapter from "./adapter.ts"

replayAll({
  adapter,
  folder: `${import.meta.dirname}/fixtures`,
  settings: {
    systemId: "S1",
    user: "user",
    password: "env:PASSWORD",
    showsRefillsAtOnce: true,
    isDueDateEarliest: true,
  },
  secrets: { "env:PASSWORD": "word" },
  nowMs: Date.UTC(2026, 10, 20, 18),
})
