/** Cases in groups, the most urgent first; the keys j and k go through all of them. */
import "./cases.css"
import { Title } from "@mantine/core"
import type { ReactNode } from "react"
import { useKeys } from "../keys.ts"
import { go } from "../router.ts"
import { type English, say } from "../say.ts"

export interface CaseRow {
  readonly id: string
  readonly title: string
  readonly words: string
  /** At the right of the title: a deadline, a day. */
  readonly when?: ReactNode
  readonly tags: ReactNode
}

export interface CaseGroup {
  readonly title: English
  readonly rows: readonly CaseRow[]
}

export interface CaseListProps {
  /** Where one is shown: the path, and behind it the id. */
  readonly path: string
  readonly groups: readonly CaseGroup[]
  readonly chosen: string | undefined
}

export function CaseList({ path, groups, chosen }: CaseListProps) {
  const shown = groups.filter(({ rows }) => rows.length > 0)
  const all = shown.flatMap(({ rows }) => rows)
  const step = (by: number): void => {
    const at = all.findIndex(({ id }) => id === chosen)
    const next = all[Math.min(all.length - 1, Math.max(0, at + by))]
    if (next) go(`${path}/${next.id}`)
  }
  useKeys({ j: () => step(1), k: () => step(-1) })
  return (
    <div className="groups">
      {shown.map(({ title, rows }) => (
        <section key={title} aria-label={say(title)}>
          <Title order={2} size="h6" className="groups-head">
            {say(title)} <span className="dim numbers">{rows.length}</span>
          </Title>
          <ul className="rows">
            {rows.map((row) => (
              <li key={row.id}>
                <Row path={path} row={row} isChosen={row.id === chosen} />
              </li>
            ))}
          </ul>
        </section>
      ))}
    </div>
  )
}

function Row({ path, row, isChosen }: { path: string; row: CaseRow; isChosen: boolean }) {
  const { id, title, words, when, tags } = row
  return (
    <a
      href={`${path}/${id}`}
      className="row"
      {...(isChosen ? { "aria-current": "true" } : {})}
      onClick={(event) => {
        event.preventDefault()
        go(`${path}/${id}`)
      }}
    >
      <span className="row-top">
        <span className="row-title">{title}</span>
        {when}
      </span>
      <span className="row-words">{words}</span>
      <span className="row-tags">{tags}</span>
    </a>
  )
}
