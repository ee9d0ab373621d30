/** Reads a call's transcript over the staff API, as a person with a login would. */
import { Type as t } from "typebox"
import { Value } from "typebox/value"
import type { SaidLine, TranscriptOf } from "./dialogue.ts"

export interface Login {
  readonly staffUrl: string
  readonly user: string
  readonly password: string
}

const Token = t.Object({ token: t.String() })
const Transcript = t.Object({ lines: t.Array(t.Object({ who: t.String(), text: t.String() })) })

const answerWithinMs = 5_000

/** Logs in. Throws when that is refused. */
export async function openTranscripts({ staffUrl, ...login }: Login): Promise<TranscriptOf> {
  const answer = await post(`${staffUrl}/v1/sessions/login`, login)
  if (!Value.Check(Token, answer)) throw new Error("the staff API refused the login")
  const { token } = answer
  return async (callSid): Promise<readonly SaidLine[]> => {
    const found = await post(
      `${staffUrl}/v1/transcripts/get`,
      { conversation: callSid },
      { authorization: `Bearer ${token}` },
    )
    return Value.Check(Transcript, found) ? found.lines : []
  }
}

/** The JSON of an answer; what a command returned may be wrapped as `{ok, value}`. */
async function post(
  url: string,
  body: object,
  headers: Readonly<Record<string, string>> = {},
): Promise<unknown> {
  const response = await fetch(url, {
    method: "POST",
    headers: { ...headers, "content-type": "application/json" },
    body: JSON.stringify(body),
    signal: AbortSignal.timeout(answerWithinMs),
  })
  if (!response.ok) throw new Error(`the staff API answered ${response.status}`)
  const answer: unknown = await response.json()
  return answer !== null && typeof answer === "object" && "value" in answer ? answer.value : answer
}
