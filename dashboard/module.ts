/** The dashboard as a module: takes the staff's connections and tells pages the news. */
import { assert } from "#core/fault.ts"
import { defineModule } from "#core/module.ts"
import type { AuditEntry } from "#core/ports.ts"
import { dashboard } from "./contract.ts"
import { modelFiles } from "./model-files.ts"
import { needs } from "./needs.ts"
import { openServer, type StaffServer } from "./server.ts"
import { tryPms } from "./try-pms.ts"

let running: StaffServer | undefined

function server(): StaffServer {
  assert(running)
  return running
}

export default defineModule(dashboard, needs, {
  async start(context) {
    running = await openServer(context)
  },

  connection(_listener, socket) {
    server().http.emit("connection", socket)
    socket.resume()
  },

  commands: {
    async tryPms(_, context) {
      return { findings: [...(await tryPms(context))] }
    },
    async pharmacySystem() {
      return server().pmsWatch.standing
    },
    async models(_, { config }) {
      return { profile: config.models, files: await modelFiles(config.models) }
    },
    async modules(_, { ports }) {
      return { modules: [...(await ports.catalogue.health())] }
    },
    async releaseModule({ module }, { fail, ports }) {
      return (await ports.catalogue.release(module)) ? {} : fail("unknown_module")
    },
    async auditLog(filter, { ports }) {
      const found = await ports.audit.query(filter)
      return { entries: found.map(copied) }
    },
    async auditVerdict(_, { ports }) {
      const { ok, entries, ...bad } = await ports.audit.verify()
      return "firstBad" in bad ? { ok, entries, ...bad } : { ok, entries }
    },
  },

  /** Ids only: whoever may read what they stand for asks for it and passes the gate. */
  events: {
    async "work-queue.changed"({ item, state, tier }) {
      server().feed.publish({ kind: "item", item, state, tier })
    },
    async "calls.changed"({ call, state }) {
      server().feed.publish({ kind: "call", call, state })
    },
    async "conversations.opened"({ conversation }) {
      server().feed.publish({ kind: "conversation", conversation, state: "opened" })
    },
    async "conversations.stepped"({ conversation }) {
      server().feed.publish({ kind: "conversation", conversation, state: "stepped" })
    },
    async "conversations.closed"({ conversation }) {
      server().feed.publish({ kind: "conversation", conversation, state: "closed" })
    },
    async "transcripts.grew"({ conversation, lines }) {
      server().feed.publish({ kind: "transcript", conversation, lines })
    },
    async "emergencies.reported"({ conversation }) {
      server().feed.publish({ kind: "emergency", conversation })
    },
    async "sessions.rightsChanged"({ glass, isNew }) {
      server().feed.publish({ kind: "rights", glass, state: isNew ? "taken" : "changed" })
    },
    async "callbacks.promised"({ callback }) {
      server().feed.publish({ kind: "callback", callback })
    },
    async "messaging.changed"({ atMs }) {
      server().feed.publish({ kind: "text", atMs })
    },
    async "prior-auth.changed"({ priorAuth }) {
      server().feed.publish({ kind: "prior_auth", priorAuth })
    },
    async "prior-auth.waitChanged"({ wait }) {
      server().feed.publish({ kind: "prior_auth", priorAuth: wait })
    },
    async "transfers.requested"({ transfer }) {
      server().feed.publish({ kind: "transfer", transfer })
    },
    async "transfers.ended"({ transfer }) {
      server().feed.publish({ kind: "transfer", transfer })
    },
    async "inventory.changed"({ ndc }) {
      server().feed.publish({ kind: "stock", ndc })
    },
    async "reordering.changed"({ order }) {
      server().feed.publish({ kind: "stock", order })
    },
    async "tier-rules.changed"({ revision }) {
      server().feed.publish({ kind: "rules", revision })
    },
    async "automations.changed"({ automation }) {
      server().feed.publish({ kind: "automation", automation })
    },
    async "automations.ran"({ automation }) {
      server().feed.publish({ kind: "automation", automation })
    },
    async "callbacks.done"({ callback }) {
      server().feed.publish({ kind: "callback", callback })
    },
  },

  schedules: {
    watchPms: {
      cron: "*/20 * * * * *",
      run: (context) => server().pmsWatch.look(context),
    },
  },

  async stop() {
    await running?.close()
  },
})

/** A copy that may be changed, as answers are. */
function copied({ decision, ...entry }: AuditEntry) {
  if (!decision) return entry
  return { ...entry, decision: { ...decision, rules: [...decision.rules] } }
}
