/** The XML reader takes TwiML and nothing that is almost XML. */
import assert from "node:assert/strict"
import { test } from "node:test"
import fc from "fast-check"
import twilio from "twilio"
import { readTwiml, TwimlError } from "./twiml.ts"
import { readXml, XmlError } from "./xml.ts"

test("elements, attributes, entities, comments and CDATA are read", () => {
  const root = readXml(
    `<?xml version="1.0" encoding="UTF-8"?><!-- a --><R a="1 &amp; 2" b='&#x41;&#66;'>
       <!-- b --><C/> x &lt; y <![CDATA[<raw>]]></R>`,
  )
  assert.deepEqual(root.attributes, { a: "1 & 2", b: "AB" })
  assert.equal(root.text, "x < y <raw>")
  assert.equal(root.children[0]?.name, "C")
})

for (const broken of [
  "",
  "<R>",
  "<R></S>",
  "<R/><R/>",
  '<R a="1" a="2"/>',
  '<R a="1"b="2"/>',
  "<R a=1/>",
  "<R>a & b</R>",
  "<R>&nbsp;</R>",
  "<!DOCTYPE R><R/>",
  `${"<R>".repeat(40)}${"</R>".repeat(40)}`,
])
  test(`this is not XML: ${broken.slice(0, 20)}`, () => {
    assert.throws(() => readXml(broken), XmlError)
  })

test("whatever comes, a document is TwiML or a TwimlError", () => {
  const piece = fc.constantFrom(
    ...["<Response>", "</Response>", "<Say>", "</Say>", "<constructor/>", "&#x110000;", "&amp;"],
    ...[
      "<!--",
      "-->",
      "<![CDATA[",
      "]]>",
      '<Say voice="a">',
      "__proto__",
      "&constructor;",
      "<?xml",
    ],
  )
  const text = fc.array(fc.oneof(piece, fc.string({ maxLength: 5 })), { maxLength: 12 })
  fc.assert(
    fc.property(text, (pieces) => {
      try {
        readTwiml(pieces.join(""))
      } catch (trouble) {
        assert.ok(trouble instanceof TwimlError)
      }
    }),
    { numRuns: 2_000 },
  )
  assert.throws(() => readTwiml("<Response><constructor/></Response>"), TwimlError)
  assert.throws(() => readTwiml("<Response><Say>&constructor;</Say></Response>"), TwimlError)
  assert.throws(() => readTwiml("<Response><Say>&#x110000;</Say></Response>"), TwimlError)
})

test("what Twilio's own library writes is understood", () => {
  const response = new twilio.twiml.VoiceResponse()
  response.start().recording({ channels: "dual" })
  const stream = response.connect().stream({ url: "wss://rx.example/media" })
  stream.parameter({ name: "token", value: "a & b" })
  response.redirect({ method: "POST" }, "https://rx.example/ended")
  const verbs = readTwiml(response.toString())
  assert.deepEqual(
    verbs.map(({ name }) => name),
    ["Start", "Connect", "Redirect"],
  )
  assert.equal(verbs[1]?.children[0]?.children[0]?.attributes.value, "a & b")
})

for (const wrong of [
  "<Answer/>",
  "<Response>words</Response>",
  "<Response><Sing/></Response>",
  '<Response><Say volume="11">Hi</Say></Response>',
  "<Response><Gather><Dial>1</Dial></Gather></Response>",
  "<Response><Hangup>now</Hangup></Response>",
])
  test(`this is not TwiML: ${wrong}`, () => {
    assert.throws(() => readTwiml(wrong), TwimlError)
  })
