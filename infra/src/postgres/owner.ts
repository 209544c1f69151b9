import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { isAlive, ownIdentity } from '../processes/identity.ts'

/** Beside a data folder stands the record of the launcher that runs its server. */
const recordOf = (dataFolder: string) => `${dataFolder}.owner`

/**
 * Claims a data folder for this process. Throws when another living launcher has it: its server must not be stopped.
 * A record whose process is dead is the trace of a launcher that was killed.
 */
export function claimDataFolder(dataFolder: string): void {
  if (!isClaimed(dataFolder)) releaseDataFolder(dataFolder)
  const { pid, since } = ownIdentity()
  try {
    writeFileSync(recordOf(dataFolder), `${pid} ${since}\n`, { flag: 'wx' })
  } catch (cause) {
    const other = ownerOf(dataFolder)
    if (other === undefined) throw cause
    throw new Error(`another launcher (process ${other.pid}) is running the database in ${dataFolder}`, {
      cause,
    })
  }
}

/** Gives the data folder up. */
export function releaseDataFolder(dataFolder: string): void {
  rmSync(recordOf(dataFolder), { force: true })
}

/** Whether a living process has claimed the data folder. */
export function isClaimed(dataFolder: string): boolean {
  const owner = ownerOf(dataFolder)
  return owner !== undefined && isAlive(owner)
}

function ownerOf(dataFolder: string): { pid: number; since: string } | undefined {
  try {
    const [pid, ...since] = readFileSync(recordOf(dataFolder), 'utf8').trim().split(' ')
    return { pid: Number(pid), since: since.join(' ') }
  } catch {
    return undefined
  }
}
