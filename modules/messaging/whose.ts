/**
 * Whose a text is: the patient's it was for or who proved who they are in its conversation, never
 * guessed. Until then it is sealed under a key of the conversation, so that an erasure reaches the
 * words also where they stood before anybody knew whose they are.
 */
import type { Documents, Stored } from "#core/documents.ts"
import { Outage } from "#core/fault.ts"
import { inTurn } from "#core/in-turn.ts"
import type { Here, Message, Thread } from "./needs.ts"

/** A thread that was quiet for so long begins anew. */
const THREAD_MS = 60 * 60_000
const READ_AT_ONCE = 1_000

export type Text = Pick<Message, "message" | "phone" | "direction" | "text" | "atMs" | "by">

interface Place {
  readonly id: string
  readonly thread: Thread
  readonly isNew: boolean
}

/** Writes a text down, for a patient when it is known, and answers where it stands. */
export async function keep(text: Text, context: Here, patient?: string): Promise<Place> {
  const place = await placeOf(text, context)
  try {
    await put(text, place, context, patient)
    return place
  } catch (trouble) {
    if (!(trouble instanceof Outage && trouble.code === "patient_erased")) throw trouble
    // Whoever was erased writes as a stranger, and what is sent to them is kept without words.
    const conversation = context.newId()
    const anew = { ...place, thread: { ...place.thread, conversation }, isNew: true }
    await put(patient === undefined ? text : { ...text, text: "" }, anew, context)
    return anew
  }
}

/** The thread of a number; one that would be new is not written yet. */
export async function placeOf(
  { phone, atMs }: Pick<Text, "phone" | "atMs">,
  { newId, store }: Here,
): Promise<Place> {
  const [known] = await store.threads.find({ where: { phone }, limit: 1 })
  const isNew = known === undefined || atMs - known.doc.lastAtMs > THREAD_MS
  if (known && !isNew) return { id: known.id, thread: known.doc, isNew }
  const optedOut = known?.doc.optedOut ?? false
  const thread = { phone, conversation: newId(), lastAtMs: atMs, optedOut }
  return { id: known?.id ?? newId(), thread, isNew }
}

/** In turn with the moment in which the speaker becomes known, so that no text falls between. */
async function put(text: Text, { thread }: Place, { store }: Here, patient?: string) {
  const { conversation } = thread
  await inTurn(conversation, async () => {
    const speaker = patient ?? (await store.speakers.get(conversation))?.doc.patient
    const doc = { ...text, conversation, whose: speaker ?? conversation }
    await store.messages.put(text.message, doc)
  })
}

/** What was nobody's in a conversation is the patient's who proved in it who they are. */
export async function spokenBy(patient: string, conversation: string, { clock, store }: Here) {
  await inTurn(conversation, async () => {
    const nobodys = await every(store.messages, { whose: conversation })
    // A call is no conversation by text.
    if (nobodys.length === 0) return
    await store.speakers.put(conversation, { patient, atMs: Math.round(clock.nowMs()) })
    for (const { id } of nobodys)
      await store.messages.change(id, (doc) => ({ ...doc, whose: patient }))
  })
}

/** A patient, and the numbers on file with them and with nobody else. */
export interface Owner {
  readonly patient: string
  readonly phones: readonly string[]
}

/** The oldest first. */
export async function textsOf(owner: Owner, { store }: Here): Promise<readonly Message[]> {
  const own = await every(store.messages, { whose: owner.patient })
  const found = [...own, ...(await nobodysAt(owner.phones, store))]
  return found.map(({ doc }) => doc).toSorted((a, b) => a.atMs - b.atMs)
}

/**
 * The conversations whose keys open words of a patient's. What was written before texts had such
 * keys is removed, and a number that did not say stop; the rest stays until the keys are gone, so
 * that it can be asked for again.
 */
export async function destroy(owner: Owner, { store }: Here): Promise<string[]> {
  const spoken = await every(store.speakers, { patient: owner.patient })
  const conversations = new Set(spoken.map(({ id }) => id))
  for (const { id, doc } of await nobodysAt(owner.phones, store))
    if (doc.whose === undefined) await store.messages.remove(id)
    else conversations.add(doc.whose)
  for (const phone of owner.phones) {
    const [thread] = await store.threads.find({ where: { phone }, limit: 1 })
    if (thread?.doc.optedOut === false) await store.threads.remove(thread.id)
  }
  return [...conversations]
}

async function nobodysAt(phones: readonly string[], store: Here["store"]) {
  const numbers = [...new Set(phones)]
  const found = await Promise.all(numbers.map((phone) => every(store.messages, { phone })))
  return found.flat().filter(({ doc }) => doc.whose === doc.conversation)
}

/** All that match, however many. Two pages may share a moment, and then a document. */
async function every<T extends { readonly atMs: number }>(
  documents: Documents<T>,
  where: Readonly<Record<string, string>>,
): Promise<readonly Stored<T>[]> {
  const found = new Map<string, Stored<T>>()
  for (let fromMs = 0; ; ) {
    const query = { where, from: { atMs: fromMs }, orderBy: "atMs", limit: READ_AT_ONCE }
    const page = await documents.find(query)
    for (const one of page) found.set(one.id, one)
    const last = page.at(-1)
    if (!last || page.length < READ_AT_ONCE || last.doc.atMs === fromMs) return [...found.values()]
    fromMs = last.doc.atMs
  }
}
