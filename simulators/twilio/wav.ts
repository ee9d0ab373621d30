/** WAV files: reading what a synthesiser wrote, and writing both sides of a call as stereo. */
import { decodeMulaw, samplesPerSecond } from "./mulaw.ts"

export interface Pcm {
  readonly samplesPerSecond: number
  readonly samples: Int16Array
}

/** Reads 16-bit PCM, first channel only. */
export function readWav(file: Buffer): Pcm {
  if (file.toString("latin1", 0, 4) !== "RIFF" || file.toString("latin1", 8, 12) !== "WAVE")
    throw new Error("not a WAV file")
  let rate = 0
  let channels = 1
  for (let at = 12; at + 8 <= file.length; ) {
    const name = file.toString("latin1", at, at + 4)
    const size = file.readUInt32LE(at + 4)
    const body = file.subarray(at + 8, at + 8 + size)
    if (name === "fmt ") {
      channels = body.readUInt16LE(2)
      rate = body.readUInt32LE(4)
      if (body.readUInt16LE(14) !== 16) throw new Error("only 16-bit WAV files are read")
    }
    if (name === "data") {
      const length = Math.floor(body.length / 2 / channels)
      const samples = Int16Array.from({ length }, (_, n) => body.readInt16LE(n * 2 * channels))
      return { samplesPerSecond: rate, samples }
    }
    at += 8 + size + (size % 2)
  }
  throw new Error("a WAV file without a data chunk")
}

/** Two µ-law tracks as one 16-bit stereo file. The shorter track ends in silence. */
export function writeStereoWav(left: Uint8Array, right: Uint8Array): Buffer {
  const frames = Math.max(left.length, right.length)
  const file = Buffer.alloc(44 + frames * 4)
  file.write("RIFF", 0, "latin1")
  file.writeUInt32LE(file.length - 8, 4)
  file.write("WAVEfmt ", 8, "latin1")
  file.writeUInt32LE(16, 16)
  file.writeUInt16LE(1, 20)
  file.writeUInt16LE(2, 22)
  file.writeUInt32LE(samplesPerSecond, 24)
  file.writeUInt32LE(samplesPerSecond * 4, 28)
  file.writeUInt16LE(4, 32)
  file.writeUInt16LE(16, 34)
  file.write("data", 36, "latin1")
  file.writeUInt32LE(frames * 4, 40)
  decodeMulaw(left).forEach((sample, n) => {
    file.writeInt16LE(sample, 44 + n * 4)
  })
  decodeMulaw(right).forEach((sample, n) => {
    file.writeInt16LE(sample, 46 + n * 4)
  })
  return file
}
