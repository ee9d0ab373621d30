/** Whether something was named only to leave it out: "all of them except the metformin". */
import type { Span } from "./names.ts"

const leaving = [
  "except( for)?|not|other than|instead of|besides|(dont|do not) (need|want)",
  "(all|everything|anything|each one|every one|all of (it|them|my \\w+)) but",
  "menos|excepto|salvo|(pero|y) no|en (vez|lugar) de|aparte de|no (necesito|quiero)",
].join("|")
const leavesOut = new RegExp(`(^| )(${leaving})( (the|my|that|la|el|mi|esa|ese|de la|del))?$`)
/** "I do not have the metformin" leaves nothing out. */
const WORDS_BEFORE = 6

export function isLeftOut(words: readonly string[], { from }: Span): boolean {
  return leavesOut.test(words.slice(Math.max(0, from - WORDS_BEFORE), from).join(" "))
}
