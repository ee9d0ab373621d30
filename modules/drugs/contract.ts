/** Drug names: what a caller may mean among their own drugs, and what must not be confused. */
import { type Static, Type as t } from "typebox"
import { defineContract } from "#core/contract.ts"
import { DeaSchedule } from "#core/decision.ts"
import { RxNumber } from "#core/pms.ts"

/** The most that one question answers. */
export const PRODUCTS_MAX = 50

/** In any of the ways it is written: ten digits with hyphens, eleven, twelve. */
const Ndc = t.String({ minLength: 1, maxLength: 20 })

/** One product of the NDC directory. */
export const Listed = t.Object({
  /** Twelve digits, 6-4-2. Absent when no package of it is listed. */
  ndc: t.Optional(t.String({ pattern: "^[0-9]{12}$" })),
  /** As claims are billed under. */
  ndc11: t.Optional(t.String({ pattern: "^[0-9]{11}$" })),
  name: t.String(),
  genericName: t.String(),
  form: t.String(),
  route: t.String(),
  /** One to each ingredient. */
  strengths: t.Array(t.String()),
  labeler: t.String(),
  schedule: DeaSchedule,
  packages: t.Array(t.Object({ ndc: t.String(), description: t.String() })),
})
export type Listed = Static<typeof Listed>

const noSuchNdc = {
  bad_ndc: "That is no NDC. Ten digits need their hyphens.",
  unknown_ndc: "The NDC directory has no such package.",
}

export const drugs = defineContract({
  name: "drugs",
  version: "0.1.3",
  commands: {
    match: {
      does: "Find which of the caller's own drugs were meant.",
      effect: "read",
      action: "internal",
      input: t.Object({
        text: t.String({ maxLength: 4_000 }),
        /** What the other ear heard; a drug that only one ear heard is not certain. */
        otherText: t.Optional(t.String({ maxLength: 4_000 })),
        candidates: t.Array(t.Object({ rxNumber: RxNumber, drugName: t.String() }), {
          maxItems: 500,
        }),
      }),
      output: t.Object({
        /** Meant beyond reasonable doubt, in the order said. */
        meant: t.Array(RxNumber),
        /**
         * Could be any of these: look alike, sound alike, or fit the same description. One by
         * itself was heard by one ear only.
         */
        unclear: t.Array(t.Array(RxNumber)),
        /** Named only to be left out: "all of them except the metformin". */
        leftOut: t.Optional(t.Array(RxNumber)),
        /** Named letter by letter, and by no ear otherwise: enough where names were offered. */
        exact: t.Optional(t.Array(RxNumber)),
        /** A drug was named or described that is not among the candidates. */
        namesOther: t.Boolean(),
      }),
      faults: {},
      phi: ["text", "otherText", "candidates"],
    },
    namesControlled: {
      does: "Tell whether words name a controlled drug, or speak of one without a name.",
      effect: "read",
      action: "internal",
      input: t.Object({ text: t.String({ maxLength: 4_000 }) }),
      output: t.Object({ isNamed: t.Boolean() }),
      faults: {},
      phi: ["text"],
    },
    describe: {
      does: "Tell what is known about a drug by its name.",
      effect: "read",
      action: "internal",
      input: t.Object({ drugName: t.String({ maxLength: 200 }) }),
      output: t.Object({
        /** How to say it: no strength, no form. */
        plainName: t.String(),
        /** 21 CFR 1308 by name; absent when the name is not in the table. */
        schedule: t.Optional(DeaSchedule),
        isHighAlert: t.Boolean(),
        /** HIV, psychiatric, substance use, reproductive: the bare version in every channel. */
        isSensitive: t.Boolean(),
        /** What it is made of, as the table calls it; absent when something in it is not there. */
        genericNames: t.Optional(t.Array(t.String())),
      }),
      faults: {},
      phi: ["drugName"],
    },
    named: {
      does: "Find the drugs that words name, whoever's they are.",
      effect: "read",
      action: "internal",
      input: t.Object({ text: t.String({ maxLength: 4_000 }) }),
      output: t.Object({
        /** One group to a name; more than one in it could have been meant by it. */
        groups: t.Array(t.Array(t.Object({ genericName: t.String(), plainName: t.String() }))),
      }),
      faults: {},
      phi: ["text"],
    },
    lookUp: {
      does: "Look up one package in the NDC directory.",
      effect: "read",
      action: "stock_keeping",
      input: t.Object({ ndc: Ndc }),
      output: Listed,
      faults: noSuchNdc,
    },
    search: {
      does: "Find products of the NDC directory by the beginnings of their names.",
      effect: "read",
      action: "stock_keeping",
      input: t.Object({ text: t.String({ minLength: 1, maxLength: 200 }) }),
      output: t.Object({ products: t.Array(Listed, { maxItems: PRODUCTS_MAX }) }),
      faults: {},
    },
    alike: {
      does: "List the packages with the same in them, for a module that looks for stock.",
      effect: "read",
      action: "internal",
      input: t.Object({ ndc: Ndc }),
      /** Empty when the directory does not know the product. */
      output: t.Object({ ndcs: t.Array(t.String({ pattern: "^[0-9]{12}$" })) }),
      faults: {},
    },
    equivalents: {
      does: "Find products with the same substances, strengths, form and route, to search by.",
      effect: "read",
      action: "stock_keeping",
      input: t.Object({ ndc: Ndc }),
      output: t.Object({ products: t.Array(Listed, { maxItems: PRODUCTS_MAX }) }),
      faults: noSuchNdc,
    },
  },
  events: {},
})
