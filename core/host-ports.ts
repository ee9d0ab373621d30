/** The host's end of the ports: what stands behind each, for whoever was granted it. */
import { createHash } from "node:crypto"
import { join } from "node:path"
import { type Actor, Staff } from "./actor.ts"
import { systemClock } from "./clock.ts"
import { type PortsFor, systemOf } from "./desk.ts"
import { assert } from "./fault.ts"
import type { Host } from "./host.ts"
import { newId } from "./id.ts"
import { parseJson } from "./json.ts"
import type { KeyRing } from "./keys.ts"
import type { AtTheDoor, Departure, HeldCommand, Ports, Settled } from "./ports.ts"
import { open, seal } from "./seal.ts"
import type { Store } from "./store.ts"

export interface PortDeps {
  readonly keys: KeyRing
  readonly store: Store
  readonly audit: Ports["audit"]
  readonly backups: Ports["backups"]
  readonly rules: Ports["rules"]
  readonly secrets: Ports["secrets"]
  readonly filesFolder: string
}

/** Which module has which port. Whatever a module asks for, it gets no more than this. */
export const grants: Readonly<Record<keyof Ports, readonly string[]>> = Object.freeze({
  conversations: ["conversations"],
  identity: ["verification"],
  signIn: ["sessions"],
  approvals: ["work-queue"],
  rules: ["tier-rules"],
  catalogue: ["dashboard", "tier-rules"],
  audit: ["dashboard", "reports"],
  backups: ["backups"],
  departures: ["intent"],
  erasure: ["privacy"],
  files: ["recordings", "voice", "intent", "reports", "drugs"],
  secrets: ["voice", "messaging", "pms", "intent", "insurance", "pdmp", "pms-trials"],
})

export function hostPorts(deps: PortDeps): (host: Host) => PortsFor {
  return (host) =>
    ({ name, work }) => {
      const { identities } = host
      const { audit, keys, rules, secrets, store, filesFolder } = deps
      return {
        conversations: {
          open: identities.openConversation.bind(identities),
          close: identities.closeConversation.bind(identities),
        },
        identity: { establish: identities.establish.bind(identities) },
        signIn: {
          open: identities.openToken.bind(identities),
          close: identities.closeToken.bind(identities),
          note: (what: AtTheDoor, outcome: string, staff?: Staff) =>
            host.note(what, outcome, staff ?? systemOf(name)),
        },
        approvals: approvalsOf(deps, host, work?.actor),
        rules: {
          read: rules.read.bind(rules),
          replace: rules.replace.bind(rules),
          decide: rules.decide.bind(rules),
        },
        catalogue: {
          contracts: () => host.contracts(),
          health: () => host.health(),
          async release(module: string) {
            if (!host.health().some((one) => one.module === module)) return false
            await host.release(module)
            return true
          },
        },
        audit: { query: audit.query.bind(audit), verify: audit.verify.bind(audit) },
        backups: { ...deps.backups },
        departures: departuresOf(host, work?.actor ?? systemOf(name)),
        erasure: { erase: store.erasePatient.bind(store) },
        files: {
          folder: () => join(filesFolder, name),
          seal: (plain: Uint8Array, context: string) =>
            seal(keys.forPurpose("files"), plain, `${name}|${context}`),
          open: (sealed: Uint8Array, context: string) =>
            open(keys.forPurpose("files"), sealed, `${name}|${context}`),
        },
        secrets: { read: secrets.read.bind(secrets) },
      }
    }
}

/** What leaves is written under its own hash, on behalf of whoever is being served. */
function departuresOf(host: Host, actor: Actor) {
  const line = (act: string, departure: Departure) => {
    const { to, model, purpose, text, patient } = departure
    const sha256 = createHash("sha256").update(text).digest("hex")
    const about = { act, actor, what: "cloud.ask", ...(patient === undefined ? {} : { patient }) }
    return { ...about, left: { to, model, purpose, sha256 } }
  }
  return {
    async leaving(departure: Departure) {
      const act = newId(systemClock.nowMs())
      const { left, ...about } = line(act, departure)
      await host.write({ ...about, phase: "before", left: { ...left, text: departure.text } })
      return act
    },
    async settled(act: string, departure: Departure, { outcome, costMicroDollars }: Settled) {
      const { left, ...about } = line(act, departure)
      await host.write({ ...about, phase: "after", outcome, left: { ...left, costMicroDollars } })
    },
  }
}

/** The gate decides again, for the person who approves, and the act has a key of its own. */
function approvalsOf({ keys }: PortDeps, host: Host, actor: Actor | undefined) {
  const sealing = () => keys.forPurpose("approvals")
  return {
    async warrant({ name, key }: HeldCommand) {
      assert(actor?.kind === "staff", "undeclared_port")
      const plain = Buffer.from(JSON.stringify(actor))
      return seal(sealing(), plain, `${name}|${key}`).toString("base64")
    },
    async execute({ name, input, key }: HeldCommand, warrant?: string) {
      const sealed = warrant && open(sealing(), Buffer.from(warrant, "base64"), `${name}|${key}`)
      const approver = sealed ? parseJson(sealed.toString(), Staff) : actor
      assert(approver?.kind === "staff", "undeclared_port")
      const options = { key: `approved:${key}` }
      return host.desk.proposeAs(approver, { name, input, options })
    },
  }
}
