/** Reports to the state and answers of its programme, spoilt: read and written, or refused. */
import assert from "node:assert/strict"
import { readAsap, writeAsap } from "../../pms-adapters/ncpdp/asap/file.ts"
import { NAMESPACE, readGateway, writeGateway } from "../../pms-adapters/ncpdp/asap/gateway.ts"
import { fileOf, reportIn } from "../../pms-adapters/ncpdp/asap/report.ts"
import { sampleAnswer, sampleReport } from "../../pms-adapters/ncpdp/asap/sample.ts"
import { AsapError } from "../../pms-adapters/ncpdp/asap/trouble.ts"
import { XmlError } from "../../pms-adapters/ncpdp/xml/trouble.ts"
import type { Codec } from "./codecs.ts"

const file = fileOf(sampleReport)

export const asap: Codec = {
  samples: [file, { ...file, terminator: "|", lineEnd: "\r\n" as const }].map((each) =>
    Buffer.from(writeAsap(each)),
  ),
  read(bytes) {
    const read = readAsap(bytes).file
    assert.deepEqual(readAsap(writeAsap(read)).file, read)
    reportIn(read)
  },
  isRefusal: (error) => error instanceof AsapError,
}

export const gateway: Codec = {
  samples: [Buffer.from(sampleAnswer)],
  read(bytes) {
    const { kind, body } = readGateway(bytes).message
    const again = readGateway(writeGateway(readGateway(bytes).message)).message
    assert.deepEqual(again, { kind, body: { xmlns: NAMESPACE, ...body } })
  },
  isRefusal: (error) => error instanceof XmlError,
}
