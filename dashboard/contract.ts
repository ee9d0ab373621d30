/** The dashboard serves people; the one thing it tells of itself is how the house fares. */
import { Type as t } from "typebox"
import { defineContract } from "#core/contract.ts"
import { PatientId } from "#core/pms.ts"
import { entryFields } from "../audit/entry-fields.ts"

const State = t.Union([
  t.Literal("starting"),
  t.Literal("running"),
  t.Literal("restarting"),
  t.Literal("quarantined"),
  t.Literal("stopped"),
])

const Entry = t.Object({ seq: t.Integer(), atMs: t.Integer(), ...entryFields })

const Timing = t.Object({ count: t.Integer(), p50Ms: t.Number(), p95Ms: t.Number() })

export const dashboard = defineContract({
  name: "dashboard",
  version: "0.5.1",
  commands: {
    tryPms: {
      does: "Try the pharmacy system in use without reading about anybody, and say what works.",
      effect: "read",
      action: "operate",
      input: t.Object({}),
      output: t.Object({
        findings: t.Array(
          t.Object({
            operation: t.String(),
            mark: t.Union([
              t.Literal("works"),
              t.Literal("fails"),
              t.Literal("absent"),
              t.Literal("untried"),
            ]),
            says: t.String(),
          }),
        ),
      }),
      faults: {},
    },
    pharmacySystem: {
      does: "Tell when the pharmacy system last answered, and what to look at when it does not.",
      effect: "read",
      action: "operate",
      input: t.Object({}),
      output: t.Object({
        state: t.Union([t.Literal("answers"), t.Literal("silent"), t.Literal("unknown")]),
        sinceMs: t.Integer(),
        answeredAtMs: t.Optional(t.Integer()),
        /** As it names itself. */
        system: t.Optional(t.String()),
        hint: t.Optional(t.String()),
      }),
      faults: {},
    },
    models: {
      does: "List the weights this machine should have, and whether each is there and whole.",
      effect: "read",
      action: "operate",
      input: t.Object({}),
      output: t.Object({
        profile: t.String(),
        files: t.Array(
          t.Object({
            id: t.String(),
            does: t.String(),
            bytes: t.Optional(t.Integer()),
            /** Verified: it had the manifest's hash, and was not changed since. */
            state: t.Union([t.Literal("verified"), t.Literal("unverified"), t.Literal("missing")]),
          }),
        ),
      }),
      faults: {},
    },
    modules: {
      does: "Tell how each module fares: state, restarts, memory, times.",
      effect: "read",
      action: "operate",
      input: t.Object({}),
      output: t.Object({
        modules: t.Array(
          t.Object({
            module: t.String(),
            version: t.String(),
            state: State,
            restarts: t.Integer(),
            residentMiB: t.Number(),
            commands: t.Record(t.String(), Timing),
          }),
        ),
      }),
      faults: {},
    },
    releaseModule: {
      does: "Start a module again that was set aside because it kept dying.",
      effect: "write",
      action: "operate",
      input: t.Object({ module: t.String({ maxLength: 64 }) }),
      output: t.Object({}),
      faults: { unknown_module: "No module has that name." },
    },
    auditLog: {
      does: "Show what the audit log says of a patient, a person or a call.",
      effect: "read",
      action: "audit_read",
      discloses: true,
      input: t.Object({
        patient: t.Optional(PatientId),
        person: t.Optional(t.String({ maxLength: 64 })),
        conversation: t.Optional(t.String({ maxLength: 64 })),
        fromMs: t.Optional(t.Integer()),
        beforeMs: t.Optional(t.Integer()),
        /** What happened; `cloud.ask` is every text that left the house. */
        what: t.Optional(t.String({ maxLength: 128 })),
        limit: t.Optional(t.Integer({ minimum: 1, maximum: 1_000 })),
      }),
      /** The newest that fit, the oldest of them first. */
      output: t.Object({ entries: t.Array(Entry) }),
      faults: {},
      phi: ["patient"],
    },
    auditVerdict: {
      does: "Check every byte of the audit log, and name the first entry that is bad.",
      effect: "read",
      action: "audit_read",
      input: t.Object({}),
      output: t.Object({
        ok: t.Boolean(),
        entries: t.Integer(),
        firstBad: t.Optional(t.Integer()),
        why: t.Optional(t.String()),
      }),
      faults: {},
    },
  },
  events: {},
})
