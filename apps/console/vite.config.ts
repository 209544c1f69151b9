import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

/** Where `npm start` serves the operator API; only the development server needs it. */
const consoleApi = 'http://127.0.0.1:8081'

export default defineConfig({
  plugins: [react()],
  // The page's own policy allows nothing inline, so nothing is inlined.
  build: { assetsInlineLimit: 0, modulePreload: { polyfill: false }, manifest: true },
  server: { proxy: { '/api': consoleApi } },
})
