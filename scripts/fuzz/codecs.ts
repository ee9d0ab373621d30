/** The codecs that can be fuzzed, by name. A new one needs good samples and a way to read them. */
import { asap, gateway } from "./asap.ts"
import { hl7 } from "./hl7.ts"
import { script } from "./script.ts"
import { telecom } from "./telecom.ts"
import { computerRx, enterpriserx } from "./vendors.ts"

export interface Codec {
  /** Good messages, which are spoilt before they are read. */
  readonly samples: readonly Buffer[]
  /** Reads, and writes what it read again. Throws what `isRefusal` knows, or it is a crash. */
  read(bytes: Buffer): void
  /** Whether the codec refused with a code, as it promises. */
  isRefusal(error: unknown): boolean
}

export const codecs: Readonly<Record<string, Codec>> = {
  asap,
  "computer-rx": computerRx,
  enterpriserx,
  gateway,
  hl7,
  script,
  telecom,
}
