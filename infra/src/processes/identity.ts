import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { setTimeout as wait } from 'node:timers/promises'

/** A living process. `since` distinguishes it from a later one with the same number. */
export type ProcessIdentity = { readonly pid: number; readonly since: string; readonly command: string }

/** The process with this id, or `undefined` when it is dead, or a zombie that was not collected yet. */
export function identityOf(pid: number): ProcessIdentity | undefined {
  return process.platform === 'linux' ? fromProc(pid) : fromPs(pid)
}

/** Whether the process recorded earlier is still that process. */
export function isAlive(recorded: { readonly pid: number; readonly since: string }): boolean {
  return identityOf(recorded.pid)?.since === recorded.since
}

/** The calling process. */
export function ownIdentity(): ProcessIdentity {
  const own = identityOf(process.pid)
  if (own === undefined) throw new Error('the running process cannot be seen in the process table')
  return own
}

/** proc(5): the command stands in brackets and may hold anything, so the fields are counted from the last bracket. */
function fromProc(pid: number): ProcessIdentity | undefined {
  let stat: string
  try {
    stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
  } catch {
    return undefined
  }
  const end = stat.lastIndexOf(')')
  const fields = stat.slice(end + 2).split(' ')
  const [state, since] = [fields[0], fields[19]]
  if (state === undefined || since === undefined || 'ZXx'.includes(state)) return undefined
  return { pid, since, command: stat.slice(stat.indexOf('(') + 1, end) }
}

function fromPs(pid: number): ProcessIdentity | undefined {
  const { stdout } = spawnSync('ps', ['-o', 'stat=,lstart=,comm=', '-p', String(pid)], { encoding: 'utf8' })
  const found = /^(\S+)\s+(\S+ +\S+ +\d+ [\d:]+ \d+)\s+(.*\S)\s*$/m.exec(stdout ?? '')
  const [, state, since, path] = found ?? []
  if (state === undefined || since === undefined || path === undefined || state.startsWith('Z'))
    return undefined
  return { pid, since, command: path.split('/').at(-1) ?? path }
}

/** How often a process that is no child of ours is checked. */
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

/** Kills a process and what it started. Every app leads a process group. One that has ended already is no error. */
export function killGroup(pid: number): void {
  try {
    process.kill(-pid, 'SIGKILL')
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && goneCodes.has(error.code))) throw error
  }
}

/** A process that ran this long had no failure: the count of failures in a row starts again. */
const steadyMs = 30_000
const firstWaitMs = 200
/** Once a passing cause (a database that is unavailable) is over, an app waits no longer than this. */
const waitMsMax = 30_000

/** After a process ended by itself: how often in a row it has, this time included, and when it is started again. */
type AfterExit = { readonly failures: number; readonly waitMs: number }

/** `failuresBefore` in a row before this end, `ranMs` since the last start. The pauses double. */
export function afterExit(failuresBefore: number, ranMs: number): AfterExit {
  const failures = ranMs >= steadyMs ? 1 : failuresBefore + 1
  return { failures, waitMs: Math.min(firstWaitMs * 2 ** (failures - 1), waitMsMax) }
}
