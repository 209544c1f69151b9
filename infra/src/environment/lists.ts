import { mkdir, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

// Drop lists in the IETF form, as a registry publishes them.

/** Auto-renew grace, redemption and pendingDelete before the purge. */
const EXPIRED_BEFORE_MS = 80 * 86_400_000

/** The first line of a list. */
export const listHeader = 'TLD,DOMAIN,EXPIRED,PURGED\n'

/** The line of a name. */
export function listLine(name: string, purgeAt: Date): string {
  const zone = name.slice(name.lastIndexOf('.') + 1)
  const expiredAt = new Date(purgeAt.getTime() - EXPIRED_BEFORE_MS)
  return `${zone},${name},${expiredAt.toISOString()},${purgeAt.toISOString()}\n`
}

/** Puts the list with this number into a folder that the worker reads. */
export async function putList(folder: string, number: number, lines: readonly string[]): Promise<void> {
  await mkdir(folder, { recursive: true })
  const path = join(folder, `${String(number).padStart(3, '0')}_domain-drop-list.csv`)
  // Whole or not there: the worker looks into the folder at any time.
  await writeFile(`${path}.part`, listHeader + lines.join(''))
  await rename(`${path}.part`, path)
}
