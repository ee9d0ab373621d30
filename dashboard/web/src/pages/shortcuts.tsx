/** Every key, on one page. */
import { Kbd, Title } from "@mantine/core"

const groups = [
  {
    title: "Anywhere",
    keys: [
      ["1", "Queue"],
      ["2", "Calls"],
      ["3", "Phone, where there is a demo telephone"],
      ["?", "This page"],
    ],
  },
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
    ],
  },
] as const

export function ShortcutsPage() {
  return (
    <div className="reading">
      <Title order={1} size="h2">
        Keyboard shortcuts
      </Title>
      <p className="dim">Single keys. They are silent while you type in a field.</p>
      {groups.map(({ title, keys }) => (
        <section key={title} className="card">
          <Title order={2} size="h4">
            {title}
          </Title>
          <dl className="shortcuts">
            {keys.map(([key, does]) => (
              <div key={key}>
                <dt>
                  <Kbd>{key}</Kbd>
                </dt>
                <dd>{does}</dd>
              </div>
            ))}
          </dl>
        </section>
      ))}
    </div>
  )
}
