import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { isAlive, ownIdentity } from './identity.ts'

/** Beside what is claimed stands the record of the process that has it. */
const recordOf = (path: string) => `${path}.owner`

/**
 * Claims something on disk (a data folder, a launcher's place) for this process. Throws when another living process has
 * it: what it runs must not be stopped. A record whose process is dead is the trace of a kill, and is replaced.
 */
export function claim(path: string): void {
  if (!isClaimed(path)) release(path)
  const { pid, since } = ownIdentity()
  try {
    writeFileSync(recordOf(path), `${pid} ${since}\n`, { flag: 'wx' })
  } catch (cause) {
    const other = ownerOf(path)
    if (other === undefined) throw cause
    throw new Error(`another launcher (process ${other.pid}) is running on ${path}`, { cause })
  }
}

/** Gives the claim up. */
export function release(path: string): void {
  rmSync(recordOf(path), { force: true })
}

/** Whether a living process has claimed it. */
export function isClaimed(path: string): boolean {
  const owner = ownerOf(path)
  return owner !== undefined && isAlive(owner)
}

function ownerOf(path: string): { pid: number; since: string } | undefined {
  try {
    const [pid, ...since] = readFileSync(recordOf(path), 'utf8').trim().split(' ')
    return { pid: Number(pid), since: since.join(' ') }
  } catch {
    return undefined
  }
}
