import { readFile, stat } from 'node:fs/promises'
import { extname, join, normalize, sep } from 'node:path'
import { fileOnce, prepareFile, type StaticFile, sendFile } from '@droplock/http/static-file'
import { Refusal } from '@droplock/rules/refusals'
import type { Context } from 'hono'
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
  const read = filesOf(folder)
  app.get('*', async (c) => {
    const { path } = c.req
    if (path.startsWith('/api/')) throw notFound()
    const file = await read(path)
    if (file !== undefined) return sendFile(c, file, path.startsWith('/assets/') ? forEver : askAgain)
    // A missing script must not be answered with a page.
    if (extname(path) !== '' || !accepts(c)) throw notFound()
    const page = await read('/index.html')
    c.header('Cache-Control', askAgain)
    return page === undefined ? c.html(notBuilt, 503) : sendFile(c, page, askAgain)
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

/** Reads the files of a folder, each once until it changes: the console may be built anew while the server runs. */
function filesOf(folder: string): (path: string) => Promise<StaticFile | undefined> {
  const known = new Map<string, Version>()
  return async (path) => {
    const file = normalize(join(folder, decode(path)))
    // Only what lies in the folder is looked for at all.
    if (!file.startsWith(normalize(folder + sep))) return undefined
    const found = await stat(file).catch(() => undefined)
    if (found?.isFile() !== true) {
      known.delete(file)
      return undefined
    }
    const { mtimeMs, size } = found
    let version = known.get(file)
    if (version?.mtimeMs !== mtimeMs || version.size !== size) {
      const mediaType = mediaTypes[extname(file)] ?? 'application/octet-stream'
      version = { mtimeMs, size, content: fileOnce(async () => prepareFile(await readFile(file), mediaType)) }
      known.set(file, version)
    }
    return version.content()
  }
}

type Version = {
  readonly mtimeMs: number
  readonly size: number
  readonly content: () => Promise<StaticFile>
}

function decode(path: string): string {
  try {
    // A zero byte ends a path early for the system below.
    return decodeURIComponent(path).replaceAll('\0', '')
  } catch {
    return ''
  }
}
