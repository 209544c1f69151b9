import { extname } from 'node:path'
import { ASKED_AGAIN, cachingOf, filesOf } from '@droplock/http/folder'
import { sendFile } from '@droplock/http/static-file'
import { Refusal } from '@droplock/rules/refusals'
import type { Context } from 'hono'
import type { ConsoleApi, Environment } from '../console-api.ts'
import { pagePolicy } from '../http/page-policy.ts'

const notBuilt = `<!doctype html>
<html lang="en">
  <head><meta charset="utf-8"><title>Droplock console</title></head>
  <body>
    <h1>The console is not built</h1>
    <p>The operators' API is running, but its pages are not there yet. Run the build of <code>apps/console</code>, or
    <code>npm start</code>, then load this page again.</p>
  </body>
</html>
`

/**
 * The built console, a single page: its files, and its one page for every other path a browser opens. Mount it last. Files
 * under `assets/` carry their content's hash in their names and are kept for ever; the page that names them is never stale.
 */
export function mountConsole(app: ConsoleApi, folder: string): void {
  const read = filesOf(folder)
  app.get('*', pagePolicy, async (c) => {
    const { path } = c.req
    if (path.startsWith('/api/')) throw notFound()
    const file = await read(path)
    if (file !== undefined) return sendFile(c, file, cachingOf(path))
    // A missing script must not be answered with a page.
    if (extname(path) !== '' || !accepts(c)) throw notFound()
    const page = await read('/index.html')
    c.header('Cache-Control', ASKED_AGAIN)
    return page === undefined ? c.html(notBuilt, 503) : sendFile(c, page, ASKED_AGAIN)
  })
}

function notFound(): Refusal {
  return new Refusal('not_found', 'There is nothing at this path.')
}

function accepts(c: Context<Environment>): boolean {
  return /text\/html|\*\/\*/.test(c.req.header('Accept') ?? '*/*')
}
