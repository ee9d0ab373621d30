/**
 * Brings the peer when it is asked for: some 290 MB that no pharmacy needs, installed beside this
 * file by npm as its lock file says, without running anything of it.
 */
import { execFile } from "node:child_process"
import { existsSync } from "node:fs"
import { fileURLToPath } from "node:url"
import { promisify } from "node:util"
import type { House } from "../../../test/house.ts"
import type { PeerLine } from "./line.ts"

const INSTALL_MS_MAX = 15 * 60_000

export async function openPeer(house: House): Promise<PeerLine> {
  const folder = fileURLToPath(new URL(".", import.meta.url))
  if (!existsSync(`${folder}node_modules/@livekit/agents`)) {
    console.log("Installing the peer, about 290 MB.")
    const options = { cwd: folder, timeout: INSTALL_MS_MAX }
    await promisify(execFile)("npm", ["ci", "--ignore-scripts", "--no-audit", "--no-fund"], options)
  }
  const { openPeerLine } = await import("./line.ts")
  return openPeerLine(house)
}
