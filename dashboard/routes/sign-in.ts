/**
 * Signing in and out, locking and unlocking: what happens while the host knows nobody yet. A bearer
 * token for programs, the same one as a cookie for the browser.
 */
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify"
import type { TSchema } from "typebox"
import type { Fault } from "#core/fault.ts"
import { misfits } from "#core/schema.ts"
import { mfa } from "../../modules/mfa/contract.ts"
import { type Factor, sessions } from "../../modules/sessions/contract.ts"
import { claimOf, isForged, setCookie } from "../claim.ts"
import { deviceOf } from "../device.ts"
import { LoginLimit } from "../login-limit.ts"
import type { Here } from "../needs.ts"
import { sendMisfits, sendTrouble } from "../replies.ts"
import { sendSignedOut } from "../signed-out.ts"

const WAIT_S = 60
const LOCKED = 423

interface Credentials {
  readonly user: string
  readonly password: string
  readonly code?: string
}
interface WithPasskey {
  readonly passkey: Extract<Factor, { passkey: unknown }>["passkey"]
}
interface AtScreen {
  readonly factor: Factor
}

export function signInRoutes(app: FastifyInstance, here: Here): void {
  const door = new Door(here)
  const { login, loginWithPasskey, unlock } = sessions.commands

  app.post<{ Body: Credentials }>("/v1/sessions/login", async (request, reply) => {
    if (!door.admits(request, reply, login.input)) return reply
    const { user, password, code } = request.body
    const device = deviceOf(request.headers["user-agent"])
    const given = { user, password, device, ...(code === undefined ? {} : { code }) }
    return door.open(request, reply, await here.call(sessions, "login", given))
  })

  app.post<{ Body: WithPasskey }>("/v1/sessions/loginWithPasskey", async (request, reply) => {
    if (!door.admits(request, reply, loginWithPasskey.input)) return reply
    const device = deviceOf(request.headers["user-agent"])
    const { passkey } = request.body
    return door.open(
      request,
      reply,
      await here.call(sessions, "loginWithPasskey", { passkey, device }),
    )
  })

  app.post("/v1/mfa/challenge", async ({ ip }, reply) => {
    if (!door.challenges.admits(ip)) return door.wait(reply)
    const answer = await here.call(mfa, "challenge", {})
    return answer.ok ? { value: answer.value } : sendTrouble(reply, 500, "broken")
  })

  app.post<{ Body: AtScreen }>("/v1/sessions/unlock", async (request, reply) => {
    const claim = claimOf(request)
    if (!claim) return sendTrouble(reply, 401, "signed_out")
    if (isForged(request, claim)) return sendTrouble(reply, 403, "forged")
    const wrong = misfits(unlock.input.properties.factor, Object(request.body).factor)
    if (wrong.length > 0) return sendMisfits(reply, wrong)
    const given = { token: claim.token, factor: request.body.factor }
    const answer = await here.call(sessions, "unlock", given)
    return answer.ok ? { value: {} } : sendFault(reply, answer.fault)
  })

  sessionRoutes(app, here)
}

/** What a page asks about its own session, whatever state that is in. */
function sessionRoutes(app: FastifyInstance, here: Here): void {
  app.post("/v1/sessions/logout", async (request, reply) => {
    const claim = claimOf(request)
    if (!claim) return sendTrouble(reply, 401, "signed_out")
    if (isForged(request, claim)) return sendTrouble(reply, 403, "forged")
    await here.call(sessions, "logout", { token: claim.token })
    setCookie(reply, "", { maxAgeS: 0, hasTls: here.config.hasTls })
    return { value: {} }
  })

  /** Who the cookie says one is, for a page that was loaded again. */
  app.get("/session", async (request, reply) => {
    const claim = claimOf(request)
    const looked = claim && (await here.call(sessions, "look", { token: claim.token }))
    const view = looked?.ok ? looked.value.view : undefined
    if (!looked?.ok || !view) return sendTrouble(reply, 401, "signed_out")
    return { ...view, isLocked: looked.value.state === "locked" }
  })

  /** Hands are at the keyboard. */
  app.post("/session/keep", async (request, reply) => {
    const claim = claimOf(request)
    if (!claim || !(await here.as({ token: claim.token }).actor()))
      return sendSignedOut(reply, here, claim)
    if (isForged(request, claim)) return sendTrouble(reply, 403, "forged")
    await here.call(sessions, "keep", { token: claim.token })
    return { value: {} }
  })
}

type Entered =
  | { readonly ok: true; readonly value: { readonly token: string; readonly expiresAtMs: number } }
  | { readonly ok: false; readonly fault: Fault }

class Door {
  readonly challenges: LoginLimit
  readonly #here: Here
  readonly #tries: LoginLimit

  constructor(here: Here) {
    this.#here = here
    this.#tries = new LoginLimit(here.clock)
    this.challenges = new LoginLimit(here.clock)
  }

  /** False when it has answered already: what was sent does not fit, or was sent too often. */
  admits({ body, ip }: FastifyRequest, reply: FastifyReply, schema: TSchema): boolean {
    const wrong = misfits(schema, body)
    if (wrong.length > 0) sendMisfits(reply, wrong)
    else if (this.#tries.admits(ip)) return true
    else this.wait(reply)
    return false
  }

  wait(reply: FastifyReply) {
    reply.header("retry-after", WAIT_S)
    return sendTrouble(reply, 429, "too_many_tries")
  }

  open({ ip }: FastifyRequest, reply: FastifyReply, answer: Entered) {
    if (!answer.ok) return sendFault(reply, answer.fault)
    this.#tries.forgive(ip)
    this.challenges.forgive(ip)
    const { token, expiresAtMs } = answer.value
    const maxAgeS = Math.floor((expiresAtMs - this.#here.clock.nowMs()) / 1_000)
    setCookie(reply, token, { maxAgeS, hasTls: this.#here.config.hasTls })
    return answer.value
  }
}

/** At the door a wrong answer is a 401; at a locked screen the session is still there. */
function sendFault(reply: FastifyReply, { code, says }: Fault) {
  return reply.code(statusOf(code, reply.request.url)).send({ code, says })
}

function statusOf(code: string, url: string): number {
  if (code === "locked") return 429
  return code === "wrong" && url.endsWith("/unlock") ? LOCKED : 401
}
