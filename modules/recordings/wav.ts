/** Two channels of µ-law as a WAV file that any player opens: the caller left, the agent right. */
import wavefile from "wavefile"

const SAMPLES_A_SECOND = 8_000

/** `interleaved`: caller, agent, caller, …, one byte a sample. */
export function toWav(interleaved: Uint8Array): Buffer {
  const wav = new wavefile.WaveFile()
  wav.fromScratch(2, SAMPLES_A_SECOND, "8m", interleaved)
  wav.fromMuLaw("16")
  return Buffer.from(wav.toBuffer())
}
