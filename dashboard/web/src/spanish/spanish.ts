/** Every sentence of the pages in Spanish, gathered from the pages they stand on. */
import { calls } from "./calls.ts"
import { codes } from "./codes.ts"
import { frame } from "./frame.ts"
import { now } from "./now.ts"
import { phone } from "./phone.ts"
import { queue } from "./queue.ts"

export const spanish = { ...codes, ...frame, ...queue, ...calls, ...now, ...phone } as const
