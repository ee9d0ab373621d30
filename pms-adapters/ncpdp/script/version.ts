/**
 * Which SCRIPT a message speaks, from the stamps on its first element. The namespace says nothing
 * (pharmacy.md 2.1); a version that we do not know is refused and never read as one that we do.
 */
import { XmlError, type XmlNote } from "../xml/trouble.ts"

export const versions = ["2017071", "2023011"] as const
export type ScriptVersion = (typeof versions)[number]

/** Every attribute of the first element, as it came. */
export type Stamps = Readonly<Record<string, string>>

/** The stamps are days, as public code that validates against the schema files has them. */
const stampDays: Readonly<Record<ScriptVersion, string>> = {
  "2017071": "20170715",
  "2023011": "20230115",
}

const DOMAIN = "SCRIPT"
const dated = [
  "DatatypesVersion",
  "TransportVersion",
  "TransactionVersion",
  "StructuresVersion",
  "ECLVersion",
] as const

export function versionOf(stamps: Stamps, notes: XmlNote[]): ScriptVersion {
  if ((stamps.TransactionDomain ?? DOMAIN) !== DOMAIN) throw new XmlError("wrong_root", "Message")
  const said = stamps.TransactionVersion ?? stamps.version ?? ""
  const version = versions.find((one) => isOf(said, one))
  if (!version) throw new XmlError("unknown_version", "Message")
  const differs = dated.some((name) => !isOf(stamps[name] ?? version, version))
  // Code lists are stamped on their own calendar, so a difference is told and not refused.
  if (differs) notes.push({ code: "unknown_version_stamp", at: "Message" })
  return version
}

/** `20170715` and `2017071` are the same: a release is named by its month and a running number. */
function isOf(stamp: string, version: ScriptVersion): boolean {
  return stamp === version || (stamp.length === 8 && stamp.startsWith(version.slice(0, 6)))
}

export function stampsFor(version: ScriptVersion): Stamps {
  const stamped = dated.map((name) => [name, stampDays[version]])
  return { ...Object.fromEntries(stamped), TransactionDomain: DOMAIN }
}
