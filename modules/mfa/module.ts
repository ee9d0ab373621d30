/**
 * Second factors of the staff. Never gives a secret twice, never takes a code twice, and changes
 * nothing for somebody who did not just prove who they are.
 */
import { Type as t } from "typebox"
import type { Actor } from "#core/actor.ts"
import { assert } from "#core/fault.ts"
import { type Context, defineModule, nothing } from "#core/module.ts"
import { CEREMONY_MS, Ceremonies } from "./ceremonies.ts"
import { mfa } from "./contract.ts"
import { checkedNew, checkedSigned, handleOf, StoredPasskey } from "./passkey.ts"
import { freshCodes, RecoverySet, withoutCode } from "./recovery-codes.ts"
import { newSecret, stepOf } from "./totp.ts"

const DAY_MS = 86_400_000
const PASSKEYS_MAX = 10

const Person = t.Object({
  totpSecret: t.Optional(t.String()),
  totpUsedStep: t.Optional(t.Integer()),
  /** A secret that no code was sent for yet. */
  startedSecret: t.Optional(t.String()),
  recovery: t.Optional(RecoverySet),
  /** When the site first asked them for a second factor. */
  askedAtMs: t.Optional(t.Integer()),
})

const needs = {
  ...nothing,
  config: t.Object({
    /** The site's name, as an authenticator shows it. */
    name: t.String({ default: "Mortar" }),
    /** The name in the address of the staff pages: what a passkey is bound to. */
    rpId: t.String({ default: "localhost" }),
    /** Whether everybody has to have a second factor, and how long after they are first asked. */
    isRequired: t.Boolean({ default: false }),
    graceDays: t.Integer({ default: 14, minimum: 0, maximum: 90 }),
  }),
  collections: {
    people: { schema: Person },
    passkeys: { schema: StoredPasskey, indexes: { user: "plain" } },
  },
} as const

type Here = Context<typeof mfa, typeof needs>

let ceremonies: Ceremonies | undefined

export default defineModule(mfa, needs, {
  async start({ clock }) {
    ceremonies = new Ceremonies(clock)
  },

  commands: {
    async status({ user }, context) {
      const { clock, config, store } = context
      const hasFactor = await hasAny(user, context)
      if (hasFactor || !config.isRequired) return { hasFactor, isOverdue: false }
      const person = await personOf(user, context)
      const askedAtMs = person.askedAtMs ?? clock.nowMs()
      if (person.askedAtMs === undefined) await store.people.put(user, { ...person, askedAtMs })
      const enrolByMs = askedAtMs + config.graceDays * DAY_MS
      return { hasFactor, isOverdue: enrolByMs <= clock.nowMs(), enrolByMs }
    },

    async verifyCode({ user, code }, context) {
      const { clock, fail, store } = context
      const { totpSecret: secret, totpUsedStep: usedStep, recovery } = await personOf(user, context)
      const nowMs = clock.nowMs()
      const step = secret ? await stepOf({ secret, code, nowMs, usedStep }) : undefined
      if (step !== undefined) {
        // Of two who send one code at once, the second finds it used.
        await store.people.change(user, (doc) =>
          (doc.totpUsedStep ?? -1) < step ? { ...doc, totpUsedStep: step } : fail("wrong"),
        )
        return { by: "totp" as const }
      }
      const left = recovery && (await withoutCode(recovery, code))
      if (!left) return fail("wrong")
      const had = recovery.hashes.length
      await store.people.change(user, (doc) =>
        doc.recovery?.hashes.length === had ? { ...doc, recovery: left } : fail("wrong"),
      )
      return { by: "recovery" as const }
    },

    async verifyPasskey({ passkey }, context) {
      const { clock, fail, store } = context
      const found = await store.passkeys.get(passkey.id)
      if (!found) return fail("wrong")
      const counter = await checkedSigned(passkey, found.doc, partyOf(context))
      if (counter === undefined) return fail("wrong")
      const usedAtMs = clock.nowMs()
      await store.passkeys.change(passkey.id, (doc) => ({ ...doc, counter, usedAtMs }))
      return { user: found.doc.user }
    },

    async challenge(_, context) {
      const { rpId, ceremonies: open } = partyOf(context)
      return { challenge: open.open(), rpId, timeoutMs: CEREMONY_MS }
    },

    async own(_, context) {
      const { actor, config } = context
      const user = personIn(actor)
      const { totpSecret, recovery, askedAtMs } = await personOf(user, context)
      const passkeys = await passkeysOf(user, context)
      const hasTotp = totpSecret !== undefined
      const mustEnrol = config.isRequired && !hasTotp && passkeys.length === 0
      return {
        hasTotp,
        passkeys: passkeys.map(({ id, doc: { name, addedAtMs, usedAtMs } }) => ({
          ...{ passkey: id, name, addedAtMs },
          ...(usedAtMs === undefined ? {} : { usedAtMs }),
        })),
        recoveryCodesLeft: recovery?.hashes.length ?? 0,
        isRequired: config.isRequired,
        ...(mustEnrol && askedAtMs ? { enrolByMs: askedAtMs + config.graceDays * DAY_MS } : {}),
      }
    },

    async startTotp(_, context) {
      const user = provedIn(context)
      const started = newSecret(context.config.name, user)
      const person = await personOf(user, context)
      await context.store.people.put(user, { ...person, startedSecret: started.secret })
      return { ...started }
    },

    async addTotp({ code }, context) {
      const { clock, fail } = context
      const user = provedIn(context)
      const { startedSecret: secret } = await personOf(user, context)
      if (!secret) return fail("not_started")
      const totpUsedStep = await stepOf({ secret, code, nowMs: clock.nowMs(), usedStep: undefined })
      if (totpUsedStep === undefined) return fail("wrong_code")
      return enrolled(user, context, { totpSecret: secret, totpUsedStep })
    },

    async removeTotp(_, context) {
      const user = provedIn(context)
      const isLast = (await passkeysOf(user, context)).length === 0
      if (isLast && context.config.isRequired) return context.fail("last_factor")
      await context.store.people.change(user, ({ totpSecret: _, ...doc }) => doc)
      await forgetCodesOfNone(user, context)
      return {}
    },

    async startPasskey(_, context) {
      const user = provedIn(context)
      const { rpId, ceremonies: open } = partyOf(context)
      return {
        ...{ challenge: open.open(), rpId, timeoutMs: CEREMONY_MS },
        ...{ rpName: context.config.name, user, userHandle: handleOf(user) },
        known: (await passkeysOf(user, context)).map(({ id }) => id),
      }
    },

    async addPasskey({ name, passkey }, context) {
      const { clock, fail, store } = context
      const user = provedIn(context)
      if ((await passkeysOf(user, context)).length >= PASSKEYS_MAX) return fail("too_many")
      const checked = await checkedNew(passkey, partyOf(context))
      if (!checked || (await store.passkeys.get(passkey.id))) return fail("not_accepted")
      const added = { user, name, ...checked, addedAtMs: clock.nowMs() }
      await store.passkeys.put(passkey.id, added, 0)
      return enrolled(user, context, {})
    },

    async removePasskey({ passkey }, context) {
      const { config, fail, store } = context
      const user = provedIn(context)
      const passkeys = await passkeysOf(user, context)
      if (!passkeys.some(({ id }) => id === passkey)) return fail("unknown_passkey")
      const { totpSecret } = await personOf(user, context)
      const isLast = passkeys.length === 1 && totpSecret === undefined
      if (isLast && config.isRequired) return fail("last_factor")
      await store.passkeys.remove(passkey)
      await forgetCodesOfNone(user, context)
      return {}
    },

    async renewRecoveryCodes(_, context) {
      const user = provedIn(context)
      if (!(await hasAny(user, context))) return context.fail("no_factor")
      const { codes, set } = await freshCodes()
      const person = await personOf(user, context)
      await context.store.people.put(user, { ...person, recovery: set })
      return { recoveryCodes: codes }
    },

    async reset({ user }, context) {
      const { emit, store } = context
      provedIn(context)
      for (const { id } of await passkeysOf(user, context)) await store.passkeys.remove(id)
      await store.people.remove(user)
      emit("changed", { user })
      return {}
    },
  },
})

/** Writes a first or further factor; the first one brings the recovery codes. */
async function enrolled(
  user: string,
  context: Here,
  added: { totpSecret?: string; totpUsedStep?: number },
) {
  const { startedSecret: _, ...person } = await personOf(user, context)
  const fresh = person.recovery ? undefined : await freshCodes()
  const recovery = fresh?.set ?? person.recovery
  await context.store.people.put(user, { ...person, ...added, ...(recovery && { recovery }) })
  context.emit("changed", { user })
  return fresh ? { recoveryCodes: fresh.codes } : {}
}

/** Codes that stand in for a factor end with the last one. */
async function forgetCodesOfNone(user: string, context: Here): Promise<void> {
  const { emit, store } = context
  if (!(await hasAny(user, context)))
    await store.people.change(user, ({ recovery: _, totpUsedStep: _step, ...doc }) => doc)
  emit("changed", { user })
}

async function hasAny(user: string, context: Here): Promise<boolean> {
  const { totpSecret } = await personOf(user, context)
  return totpSecret !== undefined || (await context.store.passkeys.count({ where: { user } })) > 0
}

async function personOf(user: string, { store }: Here) {
  return (await store.people.get(user))?.doc ?? {}
}

function passkeysOf(user: string, { store }: Here) {
  return store.passkeys.find({ where: { user }, limit: PASSKEYS_MAX + 1 })
}

function partyOf({ config }: Here) {
  assert(ceremonies)
  return { rpId: config.rpId, ceremonies }
}

/** The row of one's own account lets nobody but staff come here. */
function personIn(actor: Actor): string {
  assert(actor.kind === "staff")
  return actor.person
}

/** Whoever borrows an open screen must not make it theirs. */
function provedIn({ actor, fail }: Here & { fail(code: "prove_again"): never }): string {
  assert(actor.kind === "staff")
  return actor.lacks?.includes("proof") ? fail("prove_again") : actor.person
}
