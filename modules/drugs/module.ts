/** Drugs: which of the caller's were meant, and what is known of one. Knows names, no medicine. */
import { access, mkdir } from "node:fs/promises"
import { join } from "node:path"
import { Type as t } from "typebox"
import { type Context, defineModule, nothing } from "#core/module.ts"
import { drugs } from "./contract.ts"
import { namesControlled } from "./controlled.ts"
import { DIRECTORY_FILE, Directory } from "./directory.ts"
import { importDirectory } from "./import-directory.ts"
import { flagsOf, readLabel } from "./label.ts"
import { match } from "./match.ts"
import { drugsNamed } from "./named.ts"
import { ndc12Of } from "./ndc.ts"

const needs = { ...nothing, ports: ["files"], config: t.Object({}) } as const

type Here = Context<typeof drugs, typeof needs>

/** Opened for each question, so that what an operator imported meanwhile is what is asked. */
const opened = ({ ports }: Here) => Directory.open(join(ports.files.folder, DIRECTORY_FILE))

const silent = { file() {}, bytes() {} }

/** Until somebody imports the real one: the demo's own drugs, under a labeler that nobody is. */
async function startWithSeed(folder: string): Promise<void> {
  try {
    await access(join(folder, DIRECTORY_FILE))
  } catch {
    await mkdir(folder, { recursive: true, mode: 0o700 })
    const seed = ["product.txt", "package.txt"].map((one) => join(import.meta.dirname, "seed", one))
    await importDirectory(seed, folder, silent)
  }
}

export default defineModule(drugs, needs, {
  start: ({ ports }) => startWithSeed(ports.files.folder),

  commands: {
    async match({ text, otherText, candidates }) {
      const labelled = candidates.map(({ rxNumber, drugName }) => ({
        rxNumber,
        label: readLabel(drugName),
      }))
      return match(text, otherText, labelled)
    },
    async namesControlled({ text }) {
      return { isNamed: namesControlled(text) }
    },
    async describe({ drugName }) {
      const label = readLabel(drugName)
      const genericNames = label.isKnownWhole && label.drugs.map(({ name }) => name)
      const flags = flagsOf(label)
      return { plainName: label.plainName, ...flags, ...(genericNames && { genericNames }) }
    },
    async named({ text }) {
      return { groups: drugsNamed(text) }
    },
    async lookUp({ ndc }, context) {
      const ndc12 = ndc12Of(ndc)
      if (ndc12 === undefined) return context.fail("bad_ndc")
      await using directory = await opened(context)
      return (await directory.package(ndc12)) ?? context.fail("unknown_ndc")
    },
    async search({ text }, context) {
      await using directory = await opened(context)
      return { products: [...(await directory.named(text))] }
    },
    async alike({ ndc }, context) {
      const ndc12 = ndc12Of(ndc)
      if (ndc12 === undefined) return { ndcs: [] }
      await using directory = await opened(context)
      const products = await directory.equivalents(ndc12)
      return { ndcs: products.flatMap(({ packages }) => packages.map((one) => one.ndc)) }
    },
    async equivalents({ ndc }, context) {
      const ndc12 = ndc12Of(ndc)
      if (ndc12 === undefined) return context.fail("bad_ndc")
      await using directory = await opened(context)
      const products = await directory.equivalents(ndc12)
      return products.length > 0 ? { products: [...products] } : context.fail("unknown_ndc")
    },
  },
})
