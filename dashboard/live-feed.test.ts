/** The live feed: what a page that was away is told. */
import assert from "node:assert/strict"
import { test } from "node:test"
import { LiveFeed } from "./live-feed.ts"

test("a page that was away is told what it missed, in order, and a stranger to load again", () => {
  const feed = new LiveFeed("morning")
  const start = feed.lastId
  for (const item of ["a", "b", "c"]) feed.publish({ kind: "item", item })
  const missed = feed.since(start)
  assert.deepEqual(
    missed?.map(({ change }) => change.item),
    ["a", "b", "c"],
  )
  assert.deepEqual(feed.since(missed?.[1]?.id ?? "")?.length, 1)
  assert.deepEqual(feed.since(feed.lastId), [])
  assert.equal(feed.since("yesterday-2"), undefined)
})

test("what is kept is bounded, and who was away for longer loads again", () => {
  const feed = new LiveFeed("morning")
  const start = feed.lastId
  for (let n = 0; n < 500; n++) feed.publish({ kind: "item", item: `${n}` })
  assert.equal(feed.since(start)?.length, 500)
  feed.publish({ kind: "item", item: "one too many" })
  assert.equal(feed.since(start), undefined)
})

test("who stopped following is told nothing more", () => {
  const feed = new LiveFeed("morning")
  const heard: unknown[] = []
  const unfollow = feed.follow(({ change }) => heard.push(change.item))
  feed.publish({ kind: "item", item: "a" })
  unfollow()
  feed.publish({ kind: "item", item: "b" })
  assert.deepEqual([heard, feed.pages], [["a"], 0])
})
