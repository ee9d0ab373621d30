/**
 * SCRIPT beside plain fast-xml-parser: the parser alone, with the settings that keep leading zeros,
 * and none of the checks, the typed form or what is kept. It is the floor; nobody is faster on it.
 */
import assert from "node:assert/strict"
import { XMLBuilder, XMLParser } from "fast-xml-parser"
import { readAsap, writeAsap } from "../pms-adapters/ncpdp/asap/file.ts"
import { fileOf } from "../pms-adapters/ncpdp/asap/report.ts"
import { sampleReport } from "../pms-adapters/ncpdp/asap/sample.ts"
import { readScript, writeScript } from "../pms-adapters/ncpdp/script/message.ts"
import { bytesOf, sampleRenewalRequest } from "../pms-adapters/ncpdp/script/sample.ts"
import { type BenchRow, compare } from "./contest.ts"

const MESSAGES = 300

const settings = { ignoreAttributes: false, parseTagValue: false } as const

export async function scriptRows(): Promise<readonly BenchRow[]> {
  const bytes = bytesOf(sampleRenewalRequest)
  const text = new TextDecoder()
  const parser = new XMLParser(settings)
  const builder = new XMLBuilder(settings)
  const report = writeAsap(fileOf(sampleReport))
  return [
    await compare({
      what: "SCRIPT messages read, checked and typed",
      ours: () => repeat(() => readScript(bytes).message.kind),
      reference: () => repeat(() => parser.parse(text.decode(bytes))),
    }),
    await compare({
      what: "SCRIPT messages read and written again",
      ours: () => repeat(() => writeScript(readScript(bytes).message)),
      reference: () => repeat(() => builder.build(parser.parse(text.decode(bytes)))),
    }),
    await compare({
      what: "ASAP reports read, beside splitting at the separators",
      ours: () => repeat(() => readAsap(report).file),
      reference: () => repeat(() => text.decode(report).split("~").map(elementsOf)),
    }),
  ]
}

const elementsOf = (segment: string): readonly string[] => segment.split("*")

function repeat(act: () => unknown): number {
  for (let count = 0; count < MESSAGES; count++) assert.ok(act())
  return MESSAGES
}
