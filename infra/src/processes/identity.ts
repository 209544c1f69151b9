import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'

/** A living process. `since` tells it from a later one that got the same number. */
export type ProcessIdentity = { readonly pid: number; readonly since: string; readonly command: string }

/** Who has this process id now, or `undefined` when it is dead, or a zombie that nobody has collected yet. */
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
