/** Words to the token numbers a BERT-like model was trained with: longest known piece first. */
import { readFileSync } from "node:fs"
import { Type as t } from "typebox"
import { parseJson } from "#core/json.ts"
import { plain } from "../words.ts"

const TokenizerFile = t.Object({
  model: t.Object({ vocab: t.Record(t.String(), t.Integer({ minimum: 0 })) }),
})

const LONGEST_WORD = 100
const MOST_TOKENS = 128

/** Token numbers of a text, with the marks for its beginning and its end. */
export type Tokenizer = (text: string) => number[]

/** Reads a `tokenizer.json` with a WordPiece vocabulary. */
export function readTokenizer(file: string): Tokenizer {
  const { vocab } = parseJson(readFileSync(file, "utf8"), TokenizerFile).model
  const pieces = new Map(Object.entries(vocab))
  const begin = pieces.get("[CLS]") ?? 0
  const end = pieces.get("[SEP]") ?? 0
  const unknown = pieces.get("[UNK]") ?? 0
  return (text) => {
    const words = plain(text).match(/[\p{L}\p{N}]+|[^\s\p{L}\p{N}]/gu) ?? []
    const tokens = words.flatMap((word) => piecesOf(word, pieces) ?? [unknown])
    return [begin, ...tokens.slice(0, MOST_TOKENS - 2), end]
  }
}

/** Undefined when some part of the word is not in the vocabulary. */
function piecesOf(word: string, pieces: ReadonlyMap<string, number>): number[] | undefined {
  if (word.length > LONGEST_WORD) return undefined
  const tokens: number[] = []
  for (let from = 0; from < word.length; ) {
    const found = longestPiece(word, from, pieces)
    if (!found) return undefined
    tokens.push(found.token)
    from = found.to
  }
  return tokens
}

function longestPiece(
  word: string,
  from: number,
  pieces: ReadonlyMap<string, number>,
): { token: number; to: number } | undefined {
  for (let to = word.length; to > from; to -= 1) {
    const piece = (from === 0 ? "" : "##") + word.slice(from, to)
    const token = pieces.get(piece)
    if (token !== undefined) return { token, to }
  }
  return undefined
}
