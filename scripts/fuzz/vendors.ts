/** What vendors answer, spoilt: the recorded exchanges of their adapters, read or refused. */
import { globSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { Type as t } from "typebox"
import { parseJson } from "#core/json.ts"
import {
  BadFile,
  fill,
  patient,
  readWhole,
  script,
} from "../../pms-adapters/computer-rx/columns.ts"
import { soap } from "../../pms-adapters/enterpriserx/soap.ts"
import { Answer } from "../../pms-adapters/enterpriserx/wire.ts"
import { Unreadable } from "../../pms-adapters/http.ts"
import type { Codec } from "./codecs.ts"

const adapters = join(import.meta.dirname, "../../pms-adapters")

const recorded = (vendor: string, names: string): readonly string[] =>
  globSync(`${adapters}/${vendor}/fixtures/${names}.json`)
    .sort()
    .map((path) => readFileSync(path, "utf8"))

const Exchanges = t.Object({ exchanges: t.Array(t.Object({ answer: t.Array(t.String()) })) })
const Dropped = t.Object({
  files: t.Array(t.Object({ name: t.String(), lines: t.Array(t.String()) })),
})

export const enterpriserx: Codec = {
  samples: recorded("enterpriserx", "{plain,other-prefixes,none-left,taken,refused}").flatMap(
    (text) =>
      parseJson(text, Exchanges).exchanges.map(({ answer }) => Buffer.from(answer.join("\n"))),
  ),
  read(bytes) {
    soap.read(bytes, Answer)
  },
  isRefusal: (error) => error instanceof Unreadable,
}

const layouts = { PATIENT: patient, SCRIPT: script, FILL: fill } as const

/** A file's own name says what it is; a spoilt one is tried as each. */
export const computerRx: Codec = {
  samples: recorded("computer-rx", "{plain,accents,blanks-cut-off}").flatMap((text) =>
    parseJson(text, Dropped).files.map(({ lines }) => Buffer.from(lines.join("\r\n"), "latin1")),
  ),
  read(bytes) {
    const refusals = Object.entries(layouts).flatMap(([kind, layout]) =>
      refusalOf(bytes, kind, layout),
    )
    if (refusals.length === Object.keys(layouts).length) throw refusals[0]
  },
  isRefusal: (error) => error instanceof BadFile,
}

function refusalOf(bytes: Buffer, kind: string, layout: (typeof layouts)[keyof typeof layouts]) {
  try {
    readWhole(bytes, kind, layout)
    return []
  } catch (trouble) {
    if (!(trouble instanceof BadFile)) throw trouble
    return [trouble]
  }
}
