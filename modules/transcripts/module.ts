/** Transcripts: one document a conversation, growing by lines, never edited. */
import { Type as t } from "typebox"
import { Conflict } from "#core/documents.ts"
import { type Context, defineModule, nothing } from "#core/module.ts"
import { TranscriptLine, transcripts } from "./contract.ts"

/** A conversation of more lines than this goes on unwritten, and says so once. */
const LINES_MAX = 2_000

const needs = {
  ...nothing,
  config: t.Object({}),
  collections: { lines: { schema: t.Object({ lines: t.Array(TranscriptLine) }) } },
} as const

export default defineModule(transcripts, needs, {
  commands: {
    async append({ conversation, line }, { emit, log, store }) {
      const length = await inTurn(conversation, () => added(conversation, line, store))
      if (length === LINES_MAX) log.warn("a transcript is full", { lines: length })
      emit("grew", { conversation, lines: length })
      return {}
    },

    async get({ conversation }, { store }) {
      return (await store.lines.get(conversation))?.doc ?? { lines: [] }
    },
  },
})

const writing = new Map<string, Promise<unknown>>()

/** Lines of one conversation are written one after the other, in the order they came. */
async function inTurn<T>(conversation: string, write: () => Promise<T>): Promise<T> {
  const before = writing.get(conversation) ?? Promise.resolve()
  const mine = before.then(write, write)
  writing.set(conversation, mine)
  try {
    return await mine
  } finally {
    if (writing.get(conversation) === mine) writing.delete(conversation)
  }
}

type Store = Context<typeof transcripts, typeof needs>["store"]

async function added(conversation: string, line: TranscriptLine, store: Store): Promise<number> {
  const grow = () =>
    store.lines.change(conversation, ({ lines }) => ({
      lines: lines.length < LINES_MAX ? [...lines, line] : lines,
    }))
  const grown = await grow()
  if (grown) return grown.doc.lines.length
  try {
    await store.lines.put(conversation, { lines: [line] }, 0)
    return 1
  } catch (trouble) {
    // Another first line came at the same moment; this one goes behind it.
    if (!(trouble instanceof Conflict)) throw trouble
    return (await grow())?.doc.lines.length ?? 1
  }
}
