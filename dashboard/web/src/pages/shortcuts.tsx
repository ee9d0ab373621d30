/** Every key, on one page. */
import { Kbd } from "@mantine/core"
import { Card } from "../parts/card.tsx"
import { Reading } from "../parts/reading.tsx"
import type { Place } from "../places.tsx"
import { type English, say } from "../say.ts"

interface Group {
  readonly title: English
  readonly keys: readonly (readonly [string, English])[]
}

const inPlaces: readonly Group[] = [
  {
    title: "In a list",
    keys: [
      ["j", "Next"],
      ["k", "Previous"],
    ],
  },
  {
    title: "On a work item",
    keys: [
      ["c", "Claim it, or give it back"],
      ["a", "Approve: what is written under “On approval” happens"],
      ["r", "Refuse, with a reason"],
      ["e", "Put it before somebody else, with a reason"],
      ["z", "Take a decision back, in the seconds before it is acted on"],
      ["b", "Note that whoever asked is called back"],
      ["w", "Write an answer to the patient"],
      ["x", "Choose it, or not, to decide several at once"],
      ["A", "Approve all that are chosen"],
      ["R", "Refuse all that are chosen, with a reason"],
      ["C", "Claim all that are chosen"],
    ],
  },
  {
    title: "On a prior authorisation",
    keys: [
      ["n", "Begin a new one"],
      ["e", "Write in the letter"],
      ["s", "Note that the letter was sent"],
      ["a", "Note what the plan answered"],
      ["c", "Send the claim again"],
      ["p", "Note that the claim was paid"],
      ["x", "Close it: nobody needs it any more"],
    ],
  },
  {
    title: "On a transfer",
    keys: [
      ["n", "Begin a new one"],
      ["e", "Write who was spoken with"],
      ["m", "Note that it has moved"],
      ["d", "Note that it did not move, with a reason"],
    ],
  },
]

export function ShortcutsPage({ places }: { places: readonly Place[] }) {
  const toPages = places.flatMap(({ key, label }) => (key ? [[key, label] as const] : []))
  const anywhere: Group = {
    title: "Anywhere",
    keys: [["Ctrl K", "Find a page or a command"], ...toPages],
  }
  return (
    <Reading title={say("Keyboard shortcuts")}>
      <p className="dim">{say("Single keys. They are silent while you type in a field.")}</p>
      {[anywhere, ...inPlaces].map(({ title, keys }) => (
        <Card key={title} title={say(title)}>
          <dl className="shortcuts">
            {keys.map(([key, does]) => (
              <div key={key}>
                <dt>
                  <Kbd>{key}</Kbd>
                </dt>
                <dd>{say(does)}</dd>
              </div>
            ))}
          </dl>
        </Card>
      ))}
    </Reading>
  )
}
