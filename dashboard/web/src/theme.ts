/** The look: one calm green, much air, and colours that keep AA contrast in both schemes. */
import { type CSSVariablesResolver, createTheme } from "@mantine/core"
import { say } from "./say.ts"

const green = [
  "#eef8f4",
  "#d8efe6",
  "#b3dfcf",
  "#86cdb4",
  "#5cb899",
  "#3a9f80",
  "#237f65",
  "#1b6e58",
  "#155746",
  "#0f4033",
] as const

/** The dark of Mantine, with a little of the green in it. */
const dark = [
  "#e4e9e6",
  "#c3ccc7",
  "#a0ada7",
  "#7d8a84",
  "#46514c",
  "#36403b",
  "#2a322e",
  "#1a201d",
  "#151a18",
  "#101412",
] as const

export const theme = createTheme({
  primaryColor: "mortar",
  primaryShade: { light: 7, dark: 6 },
  colors: { mortar: green, dark },
  defaultRadius: "md",
  fontFamily: "Inter, ui-sans-serif, system-ui, -apple-system, 'Segoe UI', Roboto, sans-serif",
  headings: { fontWeight: "650" },
  focusRing: "auto",
  cursorType: "pointer",
  respectReducedMotion: true,
  components: {
    // Asked for at each drawing, in the language of that moment.
    Notification: {
      defaultProps: () => ({ closeButtonProps: { "aria-label": say("Close") } }),
    },
  },
})

export const cssVariables: CSSVariablesResolver = () => ({
  variables: {},
  light: {
    "--mantine-color-body": "#f7f8f7",
    "--mantine-color-text": "#1c2622",
    "--mantine-color-dimmed": "#56625d",
    "--mantine-color-placeholder": "#626e69",
    "--surface": "#ffffff",
    "--line": "#dfe4e1",
    "--chosen": "#e6f3ee",
    "--accent": "#1b6e58",
    "--late": "#a3221b",
    "--late-tint": "#fdecea",
    "--soon": "#7a4b00",
    "--soon-tint": "#fff3dc",
    "--calm-tint": "#edf1ef",
    "--agent-tint": "#e8f3ef",
    "--caller-tint": "#edeff4",
  },
  dark: {
    "--mantine-color-body": "#121614",
    "--mantine-color-text": "#e4e9e6",
    "--mantine-color-dimmed": "#a0ada7",
    "--mantine-color-placeholder": "#94a19b",
    "--surface": "#1a201d",
    "--line": "#303834",
    "--chosen": "#1f322b",
    "--accent": "#6fc7ac",
    "--late": "#ff9a91",
    "--late-tint": "#3d1f1d",
    "--soon": "#f3c678",
    "--soon-tint": "#382c17",
    "--calm-tint": "#252c29",
    "--agent-tint": "#1d2f28",
    "--caller-tint": "#262b34",
  },
})
