/** The part of hypercore that is measured; the package has no types of its own. */
declare module "hypercore" {
  export default class Hypercore {
    constructor(folder: string)
    ready(): Promise<void>
    append(block: Uint8Array): Promise<unknown>
    close(): Promise<void>
  }
}
