/** What the house says about words of the pharmacy's own, before they are saved. */
import type { Input } from "../../../../core/contract.ts"
import type { intent } from "../../../../intent/contract.ts"
import { command } from "../api.ts"
import { type English, say } from "../say.ts"

export type Reviewed = Awaited<ReturnType<typeof review>>

export const review = (words: Input<typeof intent, "review">) => command("intent", "review", words)

export const loadSiteWords = () => command("intent", "siteWords", {})

const troubles: Readonly<Record<NonNullable<Reviewed["trouble"]>, English>> = {
  never_say: "This says what must never be said to a caller. A person would have to tell it.",
  number: "Leave numbers, hours and prices out: callers who ask are told those as they are today.",
  address: "Leave web and mail addresses out of the greeting. A fact can tell them.",
  medicine: "Leave names of medicines out of the greeting.",
}

/** Undefined when the words may be said. */
export function troubleText({ trouble }: Reviewed): string | undefined {
  return trouble && say(troubles[trouble])
}
