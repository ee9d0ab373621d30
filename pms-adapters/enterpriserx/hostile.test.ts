/** Whatever comes instead of an envelope is refused in one way, and what we write can be read. */
import assert from "node:assert/strict"
import { test } from "node:test"
import fc from "fast-check"
import { Unreadable } from "../http.ts"
import { questionOf, soap } from "./soap.ts"
import { Answer } from "./wire.ts"

const RUNS = 2_000
const SPACES = [
  "http://schemas.xmlsoap.org/soap/envelope/",
  "http://www.techrx.com/trexone/1_1",
  "",
]

/** Text made of what envelopes are made of, in any order. */
const pieces = fc.array(
  fc.constantFrom(
    ...["<a:Envelope", "<Body>", "</Body>", "</a:Envelope>", "<RxInfoRsp/>", "/>", ">", "&amp;"],
    ...["&x;", "<!DOCTYPE a>", "<![CDATA[x]]>", "<!-- -->", "<?x?>", "\0", "\u00e9", " xmlns=''"],
    ...SPACES.map((space) => ` xmlns:a="${space}"`),
  ),
  { maxLength: 40 },
)

test(`hostile bytes are unreadable, and nothing worse (${RUNS} tries)`, () => {
  const hostile = fc.oneof(
    fc.uint8Array({ maxLength: 200 }),
    pieces.map((parts) => Buffer.from(parts.join(""))),
  )
  const holds = fc.property(hostile, (bytes) => {
    try {
      soap.read(bytes, Answer)
    } catch (trouble) {
      assert.ok(trouble instanceof Unreadable)
      assert.equal(trouble.message, "")
    }
  })
  fc.assert(holds, { numRuns: RUNS })
})

test("whatever a number or a key holds, it stands in the question as it was", () => {
  const text = fc.string({ unit: "grapheme-ascii", minLength: 1, maxLength: 40 })
  const holds = fc.property(text, text, (number, id) => {
    const head = { name: "RxInfoReq", id, source: "MORTAR", destination: "TRexOne" } as const
    const query = { "t1:RxInfoQuery": { StoreNum: "125", RxNum: number } }
    const written = soap.write(questionOf({ ...head, nowMs: 0 }, query))
    const plain = (found: string | undefined) =>
      found?.replace(/&(lt|gt|amp|quot);/g, (_, name: string) => `${marks[name]}`)
    assert.equal(plain(/ RxNum="([^"]*)"/.exec(written)?.[1]), number)
    assert.equal(plain(/ MsgID="([^"]*)"/.exec(written)?.[1]), id)
  })
  fc.assert(holds)
})

const marks: Readonly<Record<string, string>> = { lt: "<", gt: ">", amp: "&", quot: '"' }
