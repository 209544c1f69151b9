import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { fileOnce, prepareFile, sendFile } from '@droplock/http/static-file'
import type { Gateway } from '../gateway.ts'

/** Everything is loaded from this server. Styles are set by script. */
const contentSecurityPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ')

/** The files of Swagger UI that the page loads, with their media types. */
const assets: Readonly<Record<string, string>> = {
  'swagger-ui.css': 'text/css; charset=utf-8',
  'swagger-ui-bundle.js': 'text/javascript; charset=utf-8',
}

const index = `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width">
    <title>API reference · Droplock API</title>
    <link rel="stylesheet" href="/docs/reference/swagger-ui.css">
  </head>
  <body>
    <p><a href="/docs">Documentation</a> · <a href="/openapi.json">openapi.json</a></p>
    <div id="ui"><noscript>The reference needs JavaScript. It shows what openapi.json contains.</noscript></div>
    <script src="/docs/reference/swagger-ui-bundle.js"></script>
    <script src="/docs/reference/start.js"></script>
  </body>
</html>
`

const start = `SwaggerUIBundle({ url: '/openapi.json', dom_id: '#ui', deepLinking: true, docExpansion: 'list', defaultModelsExpandDepth: 0 })\n`

/** `/docs/reference`: every operation, to read it and to try it. */
export function mountReference(app: Gateway): void {
  app.use('/docs/reference/*', async (c, next) => {
    c.header('Content-Security-Policy', contentSecurityPolicy)
    await next()
  })
  app.get('/docs/reference', (c) => c.html(index))
  app.get('/docs/reference/start.js', (c) =>
    c.body(start, 200, { 'Content-Type': 'text/javascript; charset=utf-8' }),
  )
  for (const [name, mediaType] of Object.entries(assets)) {
    const path = fileURLToPath(import.meta.resolve(`swagger-ui-dist/${name}`))
    const file = fileOnce(async () => prepareFile(await readFile(path), mediaType))
    app.get(`/docs/reference/${name}`, async (c) => sendFile(c, await file(), 'public, max-age=3600'))
  }
}
