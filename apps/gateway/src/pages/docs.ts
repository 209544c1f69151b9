import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { fileOnce, prepareFile, sendFile } from '@droplock/http/static-file'
import type { Gateway } from '../gateway.ts'
import { renderOpenApi } from '../openapi.ts'

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
    <title>Droplock reseller API</title>
    <link rel="stylesheet" href="/docs/swagger-ui.css">
  </head>
  <body>
    <div id="ui"></div>
    <script src="/docs/swagger-ui-bundle.js"></script>
    <script src="/docs/start.js"></script>
  </body>
</html>
`

const start = `SwaggerUIBundle({ url: '/openapi.json', dom_id: '#ui', deepLinking: true })\n`

/** `/openapi.json`, and `/docs` to read it and try it. Every file is read once, when it is first asked for. */
export function mountDocs(app: Gateway): void {
  const document = fileOnce(() => prepareFile(JSON.stringify(renderOpenApi()), 'application/json'))
  app.get('/openapi.json', async (c) => sendFile(c, await document()))
  app.use('/docs/*', async (c, next) => {
    c.header('Content-Security-Policy', contentSecurityPolicy)
    c.header('X-Content-Type-Options', 'nosniff')
    await next()
  })
  app.get('/docs', (c) => c.html(index))
  app.get('/docs/start.js', (c) => c.body(start, 200, { 'Content-Type': 'text/javascript; charset=utf-8' }))
  for (const [name, mediaType] of Object.entries(assets)) {
    const path = fileURLToPath(import.meta.resolve(`swagger-ui-dist/${name}`))
    const file = fileOnce(async () => prepareFile(await readFile(path), mediaType))
    app.get(`/docs/${name}`, async (c) => sendFile(c, await file(), 'public, max-age=3600'))
  }
}
