import { mkdir, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { MovedRow } from './compress.ts'

/**
 * Writes each day's names of a registry as the list that the registry would publish (IETF form), into `folder`. `rejects`
 * go into the first list, for the system to reject them itself. Returns how many lists there are.
 */
export async function writeLists(
  folder: string,
  rows: readonly MovedRow[],
  rejects: readonly string[],
): Promise<number> {
  await mkdir(folder, { recursive: true })
  const days = [...Map.groupBy(rows, (row) => row.day)].toSorted(([one], [other]) => one - other)
  for (const [index, [day, ofDay]] of days.entries()) {
    const lines = [...ofDay.map(toLine), ...(index === 0 ? rejects.map(asDirt) : [])]
    const path = join(folder, `${String(day + 1).padStart(3, '0')}_domain-drop-list.csv`)
    // Whole or not there: the worker looks into the folder at any time.
    await writeFile(`${path}.part`, `TLD,DOMAIN,EXPIRED,PURGED\n${lines.map((line) => `${line}\n`).join('')}`)
    await rename(`${path}.part`, path)
  }
  return days.length
}

/** A duplicate may be a sound row but for that, with a date that was not moved: as one field it is no row any more. */
function asDirt(raw: string): string {
  return raw.replaceAll(',', ';')
}

/** Auto-renew grace, redemption and pendingDelete before the purge. */
const expiredBeforeMs = 80 * 86_400_000

function toLine({ name, purgeAt }: MovedRow): string {
  const tld = name.slice(name.lastIndexOf('.') + 1)
  const expired = new Date(purgeAt.getTime() - expiredBeforeMs)
  return `${tld},${name},${expired.toISOString()},${purgeAt.toISOString()}`
}
