import { linkSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { basename, dirname } from 'node:path'
import { isAlive, ownIdentity } from './identity.ts'

// Beside what is claimed stand records of the processes that claimed it, numbered: the last one has it, if it lives. A number
// is given once, by a link that fails where there is one already. So no process mistakes a record that another has just written for
// a dead one, as could happen if the dead one were removed first.

type ClaimRecord = { readonly number: number; readonly pid: number; readonly since: string }

const recordOf = (path: string, number: number) => `${path}.owner.${number}`

/**
 * Claims something on disk (a data folder, a launcher's place) for this process. Throws when another living process has
 * it: what it runs must not be stopped. A record whose process is dead is the trace of a kill, and is replaced.
 */
export function claim(path: string): void {
  const other = tryClaim(path)
  if (other !== undefined) throw new Error(`another launcher (process ${other}) is running on ${path}`)
}

/** The same for what can be waited for. Gives the id of the living process that has it, or nothing: then it is claimed. */
export function tryClaim(path: string): number | undefined {
  const { pid, since } = ownIdentity()
  const own = `${path}.owner.${pid}.new`
  writeFileSync(own, `${pid} ${since}\n`)
  try {
    for (;;) {
      const last = lastRecord(path)
      if (last !== undefined && isAlive(last)) return last.pid
      const number = (last?.number ?? 0) + 1
      if (!isLinked(own, recordOf(path, number))) continue
      if (lastRecord(path)?.number === number) {
        removeBefore(path, number)
        return undefined
      }
      // It came too late: the number had been given and removed meanwhile.
      rmSync(recordOf(path, number), { force: true })
    }
  } finally {
    rmSync(own, { force: true })
  }
}

/** Gives the claim up. */
export function release(path: string): void {
  removeBefore(path, Number.POSITIVE_INFINITY)
}

/** Whether a living process has claimed it. */
export function isClaimed(path: string): boolean {
  const last = lastRecord(path)
  return last !== undefined && isAlive(last)
}

/** Whether a file of this name exists only during a claim. */
export function isClaiming(name: string): boolean {
  return /\.owner\.\d+\.new$/.test(name)
}

/** What the record at this path claims. Any other path is given back. */
export function claimedBy(record: string): string {
  return record.replace(/\.owner\.\d+$/, '')
}

function lastRecord(path: string): ClaimRecord | undefined {
  const number = numbersOf(path).at(-1)
  if (number === undefined) return undefined
  try {
    const [pid, ...since] = readFileSync(recordOf(path, number), 'utf8').trim().split(' ')
    return { number, pid: Number(pid), since: since.join(' ') }
  } catch (error) {
    // Removed since it was listed: given up, or replaced by a later one.
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return lastRecord(path)
    throw error
  }
}

function numbersOf(path: string): readonly number[] {
  const prefix = `${basename(path)}.owner.`
  return readdirSync(dirname(path))
    .filter((name) => name.startsWith(prefix))
    .map((name) => name.slice(prefix.length))
    .filter((rest) => /^\d+$/.test(rest))
    .map(Number)
    .toSorted((a, b) => a - b)
}

function removeBefore(path: string, number: number): void {
  for (const one of numbersOf(path)) if (one < number) rmSync(recordOf(path, one), { force: true })
}

function isLinked(from: string, to: string): boolean {
  try {
    linkSync(from, to)
    return true
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false
    throw error
  }
}
