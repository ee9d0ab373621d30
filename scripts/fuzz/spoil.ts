/** Good messages made bad: cut, doubled, mixed, with bytes that mean something in wrong places. */

/** A number from 0 to below the one given; the same row of them for the same seed. */
export type Chance = (below: number) => number

/** The 32-bit mixer known as mulberry: small, fast and good enough for choosing bytes. */
export function chanceOf(seed: number): Chance {
  let state = seed | 0
  return (below) => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below
  }
}

const EDITS_MAX = 8
const BYTES_MAX = 65_536

/** Bytes that end, begin or escape something in one of our formats. */
const telling = Buffer.from(
  "|^~\\&\r\n\"'<>/!?[]{}= \t\0\x03\x0b\x1c\x1d\x1e\x7f\x80\xc3\xff0Z*:",
  "latin1",
)

type Edit = (bytes: Buffer, chance: Chance, samples: readonly Buffer[]) => Buffer

const edits: readonly Edit[] = [
  (bytes, chance) => replaced(bytes, chance, Buffer.of(chance(256))),
  (bytes, chance) => replaced(bytes, chance, Buffer.of(telling[chance(telling.length)] ?? 0)),
  (bytes, chance) => inserted(bytes, chance, Buffer.of(telling[chance(telling.length)] ?? 0)),
  (bytes, chance) => inserted(bytes, chance, sliceOf(bytes, chance)),
  (bytes, chance, samples) => inserted(bytes, chance, sliceOf(pick(samples, chance), chance)),
  (bytes, chance) => bytes.subarray(0, chance(bytes.length + 1)),
  (bytes, chance) => bytes.subarray(chance(bytes.length + 1)),
  (bytes, chance) => without(bytes, chance),
  (bytes, chance) => inserted(bytes, chance, Buffer.alloc(chance(2_000), chance(256))),
]

/** One of the samples after some edits; sometimes nothing but noise. */
export function spoilt(samples: readonly Buffer[], chance: Chance): Buffer {
  if (chance(50) === 0) return Buffer.from(Array.from({ length: chance(300) }, () => chance(256)))
  let bytes = Buffer.from(pick(samples, chance))
  for (let count = chance(EDITS_MAX + 1); count > 0; count--) {
    const edit = edits[chance(edits.length)]
    if (edit) bytes = Buffer.from(edit(bytes, chance, samples).subarray(0, BYTES_MAX))
  }
  return bytes
}

function pick(samples: readonly Buffer[], chance: Chance): Buffer {
  return samples[chance(samples.length)] ?? Buffer.alloc(0)
}

function sliceOf(bytes: Buffer, chance: Chance): Buffer {
  const start = chance(bytes.length + 1)
  return bytes.subarray(start, start + chance(60))
}

function inserted(bytes: Buffer, chance: Chance, piece: Buffer): Buffer {
  const at = chance(bytes.length + 1)
  return Buffer.concat([bytes.subarray(0, at), piece, bytes.subarray(at)])
}

function replaced(bytes: Buffer, chance: Chance, piece: Buffer): Buffer {
  const at = chance(bytes.length + 1)
  return Buffer.concat([bytes.subarray(0, at), piece, bytes.subarray(at + piece.length)])
}

function without(bytes: Buffer, chance: Chance): Buffer {
  const at = chance(bytes.length + 1)
  return Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + chance(40))])
}
