/** Who acts. An actor is never taken from a message: the host looks it up and attaches it. */
import { type Static, Type as t } from "typebox"

export const Role = t.Union([
  t.Literal("technician"),
  t.Literal("pharmacist"),
  t.Literal("manager"),
  t.Literal("operator"),
])
export type Role = Static<typeof Role>

/**
 * Anonymous: nothing said. Claimed: a name was said. Verified: DESIGN's two identifiers and one
 * more.
 */
export const IdentityLevel = t.Union([
  t.Literal("anonymous"),
  t.Literal("claimed"),
  t.Literal("verified"),
])
export type IdentityLevel = Static<typeof IdentityLevel>

export const Channel = t.Union([t.Literal("phone"), t.Literal("sms"), t.Literal("web")])
export type Channel = Static<typeof Channel>

export const Caller = t.Object({
  kind: t.Literal("caller"),
  conversation: t.String(),
  channel: Channel,
  identity: IdentityLevel,
  /** The patient the caller proved to be. Present exactly when verified. */
  patient: t.Optional(t.String()),
  /** Patients who gave this caller a consent that is on file. */
  caresFor: t.Optional(t.Array(t.String())),
})
export type Caller = Static<typeof Caller>

/** What somebody has not got at this moment, and so may not do all that the role may. */
export const Lack = t.Union([
  /** A pharmacist's licence that is on file and has not run out. */
  t.Literal("licence"),
  /** A proof, in the last minutes, that it is still the same person. */
  t.Literal("proof"),
  /** A password of one's own, or the second factor that the site asks for. */
  t.Literal("set_up"),
])
export type Lack = Static<typeof Lack>

export const Staff = t.Object({
  kind: t.Literal("staff"),
  person: t.String(),
  /** The rights in use: one's own, or those taken in an emergency. */
  role: Role,
  session: t.Optional(t.String()),
  lacks: t.Optional(t.Array(Lack)),
  /** Rights that were taken for a while, and the role that is really theirs. */
  glass: t.Optional(t.Object({ id: t.String(), own: Role })),
})
export type Staff = Static<typeof Staff>

export const Partner = t.Object({
  kind: t.Literal("partner"),
  key: t.String(),
  scopes: t.Array(t.String()),
})
export type Partner = Static<typeof Partner>

export const System = t.Object({
  kind: t.Literal("system"),
  module: t.String(),
  schedule: t.Optional(t.String()),
})
export type System = Static<typeof System>

export const Actor = t.Union([Caller, Staff, Partner, System])
export type Actor = Static<typeof Actor>
