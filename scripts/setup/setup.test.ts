/** Set-up in a folder of its own, with an npm that writes down what it was asked. */
import assert from "node:assert/strict"
import { spawnSync } from "node:child_process"
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { type TestContext, test } from "node:test"

const scripts = join(import.meta.dirname, "..")

interface Place {
  readonly folder: string
  run(...options: readonly string[]): { status: number | null; said: string; asked: string }
}

/** The npm of these tests: `ci` makes the folder, `rebuild` brings a Node that says its version. */
const npm = `#!/bin/sh
echo "$@" >> asked.txt
case "$1" in
  ci) rm -rf node_modules; mkdir -p node_modules/.bin ;;
  rebuild)
    printf '#!/bin/sh\\necho v24.0.1\\n' > node_modules/.bin/node
    chmod +x node_modules/.bin/node ;;
esac
test ! -e broken.txt || { echo "no room on the disk"; exit 7; }
`

function placeFor(context: TestContext): Place {
  const folder = mkdtempSync(join(tmpdir(), "mortar-setup-"))
  context.after(() => rmSync(folder, { recursive: true }))
  cpSync(scripts, join(folder, "scripts"), { recursive: true })
  writeFileSync(join(folder, "package.json"), '{ "dependencies": { "node": "24.0.1" } }')
  writeFileSync(join(folder, "package-lock.json"), '{ "packages": {} }')
  mkdirSync(join(folder, "bin"))
  for (const [name, text] of Object.entries({ npm, "espeak-ng": "", flite: "", text2wave: "" })) {
    writeFileSync(join(folder, "bin", name), text)
    chmodSync(join(folder, "bin", name), 0o755)
  }
  return { folder, run: (...options) => runIn(folder, options) }
}

function runIn(folder: string, options: readonly string[]): ReturnType<Place["run"]> {
  const asked = join(folder, "asked.txt")
  rmSync(asked, { force: true })
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [join(folder, "scripts/setup.mjs"), ...options],
    { cwd: folder, encoding: "utf8", env: { PATH: `${join(folder, "bin")}:/usr/bin:/bin` } },
  )
  const text = existsSync(asked) ? readFileSync(asked, "utf8") : ""
  return { status, said: stdout + stderr, asked: text }
}

test("the first set-up installs from the lock file and pins Node", (context) => {
  const { asked, status, said } = placeFor(context).run()
  assert.equal(status, 0, said)
  assert.match(asked, /^ci --ignore-scripts/)
  assert.match(asked, /^rebuild node/m)
})

test("a second set-up does nothing and says nothing", (context) => {
  const place = placeFor(context)
  place.run()
  assert.deepEqual(place.run(), { status: 0, said: "", asked: "" })
})

test("set-up installs again when the lock file changed", (context) => {
  const place = placeFor(context)
  place.run()
  writeFileSync(
    join(place.folder, "package-lock.json"),
    '{ "packages": { "a": { "version": "1" } } }',
  )
  assert.match(place.run().asked, /^ci /)
})

test("set-up installs again when the packages were deleted", (context) => {
  const place = placeFor(context)
  place.run()
  rmSync(join(place.folder, "node_modules"), { recursive: true })
  assert.match(place.run().asked, /^ci /)
})

test("set-up that fails shows what npm said, and is not taken for done", (context) => {
  const place = placeFor(context)
  writeFileSync(join(place.folder, "broken.txt"), "")
  const broken = place.run()
  assert.equal(broken.status, 1)
  assert.match(broken.said, /no room on the disk/)
  rmSync(join(place.folder, "broken.txt"))
  assert.match(place.run().asked, /^ci /)
})

test("a quiet set-up says nothing when all goes well", (context) => {
  assert.equal(placeFor(context).run("--quiet").said, "")
})
