/** HL7 and MLLP under spoilt messages: what was read is written, and read the same again. */
import assert from "node:assert/strict"
import { readAck } from "../../pms-adapters/hl7/ack.ts"
import { readDft } from "../../pms-adapters/hl7/charge.ts"
import { type Message, readMessage, writeMessage } from "../../pms-adapters/hl7/message.ts"
import { FrameReader, framed } from "../../pms-adapters/hl7/mllp/frame.ts"
import { type OrderKind, readOrders } from "../../pms-adapters/hl7/order.ts"
import { Hl7Error } from "../../pms-adapters/hl7/trouble.ts"
import { readAdt } from "../../pms-adapters/hl7/visit.ts"
import type { Codec } from "./codecs.ts"

const FRAME_BYTES_MAX = 4_096

const texts = [
  [
    "MSH|^~\\&|PMS|STORE1|MORTAR|STORE1|20261120101500-0600||ADT^A08^ADT_A01|M1|P|2.5.1",
    "|||AL|NE||UNICODE UTF-8\rPID|1||P1001^^^STORE1^PI~99^^^X^MR||CARTER^JAMES||19580314|M|||",
    "1 NOWHERE LN^^AUSTIN^TX^78701||(512)555-0100~5125550101|||en\r",
  ],
  [
    "MSH|^~\\&|PMS|STORE1|MORTAR|STORE1|20261120||RDE^O11^RDE_O11|M2|P|2.3|||||8859/1\r",
    "PID|1||P1001\rORC|NW||7001234|| IP|||||||9^WINTER^ADA\r",
    "RXE|1|99999102501^ATORVASTATIN \\T\\ MORE^NDC|1||TAB|||||30|TAB|2|||7001234|2||20261001\r",
    'ZRX|30|\\X0D\\|\\.br\\|""\r',
  ],
  [
    "MSH#*@!$#PMS#S#####RDS*O13#M3#P#2.8\rPID#1##P1001\rORC#RE#9#7001234\r",
    "RXD#1#1*A!F!B#202611201015#30###7001234#2\r",
  ],
  [
    "MSH|^~\\&|||||20261120||DFT^P03|M4|P|2.4\nPID|||P1\n",
    "FT1|1|77|1|20261120||CG|X^COPAY||||12.50\n",
  ],
  [
    "MSH|^~\\&|PMS|S|M|S|20261120||RRE^O26|A1|P|2.5.1\r\nMSA|AE|M1\r\n",
    "ERR||RXE^1^15|204^^HL70357|E|SEC\r\nORC|UF|P1|7001234\r\n",
  ],
].map((pieces) => pieces.join(""))

export const hl7: Codec = {
  samples: texts.flatMap((text) => [Buffer.from(text), framed(Buffer.from(text))]),
  read(bytes) {
    // Refused only after the frames were looked at: their reader has to take anything.
    checkFrames(bytes)
    const message = readMessage(bytes)
    const again = readMessage(writeMessage(message))
    assert.deepEqual(again, message)
    readAll(message)
  },
  isRefusal: (error) => error instanceof Hl7Error,
}

/** However the bytes are cut, they are the same frames, and they are whole. */
function checkFrames(bytes: Buffer): void {
  const whole = new FrameReader(FRAME_BYTES_MAX).read(bytes)
  const pieces = new FrameReader(FRAME_BYTES_MAX)
  const half = bytes.length >> 1
  const cut = [...pieces.read(bytes.subarray(0, half)), ...pieces.read(bytes.subarray(half))]
  const kinds = (frames: typeof whole) => frames.map(({ kind }) => kind)
  assert.deepEqual(kinds(cut), kinds(whole))
}

const orderKinds: readonly OrderKind[] = ["RDE", "RDS", "RRE", "ORR", "OSR"]

/** Every typed reader, as if the message were of its type. */
function readAll(message: Message): void {
  const readers = [readAck, readAdt, readDft, ...orderKinds.map((kind) => orders(kind))]
  for (const read of readers) {
    try {
      read(message)
    } catch (error) {
      if (!(error instanceof Hl7Error)) throw error
    }
  }
}

const orders = (kind: OrderKind) => (message: Message) => readOrders(message, kind)
