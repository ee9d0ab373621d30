/** Light or dark, as the person chose or as the system is set. */
import { useMantineColorScheme } from "@mantine/core"

export function useColours(): { readonly isDark: boolean; readonly swap: () => void } {
  const { colorScheme, setColorScheme } = useMantineColorScheme()
  const isDark =
    colorScheme === "dark" ||
    (colorScheme === "auto" && matchMedia("(prefers-color-scheme: dark)").matches)
  return { isDark, swap: () => setColorScheme(isDark ? "light" : "dark") }
}
