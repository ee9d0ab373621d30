/** What a patient may ask of their record here: a copy, or its end. And what the law holds back. */
import { type Static, Type as t } from "typebox"
import { defineContract } from "#core/contract.ts"
import { PatientId } from "#core/pms.ts"

const proveAgain = { prove_again: "Prove once more that it is you, then do this." }
const Because = t.String({ minLength: 3, maxLength: 300 })

export const Hold = t.Object({
  hold: t.String(),
  /** Nothing of this patient is destroyed while it stands. */
  patient: PatientId,
  because: Because,
  by: t.String(),
  sinceMs: t.Integer(),
})
export type Hold = Static<typeof Hold>

export const privacy = defineContract({
  name: "privacy",
  version: "0.3.0",
  commands: {
    export: {
      does: "Put together all that is kept here of one patient, for that patient.",
      effect: "read",
      action: "staff_admin",
      discloses: true,
      input: t.Object({ patient: PatientId }),
      /** JSON in base64. */
      output: t.Object({ name: t.String(), base64: t.String() }),
      faults: proveAgain,
      phi: ["patient"],
    },
    erase: {
      does: "Destroy all that is kept here of one patient, in every copy, for good.",
      effect: "irreversible",
      action: "staff_admin",
      input: t.Object({ patient: PatientId, because: Because }),
      output: t.Object({ transcripts: t.Integer(), recordings: t.Integer() }),
      faults: {
        ...proveAgain,
        on_hold: "A legal hold stands on this patient. Nothing is destroyed.",
      },
      phi: ["patient", "because"],
    },
    hold: {
      does: "Put a legal hold on a patient: nothing of theirs is destroyed while it stands.",
      effect: "write",
      action: "staff_admin",
      input: t.Object({ patient: PatientId, because: Because }),
      output: t.Object({ hold: t.String() }),
      faults: {},
      phi: ["patient", "because"],
    },
    release: {
      does: "End a legal hold.",
      effect: "write",
      action: "staff_admin",
      input: t.Object({ hold: t.String({ maxLength: 64 }) }),
      output: t.Object({}),
      faults: { unknown_hold: "No legal hold has that id." },
    },
    holds: {
      does: "List the legal holds that stand.",
      effect: "read",
      action: "staff_admin",
      discloses: true,
      input: t.Object({}),
      output: t.Object({ holds: t.Array(Hold) }),
      faults: {},
    },
    retention: {
      does: "Tell how many days sound and words are kept before they are destroyed.",
      effect: "read",
      action: "staff_admin",
      input: t.Object({}),
      output: t.Object({ recordingDays: t.Integer(), transcriptDays: t.Integer() }),
      faults: {},
    },
    applyRetention: {
      does: "Destroy recordings and transcripts that are older than the site keeps them.",
      effect: "write",
      action: "internal",
      input: t.Object({}),
      output: t.Object({ transcripts: t.Integer(), recordings: t.Integer() }),
      faults: {},
    },
  },
  events: {},
})
