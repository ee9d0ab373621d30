/** What the network and the other side say about a message itself: got it, read it, could not. */
import { Type as t } from "typebox"
import { group, several, text } from "../xml/schema.ts"

const receipt = {
  Code: text(10),
  DescriptionCode: t.Optional(several(text(10))),
  Description: t.Optional(text(500)),
}

export const Status = group(receipt)
export const ScriptError = group(receipt)
export const Verify = group({ VerifyStatus: group(receipt) })
