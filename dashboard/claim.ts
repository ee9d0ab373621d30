/**
 * Whose request this is: a bearer token, or the browser's cookie. A cookie is sent by the browser
 * without being asked, so what it may do needs a header that another site can't make it send.
 */
import type { FastifyReply, FastifyRequest } from "fastify"

const COOKIE = "mortar_session"
const TOKEN_LENGTH_MAX = 200

export interface TokenClaim {
  readonly token: string
  readonly by: "bearer" | "cookie"
}

export function claimOf({ headers }: FastifyRequest): TokenClaim | undefined {
  const bearer = /^Bearer ([\w.~+/=-]+)$/i.exec(headers.authorization ?? "")?.[1]
  const by = headers.authorization === undefined ? "cookie" : "bearer"
  const token = by === "bearer" ? bearer : cookieIn(headers.cookie ?? "")
  return token && token.length <= TOKEN_LENGTH_MAX ? { token, by } : undefined
}

/** True when another site may have made the browser send this. */
export function isForged({ headers }: FastifyRequest, { by }: TokenClaim): boolean {
  return by === "cookie" && headers["x-mortar-page"] === undefined
}

export interface CookieOptions {
  readonly maxAgeS: number
  readonly hasTls: boolean
}

export function setCookie(reply: FastifyReply, token: string, options: CookieOptions): void {
  const secure = options.hasTls ? "; Secure" : ""
  const rest = `Path=/; HttpOnly; SameSite=Strict; Max-Age=${options.maxAgeS}${secure}`
  reply.header("set-cookie", `${COOKIE}=${token}; ${rest}`)
}

function cookieIn(header: string): string | undefined {
  const own = header
    .split(";")
    .map((part) => part.trim())
    .find((part) => part.startsWith(`${COOKIE}=`))
  return own?.slice(COOKIE.length + 1)
}
