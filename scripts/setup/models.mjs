/** Whether the embedded models are in the cache and verified; `mortar models` does the rest. */
import { existsSync, readFileSync, statSync } from "node:fs"
import { homedir } from "node:os"
import { root } from "../pinned.mjs"

const manifest = `${root}models/manifest.json`

/** The same places as models/cache.ts, which needs what is not installed yet. */
export function cacheFolder() {
  if (process.env.MORTAR_MODELS) return process.env.MORTAR_MODELS
  const caches =
    process.platform === "darwin"
      ? `${homedir()}/Library/Caches`
      : (process.env.XDG_CACHE_HOME ?? `${homedir()}/.cache`)
  return `${caches}/mortar/models`
}

/** Paths of the embedded profile's files that are not there, whole and once verified. */
export function missingModels() {
  if (!existsSync(manifest)) return []
  const { profiles, files } = JSON.parse(readFileSync(manifest, "utf8"))
  return profiles.embedded.files
    .map((name) => files[name])
    .filter(({ path, bytes }) => !isWhole(`${cacheFolder()}/${path}`, bytes))
    .map(({ path }) => path)
}

function isWhole(path, bytes) {
  if (!existsSync(path) || !existsSync(`${path}.verified`)) return false
  return bytes === null || statSync(path).size === bytes
}
