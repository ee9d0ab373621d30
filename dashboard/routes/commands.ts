/** `POST /v1/<module>/<command>`: what contracts promise, put before the gate for who sent it. */
import type { FastifyInstance, FastifyRequest } from "fastify"
import { Type as t } from "typebox"
import { misfits } from "#core/schema.ts"
import { Activity } from "../activity.ts"
import type { Catalogue } from "../catalogue.ts"
import { claimOf, isForged } from "../claim.ts"
import type { Here } from "../needs.ts"

import { sendMisfits, sendReply, sendTrouble } from "../replies.ts"
import { sendSignedOut } from "../signed-out.ts"

const Params = t.Object({ module: t.String(), command: t.String() })
const KEY = /^[\w-]{8,64}$/

export interface CommandRoutes {
  readonly here: Here
  readonly catalogue: Catalogue
}

export function commandRoutes(app: FastifyInstance, { here, catalogue }: CommandRoutes): void {
  const activity = new Activity(here)
  app.post<{ Params: { module: string; command: string } }>(
    "/v1/:module/:command",
    { schema: { params: Params } },
    async (request, reply) => {
      const claim = claimOf(request)
      const gate = claim && here.as({ token: claim.token })
      const actor = await gate?.actor()
      if (!claim || !gate || !actor) return sendSignedOut(reply, here, claim)
      if (isForged(request, claim)) return sendTrouble(reply, 403, "forged")

      if (claim.by === "bearer") activity.noted(claim.token)

      const { module, command } = request.params
      const offered = (await catalogue()).get(`${module}.${command}`)
      if (!offered) return sendTrouble(reply, 404, "unknown_command")
      const input = request.body ?? {}
      const wrong = misfits(offered.spec.input, input)
      if (wrong.length > 0) return sendMisfits(reply, wrong)

      const person = actor.kind === "staff" ? actor.person : actor.kind
      const options = keyOf(request, person)
      const answer = await gate.propose(offered.name, input, options)
      // The session may have been locked or ended while the command was on its way.
      const isOver = answer.kind === "refused" && !(await gate.actor())
      return isOver ? sendSignedOut(reply, here, claim) : sendReply(reply, answer)
    },
  )
}

/** Sent again after a lost answer, the same key acts once; one person's keys are not another's. */
function keyOf({ headers }: FastifyRequest, person: string): { readonly key?: string } {
  const key = headers["idempotency-key"]
  return typeof key === "string" && KEY.test(key) ? { key: `${person}:${key}` } : {}
}
