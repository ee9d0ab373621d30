/** SCRIPT under spoilt messages: what was read must be written, and be read the same again. */
import assert from "node:assert/strict"
import {
  readScript,
  type ScriptMessage,
  writeScript,
} from "../../pms-adapters/ncpdp/script/message.ts"
import { bytesOf, sampleRenewalRequest } from "../../pms-adapters/ncpdp/script/sample.ts"
import { XmlError } from "../../pms-adapters/ncpdp/xml/trouble.ts"
import type { Codec } from "./codecs.ts"

const header = /<Header>[\s\S]*<\/Header>/.exec(sampleRenewalRequest)?.[0] ?? ""
const bodies = [
  "<Status><Code>010</Code><Vendor a='1'>&#233;<![CDATA[<x>]]></Vendor></Status>",
  "<Error><Code>900</Code><DescriptionCode>3000</DescriptionCode></Error>",
  "<RxRenewalResponse><Response><Denied><ReasonCode>AA</ReasonCode></Denied></Response>" +
    "</RxRenewalResponse>",
  "<Resupply><Anything/></Resupply>",
]

export const script: Codec = {
  samples: [
    sampleRenewalRequest,
    ...bodies.map(
      (body) => `<Message TransactionVersion="20230115">${header}<Body>${body}</Body></Message>`,
    ),
  ].map((text) => Buffer.from(bytesOf(text))),
  read(bytes) {
    const { message } = readScript(bytes)
    assert.deepEqual(readScript(written(message)).message, message)
  },
  isRefusal: (error) => error instanceof XmlError,
}

/** What was read can be written: a refusal here is a fault of ours. */
function written(message: ScriptMessage): Uint8Array {
  try {
    return writeScript(message)
  } catch (error) {
    throw new Error("read, but not written", { cause: error })
  }
}
