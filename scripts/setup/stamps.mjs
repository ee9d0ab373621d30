/** What set-up did last, as fingerprints beside the packages: deleting node_modules forgets it. */
import { createHash } from "node:crypto"
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs"
import { root } from "../pinned.mjs"

const folder = `${root}node_modules/.mortar`

export function isStamped(name, fingerprint) {
  const path = `${folder}/${name}`
  return existsSync(path) && readFileSync(path, "utf8") === fingerprint
}

export function stamp(name, fingerprint) {
  mkdirSync(folder, { recursive: true })
  writeFileSync(`${folder}/${name}`, fingerprint)
}

/** The contents of files and folders as one short text. */
export function fingerprintOf(paths, { exclude = /$^/ } = {}) {
  const hash = createHash("sha256")
  for (const path of paths.flatMap((each) => filesIn(each, exclude))) {
    hash.update(path.slice(root.length)).update("\0").update(readFileSync(path)).update("\0")
  }
  return hash.digest("hex")
}

function filesIn(path, exclude) {
  if (exclude.test(path)) return []
  if (!statSync(path).isDirectory()) return [path]
  return readdirSync(path)
    .sort()
    .flatMap((name) => filesIn(`${path}/${name}`, exclude))
}
