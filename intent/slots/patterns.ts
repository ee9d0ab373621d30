/** Patterns that are put together from named parts, as they stand in a file of words. */
import { Type as t } from "typebox"

/** `<name>` in a part stands for a part above it. */
export const Parts = t.Record(t.String({ pattern: "^[a-zA-Z]+$" }), t.String())

/** Makes patterns of texts with `<name>`s. Throws for a name that no part has. */
export function patternsWith(parts: Readonly<Record<string, string>>): (text: string) => RegExp {
  const whole = new Map<string, string>()
  const put = (text: string) =>
    text.replaceAll(/<([a-zA-Z]+)>/g, (_, name: string) => {
      const part = whole.get(name)
      if (part === undefined) throw new Error(`no part above is called <${name}>`)
      return part
    })
  for (const [name, text] of Object.entries(parts)) whole.set(name, put(text))
  return (text) => new RegExp(put(text))
}
