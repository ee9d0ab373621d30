/** One act at a time for each name; the next one begins when the one before has ended, any way. */

const underWay = new Map<string, Promise<unknown>>()

export async function inTurn<T>(name: string, act: () => Promise<T>): Promise<T> {
  const before = underWay.get(name) ?? Promise.resolve()
  const mine = before.then(act, act)
  underWay.set(name, mine)
  try {
    return await mine
  } finally {
    if (underWay.get(name) === mine) underWay.delete(name)
  }
}
