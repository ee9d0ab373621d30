/** Each quirk of EnterpriseRx, as a recorded exchange that the adapter must understand. */
import { replayAll } from "../recorded.ts"
import adapter from "./adapter.ts"

replayAll({
  adapter,
  folder: `${import.meta.dirname}/fixtures`,
  settings: { storeNumber: "125", showsRefillsAtOnce: true, isNextRefillEarliest: true },
  secrets: {},
  nowMs: Date.UTC(2026, 10, 20, 18),
  wire: {
    /** Which message, about which prescription; its number and its moment are its own. */
    asked(text) {
      const [, name = ""] = /<t1:(RxInfoReq|SubmitIVROrder)\b/.exec(text) ?? []
      return { [name]: /RxNum="(\d+)"/.exec(text)?.[1] }
    },
    answered: (lines) => (Array.isArray(lines) ? lines.join("\n") : String(lines)),
  },
})
