/** Signing in and out: a bearer token for programs, the same one as a cookie for the browser. */
import type { FastifyInstance } from "fastify"
import { misfits } from "#core/schema.ts"
import { sessions } from "../../modules/sessions/contract.ts"
import { claimOf, isForged, setCookie } from "../claim.ts"
import { LoginLimit } from "../login-limit.ts"
import type { Here } from "../needs.ts"
import { sendMisfits, sendTrouble } from "../replies.ts"

const WAIT_S = 60
const statusOfFault = { wrong: 401, locked: 429 } as const

type Credentials = Parameters<typeof login>[1]

export function signInRoutes(app: FastifyInstance, here: Here): void {
  const limit = new LoginLimit(here.clock)
  const { hasTls } = here.config
  const schema = sessions.commands.login.input

  app.post<{ Body: Credentials }>("/v1/sessions/login", async ({ body, ip }, reply) => {
    const wrong = misfits(schema, body)
    if (wrong.length > 0) return sendMisfits(reply, wrong)
    if (!limit.admits(ip)) {
      reply.header("retry-after", WAIT_S)
      return sendTrouble(reply, 429, "too_many_tries")
    }
    const answer = await login(here, body)
    if (!answer.ok) {
      const { code, says } = answer.fault
      return reply.code(statusOfFault[code]).send({ code, says })
    }
    limit.forgive(ip)
    const { token, expiresAtMs } = answer.value
    const maxAgeS = Math.floor((expiresAtMs - here.clock.nowMs()) / 1_000)
    setCookie(reply, token, { maxAgeS, hasTls })
    return answer.value
  })

  app.post("/v1/sessions/logout", async (request, reply) => {
    const claim = claimOf(request)
    if (!claim) return sendTrouble(reply, 401, "signed_out")
    if (isForged(request, claim)) return sendTrouble(reply, 403, "forged")
    await here.call(sessions, "logout", { token: claim.token })
    setCookie(reply, "", { maxAgeS: 0, hasTls })
    return { value: {} }
  })

  /** Who the cookie says one is, for a page that was loaded again. */
  app.get("/session", async (request, reply) => {
    const claim = claimOf(request)
    const actor = claim && (await here.as({ token: claim.token }).actor())
    if (actor?.kind !== "staff") return sendTrouble(reply, 401, "signed_out")
    return { user: actor.person, role: actor.role }
  })
}

function login(here: Here, { user, password }: { user: string; password: string }) {
  return here.call(sessions, "login", { user, password })
}
