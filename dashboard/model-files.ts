/** Which weights this machine should have, and whether each is there and whole. It loads none. */
import { cacheFolder, stateOf } from "../models/cache.ts"
import { filesOf, ourManifest } from "../models/manifest.ts"

export async function modelFiles(profile: string) {
  const folder = cacheFolder()
  return await Promise.all(
    filesOf(ourManifest(), profile).map(async ([id, file]) => {
      const { does, bytes } = file
      return { id, does, state: await stateOf(folder, file), ...(bytes !== null && { bytes }) }
    }),
  )
}
