/** Builds the pages into `dist/`. The server puts each answer's own nonce where %NONCE% stands. */
import react from "@vitejs/plugin-react"
import { defineConfig } from "vite"

export default defineConfig({
  root: import.meta.dirname,
  plugins: [react()],
  html: { cspNonce: "%NONCE%" },
  // A script or sound inside of another file would break the page's own rules.
  build: { assetsInlineLimit: 0, chunkSizeWarningLimit: 800, emptyOutDir: true },
  envDir: false,
})
