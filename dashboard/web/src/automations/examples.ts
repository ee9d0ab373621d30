/** Ready-made automations that one can start from. They work as they stand. */
import type { Draft } from "../../../../modules/automations/contract.ts"
import { say } from "../say.ts"

const PER_HOUR = 20

export function blank(): Draft {
  return {
    ...{ name: "", holds: [], perHour: PER_HOUR },
    when: { event: "complaints.filed" },
    does: { command: "work-queue.assign", input: {} },
  }
}

export function examples(): readonly Draft[] {
  return [
    {
      ...blank(),
      name: say("Ring back after a complaint"),
      when: { event: "complaints.filed" },
      does: task({
        forRole: { constant: "manager" },
        about: { constant: say("Ring the patient back about their complaint, within the hour.") },
        dueInMinutes: { constant: 60 },
        patient: { field: "patient" },
        conversation: { field: "conversation" },
      }),
    },
    {
      ...blank(),
      name: say("A renewal was denied"),
      when: { event: "renewals.answered" },
      holds: [{ field: "outcome", test: { equals: "denied" } }],
      does: task({
        forRole: { constant: "pharmacist" },
        about: { constant: say("The prescriber said no. Look for another way with the patient.") },
        patient: { field: "patient" },
      }),
    },
    {
      ...blank(),
      name: say("The refrigerator's temperature"),
      when: { at: "08:30", days: ["monday", "tuesday", "wednesday", "thursday", "friday"] },
      does: task({
        forRole: { constant: "technician" },
        about: { constant: say("Write down the temperature of the refrigerator.") },
        dueInMinutes: { constant: 60 },
      }),
    },
  ]
}

function task(input: Draft["does"]["input"]): Draft["does"] {
  return { command: "work-queue.assign", input }
}
