/** Each quirk of the demo vendor, as a recorded exchange that the adapter must understand. */
import { replayAll } from "../recorded.ts"
import adapter from "./adapter.ts"

replayAll({
  adapter,
  folder: `${import.meta.dirname}/fixtures`,
  settings: {
    user: "user",
    password: "file:password",
    npi: "1234567893",
    customerKey: "file:key",
  },
  secrets: { "file:password": "word", "file:key": "key" },
  nowMs: 0,
})
