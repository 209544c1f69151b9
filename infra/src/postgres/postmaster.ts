import { readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { identityOf } from '../processes/identity.ts'

const pidFile = (dataFolder: string) => join(dataFolder, 'postmaster.pid')

/**
 * The process id of the server that runs on this data folder, if one does. A record left by a dead server, or whose
 * number now belongs to some other program, is removed: the server itself would refuse to start over it.
 */
export function runningPostmaster(dataFolder: string): number | undefined {
  let recorded: number
  try {
    recorded = Number.parseInt(readFileSync(pidFile(dataFolder), 'utf8'), 10)
  } catch {
    return undefined
  }
  if (recorded > 0 && identityOf(recorded)?.command === 'postgres') return recorded
  rmSync(pidFile(dataFolder), { force: true })
  return undefined
}
