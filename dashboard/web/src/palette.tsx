/** Ctrl or Cmd and K: any page and any act of the frame, by a few letters of its name. */
import { Spotlight, type SpotlightActionData } from "@mantine/spotlight"
import "@mantine/spotlight/styles.css"
import { IconLanguage, IconLogout, IconMoon, IconSearch, IconSun } from "@tabler/icons-react"
import type { Place } from "./places.tsx"
import { go } from "./router.ts"
import { chooseLanguage, say, useLanguage } from "./say.ts"
import { useColours } from "./use-colours.ts"

export interface PaletteProps {
  readonly places: readonly Place[]
  readonly leave: () => void
}

const ICON = { size: 20, stroke: 1.8 }

export function Palette({ places, leave }: PaletteProps) {
  const { isDark, swap } = useColours()
  const other = useLanguage() === "en" ? "es" : "en"
  const pages: readonly SpotlightActionData[] = places.map(({ path, label, icon: Icon }) => ({
    id: path,
    label: say(label),
    leftSection: <Icon {...ICON} />,
    onClick: () => go(path),
  }))
  const acts: readonly SpotlightActionData[] = [
    {
      id: "colours",
      label: isDark ? say("Use the light colours") : say("Use the dark colours"),
      leftSection: isDark ? <IconSun {...ICON} /> : <IconMoon {...ICON} />,
      onClick: swap,
    },
    {
      id: "language",
      label: other === "es" ? say("Show the pages in Spanish") : say("Show the pages in English"),
      leftSection: <IconLanguage {...ICON} />,
      onClick: () => chooseLanguage(other),
    },
    {
      id: "leave",
      label: say("Sign out"),
      leftSection: <IconLogout {...ICON} />,
      onClick: leave,
    },
  ]
  return (
    <Spotlight
      actions={[...pages, ...acts]}
      shortcut="mod + K"
      nothingFound={say("Nothing is called that.")}
      searchProps={{
        leftSection: <IconSearch size={20} />,
        placeholder: say("Search pages and commands"),
        "aria-label": say("Search pages and commands"),
      }}
    />
  )
}
