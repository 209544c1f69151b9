import { createReadStream } from 'node:fs'
import { readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { type Measured, measure } from './measure.ts'

type LocalList = { readonly path: string; readonly name: string; readonly measured: Measured }

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
  const files = await listFiles(path)
  forgetOthers(memory, new Set(files.map((file) => file.path)))
  for (const file of files) {
    const { size, mtimeMs, ino } = await stat(file.path)
    const signature = `${ino}:${size}:${mtimeMs}`
    if (memory.get(file.path) === signature) continue
    const measured = await measure(createReadStream(file.path, { signal: limits.signal }), limits.bytesMax)
    yield { ...file, measured, remember: () => memory.set(file.path, signature) }
  }
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
