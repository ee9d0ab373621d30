/**
 * The ten rules a site starts with. Each raises the tier of a request or refuses it; none lowers.
 * A rule that names no actions weighs on every request, and on none of the house's own steps.
 */
import type { Rule } from "#core/rule.ts"

export const defaultRules: readonly Rule[] = Object.freeze([
  {
    name: "emergency",
    priority: 1000,
    enabled: true,
    when: { emergency: true },
    raises: { tier: 2 },
    because: "An emergency may have been heard. A person takes over at once.",
  },
  {
    name: "controlled_substance",
    priority: 900,
    enabled: true,
    when: { schedules: ["CI", "CII", "CIII", "CIV", "CV", "unknown"] },
    raises: { tier: 2 },
    because: "The drug is a controlled substance, or its schedule is not known.",
  },
  {
    name: "dur_alert",
    priority: 800,
    enabled: true,
    when: { durs: ["contraindicated", "major", "moderate"] },
    raises: { tier: 2 },
    because: "The pharmacy system raised a drug utilisation review alert.",
  },
  {
    name: "high_alert_drug",
    priority: 700,
    enabled: true,
    when: { highAlert: true },
    raises: { tier: 2 },
    because: "The drug is on the list of high-alert drugs.",
  },
  {
    name: "unverified_caller",
    priority: 600,
    enabled: true,
    when: { unverified: true },
    raises: { tier: 1 },
    because: "The caller did not prove to be the patient, nor to care for the patient.",
  },
  {
    name: "too_soon",
    priority: 500,
    enabled: true,
    when: { actions: ["refill_request"], eligibilities: ["too_soon"] },
    raises: { tier: 2 },
    because: "The refill is not due yet. Only a pharmacist overrides that.",
  },
  {
    name: "no_refills",
    priority: 400,
    enabled: true,
    when: {
      actions: ["refill_request"],
      eligibilities: [
        "no_refills",
        "expired",
        "prescriber_auth_possible",
        "discontinued",
        "transferred_out",
        "unknown",
      ],
    },
    raises: { tier: 1 },
    because: "It cannot be refilled as it stands. A renewal request may be prepared.",
  },
  {
    name: "pharmacist_must_speak",
    priority: 300,
    enabled: true,
    when: { eligibilities: ["pharmacist_must_speak", "on_hold", "controlled_needs_review"] },
    raises: { tier: 2 },
    because: "The pharmacy system says that the pharmacist must speak with the patient.",
  },
  {
    name: "money",
    priority: 200,
    enabled: true,
    when: { money: true },
    raises: { tier: 3 },
    because: "Money would change hands or a price would change.",
  },
  {
    name: "low_confidence",
    priority: 100,
    enabled: true,
    when: { confidenceBelow: 0.7 },
    raises: { tier: 1 },
    because: "It is not sure that the caller was understood. The audio is attached.",
  },
])
