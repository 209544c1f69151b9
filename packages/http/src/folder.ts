import { readFile, stat } from 'node:fs/promises'
import { extname, join, normalize, sep } from 'node:path'
import { fileOnce, prepareFile, type StaticFile } from './static-file.ts'

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

/** Files under `assets/` carry their content's hash in their names. */
export const KEPT_FOR_EVER = 'public, max-age=31536000, immutable'

/** A page that names such files is never stale. */
export const ASKED_AGAIN = 'no-cache'

/** How long a browser may keep the file at this path. */
export function cachingOf(path: string): string {
  return path.startsWith('/assets/') ? KEPT_FOR_EVER : ASKED_AGAIN
}

/** Reads the files of a built folder, each once until it changes: it may be built anew while the server runs. */
export function filesOf(folder: string): (path: string) => Promise<StaticFile | undefined> {
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
