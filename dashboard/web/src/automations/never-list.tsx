/** What no automation does, and why: for who looks for it in vain. */
import { say, told } from "../say.ts"
import { inWords } from "../words.ts"
import type { Offers } from "./offers.ts"

export function NeverList({ never }: Pick<Offers, "never">) {
  return (
    <details className="card card-wide">
      <summary>{say("What no automation does, and why")}</summary>
      <dl className="facts">
        {never.map(({ what, because }) => (
          <div key={what}>
            <dt>{inWords(what)}</dt>
            <dd>{told(because)}</dd>
          </div>
        ))}
      </dl>
    </details>
  )
}
