/** The telephone as a module: it takes connections from the public port and answers calls. */
import { assert } from "#core/fault.ts"
import { defineModule } from "#core/module.ts"
import { voice } from "./contract.ts"
import { KEPT_MS_MAX } from "./kept.ts"
import { needs } from "./needs.ts"
import { audioOf, greetingOf } from "./preview.ts"
import { openTelephone, type Telephone } from "./telephone.ts"
import { alarmTwiml } from "./twilio/twiml.ts"

/** No name and no word of the message: who picks up may not be the pharmacist. */
const TEXT_EMERGENCY =
  "This is the pharmacy's phone assistant. Somebody reported an emergency in a text message. " +
  "Please look at the work queue now."

let telephone: Telephone | undefined

function open(): Telephone {
  assert(telephone)
  return telephone
}

export default defineModule(voice, needs, {
  async start(context) {
    telephone = await openTelephone(context)
  },

  connection(_listener, socket) {
    open().server.emit("connection", socket)
    socket.resume()
  },

  commands: {
    async live() {
      const calls = open()
        .switchboard.live()
        .flatMap(({ call, doing, sinceMs }) =>
          doing === "ended" ? [] : [{ call, doing, sinceMs: Math.round(sinceMs) }],
        )
      return { calls }
    },

    async hangUp({ call }, context) {
      const session = open().switchboard.sessionOf(call)
      if (!session) return context.fail("not_live")
      session.hangUp()
      return {}
    },

    async takeOver({ call }, context) {
      const session = open().switchboard.sessionOf(call)
      if (!session) return context.fail("not_live")
      session.takeOver()
      return {}
    },

    async listen({ call, fromMs }, context) {
      const session = open().switchboard.sessionOf(call)
      if (!session) return context.fail("not_live")
      const heard = session.overhear(fromMs)
      return {
        fromMs: Math.round(heard.fromMs),
        untilMs: Math.round(heard.untilMs),
        audio: Buffer.from(heard.audio).toString("base64"),
      }
    },

    async preview(greeting, context) {
      const { render, switchboard } = open()
      // A caller waits for every word; whoever sets up can wait for the caller.
      if (switchboard.liveCount > 0) return context.fail("on_the_line")
      const sentences = await greetingOf(context, greeting)
      if (!sentences) return context.fail("not_said")
      const audio = await audioOf(sentences, greeting.language, render)
      if (!audio) return context.fail("no_voice")
      const says = sentences.map(({ text }) => text).join(" ")
      return { says, audio: audio.toString("base64") }
    },

    async health() {
      return await open().health()
    },

    async ringPharmacist({ whisper }, context) {
      const { rest, lines } = open()
      if (!lines.pharmacist) return context.fail("nobody")
      return { call: await rest.placeCall(lines.pharmacist, lines.own, alarmTwiml(whisper)) }
    },

    async sendText({ to, text }, context) {
      const { rest, lines } = open()
      const sent = await rest.sendText(to, lines.own, text)
      if (sent === "opted_out") return context.fail("opted_out")
      return sent
    },
  },

  events: {
    async "emergencies.reported"({ conversation }, { log }) {
      const { rest, lines, switchboard } = open()
      // Who called is being transferred to the pharmacist already.
      if (switchboard.phaseOf(conversation) !== undefined || !lines.pharmacist) return
      log.warn("the pharmacist is rung about an emergency in a text")
      await rest.placeCall(lines.pharmacist, lines.own, alarmTwiml(TEXT_EMERGENCY))
    },
  },

  schedules: {
    forget: {
      cron: "23 * * * *",
      async run({ clock, store }) {
        const before = { atMs: Math.round(clock.nowMs() - KEPT_MS_MAX) }
        for (const { id } of await store.kept.find({ before, limit: 1_000 })) {
          await store.kept.remove(id)
        }
      },
    },
  },

  async drain() {
    await open().switchboard.drain()
  },

  async stop() {
    telephone?.close()
  },
})
