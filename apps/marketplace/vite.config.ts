import react from '@vitejs/plugin-react'
import { defineConfig, type Plugin } from 'vite'

const stylesheet = / *<link rel="stylesheet"[^>]*>\n/g

/** On a slow line the styles, without which nothing is shown, arrive before the scripts, without which a page can be read all the same. */
const stylesFirst: Plugin = {
  name: 'styles-first',
  transformIndexHtml: {
    order: 'post',
    handler: (html) =>
      html
        .replaceAll(stylesheet, '')
        .replaceAll(/<script type="module"|<link rel="modulepreload"/g, '$& fetchpriority="low"')
        .replace(/ *<script/, `${(html.match(stylesheet) ?? []).join('')}$&`),
  },
}

export default defineConfig(({ isSsrBuild }) => ({
  plugins: [react(), stylesFirst],
  build: {
    // The page's own policy allows nothing inline, so nothing is inlined.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    manifest: isSsrBuild !== true,
    outDir: isSsrBuild === true ? 'dist/server' : 'dist/client',
  },
  ssr: { noExternal: true, target: 'node' },
}))
