import { setTimeout as wait } from 'node:timers/promises'
import { isAlive } from './identity.ts'

/** How often a process that is no child of ours is looked at. */
const lookMs = 25

/** Asks a process of an earlier launcher to drain, and kills its group when it has not ended in time. */
export async function endProcess(
  recorded: { readonly pid: number; readonly since: string },
  drainMsMax: number,
): Promise<void> {
  if (!isAlive(recorded)) return
  process.kill(recorded.pid, 'SIGTERM')
  const deadline = performance.now() + drainMsMax
  while (isAlive(recorded) && performance.now() < deadline) await wait(lookMs)
  if (isAlive(recorded)) killGroup(recorded.pid)
}

/** A group that is gone already; macOS says the second of a group that is only a zombie. */
const goneCodes: ReadonlySet<unknown> = new Set(['ESRCH', 'EPERM'])

/** Kills a process and what it started. Every app leads a group of its own. One that is gone already is no error. */
export function killGroup(pid: number): void {
  try {
    process.kill(-pid, 'SIGKILL')
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && goneCodes.has(error.code))) throw error
  }
}
