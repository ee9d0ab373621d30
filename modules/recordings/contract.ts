/** Call recordings: both sides, encrypted while they are written, WAV only on export. */
import { Type as t } from "typebox"
import { defineContract } from "#core/contract.ts"

const unknownRecording = { unknown_recording: "No recording has that id." }

export const recordings = defineContract({
  name: "recordings",
  version: "0.2.0",
  commands: {
    begin: {
      does: "Open an encrypted recording of a call.",
      effect: "write",
      action: "internal",
      input: t.Object({ call: t.String({ maxLength: 64 }) }),
      output: t.Object({ recording: t.String() }),
      faults: {},
    },
    append: {
      does: "Write the next stretch of both sides.",
      effect: "write",
      action: "internal",
      input: t.Object({
        recording: t.String(),
        /** Base64 of µ-law at 8 kHz, the two channels interleaved: caller, agent, caller, … */
        audio: t.String({ maxLength: 400_000 }),
      }),
      output: t.Object({}),
      faults: unknownRecording,
      phi: ["audio"],
    },
    pause: {
      does: "Stop writing, for a payment or because the caller objects.",
      effect: "write",
      action: "internal",
      input: t.Object({ recording: t.String(), reason: t.String({ maxLength: 40 }) }),
      output: t.Object({}),
      faults: unknownRecording,
    },
    resume: {
      does: "Write again after a pause. Refused when the caller objected.",
      effect: "write",
      action: "internal",
      input: t.Object({ recording: t.String() }),
      output: t.Object({}),
      faults: { ...unknownRecording, objected: "The caller objected to being recorded." },
    },
    end: {
      does: "Close a recording; after this it is never written again.",
      // Irreversible acts stand in the audit log: so it tells which recordings there were.
      effect: "irreversible",
      action: "internal",
      input: t.Object({ recording: t.String() }),
      output: t.Object({ durationMs: t.Integer() }),
      faults: unknownRecording,
    },
    exportWav: {
      does: "Decrypt a recording, or a stretch of it, as a stereo WAV file.",
      effect: "read",
      action: "staff_view",
      discloses: true,
      input: t.Object({
        recording: t.String(),
        fromMs: t.Optional(t.Integer({ minimum: 0 })),
        untilMs: t.Optional(t.Integer({ minimum: 0 })),
      }),
      output: t.Object({ wavBase64: t.String() }),
      faults: {
        ...unknownRecording,
        unreadable: "The recording cannot be decrypted. A part of the file is damaged.",
      },
    },
    expired: {
      does: "List recordings that ended before a moment, the oldest first.",
      effect: "read",
      action: "internal",
      input: t.Object({
        fromMs: t.Optional(t.Integer()),
        beforeMs: t.Integer(),
        limit: t.Optional(t.Integer({ minimum: 1, maximum: 500 })),
      }),
      output: t.Object({
        recordings: t.Array(
          t.Object({
            recording: t.String(),
            call: t.String(),
            patient: t.Optional(t.String()),
            endedAtMs: t.Integer(),
          }),
        ),
      }),
      faults: {},
    },
    destroy: {
      does: "Destroy a recording for good: its key, and its files.",
      effect: "irreversible",
      action: "internal",
      input: t.Object({ recording: t.String() }),
      output: t.Object({}),
      faults: { ...unknownRecording, still_going: "The recording has not ended yet." },
    },
  },
  events: {},
})
