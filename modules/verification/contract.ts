/** Who is calling: full name, date of birth and one thing more, answered with pass or fail only. */
import { Type as t } from "typebox"
import { IdentityLevel } from "#core/actor.ts"
import { defineContract } from "#core/contract.ts"
import { Day, PatientId, Phone, RxNumber } from "#core/pms.ts"

export const verification = defineContract({
  name: "verification",
  version: "0.2.0",
  commands: {
    offer: {
      does: "Take what the caller stated so far and say what is still to be asked.",
      effect: "write",
      action: "internal",
      input: t.Object({
        conversation: t.String(),
        firstName: t.Optional(t.String({ maxLength: 60 })),
        lastName: t.Optional(t.String({ maxLength: 60 })),
        /** All readings of what was said, the likeliest first. */
        datesOfBirth: t.Optional(t.Array(Day, { maxItems: 3 })),
        rxNumber: t.Optional(RxNumber),
        zip: t.Optional(t.String({ pattern: "^[0-9]{5}$" })),
        code: t.Optional(t.String({ pattern: "^[0-9]{6}$" })),
        /** The number they call from. It helps to find whom a badly heard name means; no proof. */
        phone: t.Optional(Phone),
      }),
      /**
       * The same questions in the same order whether or not the person exists. `locked` after three
       * failures: then a human. Nothing here tells which part did not match.
       */
      output: t.Object({
        state: t.Union([
          t.Literal("ask_name"),
          t.Literal("ask_date_of_birth"),
          t.Literal("ask_third"),
          t.Literal("passed"),
          t.Literal("failed"),
          t.Literal("locked"),
        ]),
        patient: t.Optional(PatientId),
        /** Patients whose consent for this caller is on file. */
        caresFor: t.Optional(t.Array(PatientId)),
      }),
      faults: {},
      phi: ["firstName", "lastName", "datesOfBirth", "rxNumber", "zip", "code", "phone"],
    },
    sendCode: {
      does: "Text a code to the number on file, if there is one; the answer does not tell.",
      effect: "irreversible",
      action: "internal",
      input: t.Object({ conversation: t.String() }),
      output: t.Object({}),
      faults: {},
    },
    status: {
      does: "Tell how far the caller of a conversation is verified, and by what.",
      effect: "read",
      action: "internal",
      input: t.Object({ conversation: t.String() }),
      output: t.Object({
        identity: IdentityLevel,
        patient: t.Optional(PatientId),
        by: t.Array(
          t.Union([
            t.Literal("name"),
            /** It was heard otherwise than it is written, and sounds so. */
            t.Literal("name_by_sound"),
            t.Literal("date_of_birth"),
            t.Literal("rx_number"),
            t.Literal("zip"),
            t.Literal("code"),
          ]),
        ),
        failures: t.Integer({ minimum: 0 }),
      }),
      faults: {},
    },
  },
  events: {
    passed: t.Object({ conversation: t.String(), patient: PatientId }),
    failed: t.Object({ conversation: t.String(), failures: t.Integer() }),
    locked: t.Object({ conversation: t.String() }),
  },
})
