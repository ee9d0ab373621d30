import assert from "node:assert/strict"
import { randomBytes } from "node:crypto"
import { test } from "node:test"
import fc from "fast-check"
import { keyIdOf, open, seal, sealingKey } from "./seal.ts"

const key = sealingKey(7, Buffer.alloc(32, 1))
const plain = Buffer.from("blood pressure pills")

test("what is sealed opens to the same bytes, whatever they and the context are", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 2_000 }), fc.string(), (bytes, context) => {
      assert.deepEqual([...open(key, seal(key, bytes, context), context)], [...bytes])
    }),
  )
})

test("a seal with any one bit flipped does not open", () => {
  const sealed = seal(key, plain, "here")
  for (let bit = 0; bit < sealed.length * 8; bit++) {
    const flipped = Buffer.from(sealed)
    flipped[bit >> 3]! ^= 1 << (bit & 7)
    assert.throws(() => open(key, flipped, "here"), { code: "tampered" })
  }
})

test("a seal cut short at any byte does not open", () => {
  const sealed = seal(key, plain, "here")
  for (let length = 0; length < sealed.length; length++) {
    assert.throws(() => open(key, sealed.subarray(0, length), "here"), { code: "tampered" })
  }
})

test("a seal does not open in another place or under another key", () => {
  const sealed = seal(key, plain, "here")
  assert.throws(() => open(key, sealed, "there"), { code: "tampered" })
  assert.throws(() => open(sealingKey(7, randomBytes(32)), sealed, "here"), { code: "tampered" })
})

test("a seal names its key, never repeats a nonce, and does not show what is inside", () => {
  const sealed = seal(key, plain, "here")
  assert.equal(keyIdOf(sealed), 7)
  assert.notDeepEqual(sealed, seal(key, plain, "here"))
  assert.equal(sealed.includes("pressure"), false)
  assert.throws(() => keyIdOf(Buffer.from("short")), { code: "tampered" })
})
