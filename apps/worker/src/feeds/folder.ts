import { createReadStream } from 'node:fs'
import { readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { type Measured, measure } from './measure.ts'
import { SourceFailed } from './source-failed.ts'

/** `measured` is a failure where the file cannot be read, or is too large. */
type LocalList = { readonly path: string; readonly name: string; readonly measured: Measured | SourceFailed }

/** A folder may hold the lists of years: only this many of the newest, by name, are considered. */
const filesMax = 400

/** Files whose size and time are as when they were last taken in are not even read. */
export type FolderMemory = Map<string, string>

/**
 * The lists at a path, a file or a folder of them, that changed since they were remembered; in order of name. Hidden
 * files and those still being written (`.part`, `.tmp`) are left alone.
 */
export async function* changedLists(
  path: string,
  memory: FolderMemory,
  limits: { readonly bytesMax: number; readonly signal: AbortSignal },
): AsyncGenerator<LocalList & { readonly remember: () => void }> {
  const files = await listFiles(path).catch((error: unknown) => {
    throw notReadable(error)
  })
  forgetOthers(memory, new Set(files.map((file) => file.path)))
  for (const file of files) {
    const found = await stat(file.path).catch(() => undefined)
    // Gone since the folder was listed.
    if (found === undefined) continue
    const { size, mtimeMs, ino } = found
    const signature = `${ino}:${size}:${mtimeMs}`
    if (memory.get(file.path) === signature) continue
    const measured = await measureFile(file.path, limits)
    yield { ...file, measured, remember: () => memory.set(file.path, signature) }
  }
}

/** A file that cannot be read does not stop the others. */
async function measureFile(
  path: string,
  { bytesMax, signal }: { readonly bytesMax: number; readonly signal: AbortSignal },
): Promise<Measured | SourceFailed> {
  try {
    return await measure(createReadStream(path, { signal }), bytesMax)
  } catch (error) {
    signal.throwIfAborted()
    return error instanceof SourceFailed ? error : notReadable(error)
  }
}

function notReadable(error: unknown): SourceFailed {
  return new SourceFailed('path_not_readable', error instanceof Error ? error.message : String(error))
}

async function listFiles(path: string): Promise<readonly { readonly path: string; readonly name: string }[]> {
  if (!(await stat(path)).isDirectory()) return [{ path, name: path }]
  const entries = await readdir(path, { withFileTypes: true })
  const names = entries.filter((entry) => entry.isFile() && isWhole(entry.name)).map((entry) => entry.name)
  return names
    .toSorted()
    .slice(-filesMax)
    .map((name) => ({ path: join(path, name), name }))
}

function isWhole(name: string): boolean {
  return !name.startsWith('.') && !/\.(?:part|tmp)$/.test(name)
}

function forgetOthers(memory: FolderMemory, present: ReadonlySet<string>): void {
  for (const path of memory.keys()) if (!present.has(path)) memory.delete(path)
}
