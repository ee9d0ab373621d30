/** Where the pages begin. The nonce lets styles made here pass the page's own rules. */
import "@mantine/core/styles.css"
import "@mantine/notifications/styles.css"
import "./styles.css"
import { MantineProvider } from "@mantine/core"
import { Notifications } from "@mantine/notifications"
import { createRoot } from "react-dom/client"
import { App } from "./app.tsx"
import { useLanguage } from "./say.ts"
import { cssVariables, theme } from "./theme.ts"

const nonce = document.querySelector<HTMLMetaElement>("meta[property=csp-nonce]")?.nonce ?? ""
// Style-making packages look for the nonce under this name.
Object.assign(globalThis, { __webpack_nonce__: nonce })

/** Another language is another page: all of it is drawn anew. */
function InLanguage() {
  return <App key={useLanguage()} />
}

const root = document.getElementById("root")
if (root)
  createRoot(root).render(
    <MantineProvider
      theme={theme}
      defaultColorScheme="auto"
      cssVariablesResolver={cssVariables}
      getStyleNonce={() => nonce}
    >
      <Notifications position="bottom-right" limit={3} />
      <InLanguage />
    </MantineProvider>,
  )
