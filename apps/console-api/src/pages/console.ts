import { readFile, stat } from 'node:fs/promises'
import { extname, join, normalize, sep } from 'node:path'
import { Refusal } from '@droplock/rules/refusals'
import type { Context } from 'hono'
import { compress } from 'hono/compress'
import type { ConsoleApi, Environment } from '../console-api.ts'

const mediaTypes: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
  '.webmanifest': 'application/manifest+json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.txt': 'text/plain; charset=utf-8',
}

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
  app.get('*', compress(), async (c) => {
    const { path } = c.req
    if (path.startsWith('/api/')) throw notFound()
    const file = await readable(folder, path)
    if (file !== undefined) return send(c, file, path.startsWith('/assets/') ? forEver : askAgain)
    // A missing script must not be answered with a page.
    if (extname(path) !== '' || !accepts(c)) throw notFound()
    const page = await readable(folder, '/index.html')
    c.header('Cache-Control', askAgain)
    return page === undefined ? c.html(notBuilt, 503) : send(c, page, askAgain)
  })
}

const forEver = 'public, max-age=31536000, immutable'
const askAgain = 'no-cache'

function notFound(): Refusal {
  return new Refusal('not_found', 'There is nothing at this path.')
}

function accepts(c: Context<Environment>): boolean {
  return /text\/html|\*\/\*/.test(c.req.header('Accept') ?? '*/*')
}

/** The file that the path of a request means, unless there is none, or it lies outside of the folder. */
async function readable(folder: string, path: string): Promise<string | undefined> {
  const file = normalize(join(folder, decode(path)))
  if (!file.startsWith(normalize(folder + sep))) return undefined
  const found = await stat(file).catch(() => undefined)
  return found?.isFile() === true ? file : undefined
}

function decode(path: string): string {
  try {
    // A zero byte ends a path early for the system below.
    return decodeURIComponent(path).replaceAll('\0', '')
  } catch {
    return ''
  }
}

async function send(c: Context<Environment>, file: string, caching: string): Promise<Response> {
  return c.body(new Uint8Array(await readFile(file)), 200, {
    'Content-Type': mediaTypes[extname(file)] ?? 'application/octet-stream',
    'Cache-Control': caching,
  })
}
