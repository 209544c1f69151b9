import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { ASKED_AGAIN } from '@droplock/http/folder'
import { fileOnce, prepareFile, sendFile } from '@droplock/http/static-file'
import { raw } from 'hono/html'
import type { Gateway } from '../gateway.ts'
import { renderOpenApi } from '../openapi.ts'
import { fillIn } from './generated.ts'
import { layOut } from './layout.ts'
import { type DocsPage, docsPages } from './page-list.ts'
import { mountReference } from './reference.ts'
import { renderMarkdown } from './render-markdown.ts'

/** Pages have no script; everything is loaded from this server. */
const contentSecurityPolicy = [
  "default-src 'none'",
  "style-src 'self'",
  "img-src 'self' data:",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ')

const sources = new URL('../../../../docs/', import.meta.url)
const css = new URL('docs.css', import.meta.url)

/** `/openapi.json`, the documentation below `/docs`, and what pages load there and below `/errors`. Every file is read once, when it is first asked for. */
export function mountDocs(app: Gateway): void {
  const document = fileOnce(() => prepareFile(JSON.stringify(renderOpenApi()), 'application/json'))
  app.get('/openapi.json', async (c) => sendFile(c, await document(), ASKED_AGAIN))
  mountReference(app)
  for (const path of ['/docs/*', '/errors/*'])
    app.use(path, async (c, next) => {
      c.header('Content-Security-Policy', contentSecurityPolicy)
      await next()
    })
  const styles = fileOnce(async () => prepareFile(await readFile(css), 'text/css; charset=utf-8'))
  app.get('/docs/docs.css', async (c) => sendFile(c, await styles(), 'public, max-age=3600'))
  for (const page of docsPages) {
    const file = fileOnce(() => renderPage(page))
    app.get(page.slug === '' ? '/docs' : `/docs/${page.slug}`, async (c) =>
      sendFile(c, await file(), ASKED_AGAIN),
    )
  }
}

async function renderPage({ slug, source }: DocsPage) {
  const markdown = await readFile(fileURLToPath(new URL(source, sources)), 'utf8')
  const { title, body, sections } = renderMarkdown(fillIn(markdown))
  return prepareFile(
    String(await layOut({ title, body: raw(body), slug, sections })),
    'text/html; charset=utf-8',
  )
}
